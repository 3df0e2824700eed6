import Testing
import Vocabulary

@testable import StrictJSON

@Suite("The usual kind of document is read without the parser")
struct PlainReaderTests {
    private func plain(_ text: String) -> JSON? { Array(text.utf8).withUnsafeBytes { PlainReader.read($0) } }

    private func parsed(_ bytes: [UInt8]) -> JSON? {
        try? bytes.withUnsafeBytes { bytes throws(JSONSyntaxError) in try JSON.parsed(bytes) }
    }

    @Test("What messages are made of is read at once, members in their order")
    func usual() {
        let text =
            #" { "text" : "Weber & Söhne 😀" , "a" : [ 1 , -7 , 0 , true , false , null ] , "b" : { } , "c" : [ ] }"#
        #expect(
            plain(text) == [
                "text": "Weber & Söhne 😀", "a": [1, -7, 0, true, false, .null], "b": [:], "c": [],
            ])
        #expect(plain(text)?.objectValue?.keys == ["text", "a", "b", "c"])
        #expect(plain(String(repeating: "[", count: 64) + String(repeating: "]", count: 64)) != nil)
        #expect(plain("123456789012345678") == 123_456_789_012_345_678)
    }

    @Test(
        "What is not sure is left to the parser",
        arguments: [
            #""\n""#, "1.0", "1e3", "01", "-", "1234567890123456789", #"{"a":1,"a":2}"#, "[1,]", "[1 2]",
            #"{"a":1,}"#, #"{"a" 1}"#, "{a:1}", "nul", "nullx", "\"a", "\"a\tb\"", "[1]]", "", " ", "+1",
            "\u{FEFF}1",
            String(repeating: "[", count: 65) + String(repeating: "]", count: 65),
        ])
    func unsure(text: String) { #expect(plain(text) == nil) }

    @Test(
        "A text is not taken for UTF-8 that is none", arguments: [[0x80], [0xC0, 0x80], [0xED, 0xA0, 0x80]])
    func notUTF8(bytes: [UInt8]) {
        let quote = [UInt8(ascii: "\"")]
        #expect((quote + bytes + quote).withUnsafeBytes { PlainReader.read($0) } == nil)
    }

    @Test(
        "A name that stands twice is found in small and large objects, wherever it stands",
        arguments: [3, 40])
    func repeatedName(count: Int) {
        for place in 0..<count {
            var names = (0..<count).map { "n\($0 + 100)" }
            #expect(plain(document(names)) != nil, "ascending names are all new")
            names[place] = names[(place + 1) % count]
            #expect(plain(document(names)) == nil, "\(names[place]) stands twice")
        }
    }

    private func document(_ names: [String]) -> String {
        "{" + names.map { "\"\($0)\":1" }.joined(separator: ",") + "}"
    }

    @Test(
        "It takes nothing that the parser refuses, and makes the same of what it takes",
        arguments: 0..<20 as Range<UInt64>)
    func agrees(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var taken = 0
        for _ in 0..<500 {
            var bytes = JSON.random(depth: 3, using: &generator).serialized()
            let pieces = [
                "{", "}", "[", "]", "\"", ",", ":", "0", "-", "1", ".", "\\", " ", "\"a\":", "é", "null",
            ]
            for _ in 0..<Int.random(in: 0...2, using: &generator) {
                let place = Int.random(in: 0...bytes.count, using: &generator)
                let piece = Array((pieces.randomElement(using: &generator) ?? " ").utf8)
                bytes.insert(contentsOf: piece, at: place)
                if Bool.random(using: &generator), bytes.count > piece.count {
                    bytes.remove(at: Int.random(in: 0..<bytes.count, using: &generator))
                }
            }
            guard let plain = bytes.withUnsafeBytes({ PlainReader.read($0) }) else { continue }
            taken += 1
            #expect(
                parsed(bytes)?.indentedText == plain.indentedText,
                "seed \(seed): \(String(decoding: bytes, as: UTF8.self))")
        }
        #expect(taken > 50, "seed \(seed): hardly anything was taken")
    }

    @Test("The first byte to escape is found at every place", arguments: 0..<40)
    func firstToEscape(place: Int) {
        for byte in [0, 0x1F, UInt8(ascii: "\""), UInt8(ascii: "\\")] as [UInt8] {
            var bytes = (0..<40).map { UInt8(0x80 + $0) }
            #expect(bytes.withUnsafeBytes { $0.firstToEscape } == nil)
            bytes[place] = byte
            #expect(bytes.withUnsafeBytes { $0.firstToEscape } == place)
            if place < 39 { bytes[place + 1] = 0x20 }
            #expect(bytes.withUnsafeBytes { $0.firstToEscape } == place)
        }
    }
}
