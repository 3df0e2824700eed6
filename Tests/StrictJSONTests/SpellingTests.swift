import StrictJSON
import Testing

@Suite("Spelling")
struct SpellingTests {
    @Test(
        "A near miss is recognised",
        arguments: [
            ("nummer", "number"), ("numebr", "number"), ("numbr", "number"), ("numberr", "number"),
            ("Number", "number"),
            ("taxx", "tax"), ("cs-specialist", "cs-specialists"), ("adress", "addresses"),
        ])
    func near(word: String, meant: String) {
        #expect(Spelling.didYouMean(word, among: ["tax", "number", "cs-specialists", "addresses"]) == meant)
    }

    @Test("What is far from everything suggests nothing", arguments: ["", "x", "colour", "numerology", "a"])
    func far(word: String) {
        #expect(Spelling.didYouMean(word, among: ["tax", "number", "cs-specialists", "b"]) == nil)
    }

    @Test("The nearest is taken, of equally near ones the first")
    func nearest() {
        #expect(Spelling.didYouMean("teams", among: ["steam", "team", "beams"]) == "team")
        #expect(Spelling.didYouMean("cat", among: ["car", "cap"]) == "car")
    }
}
