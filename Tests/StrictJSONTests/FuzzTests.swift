import StrictJSON
import Testing
import Vocabulary

@Suite("Damaged documents")
struct FuzzTests {
    @Test(
        "Ten thousand damaged documents are each taken or refused in a sentence",
        arguments: 0..<10 as Range<UInt64>)
    func damaged(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let original = Order.json.serialized()
        var (taken, refused) = (0, 0)
        for _ in 0..<1000 {
            let bytes = damage(original, using: &generator)
            do {
                let json = try JSON(parsing: bytes)
                #expect(try JSON(parsing: json.serialized()) == json, "seed \(seed)")
                _ = try StrictDecoder.decode(Order.self, from: json, path: ".data")
                taken += 1
            } catch let error as JSONSyntaxError {
                #expect(error.line >= 1 && error.column >= 1 && !error.reason.isEmpty, "seed \(seed)")
                refused += 1
            } catch let fault as DecodingFault {
                #expect(
                    fault.sentence.hasPrefix(".data") && fault.sentence.count < 400, "seed \(seed): \(fault)")
                refused += 1
            } catch {
                Issue.record("seed \(seed): \(error)")
            }
        }
        #expect(refused > 500 && taken > 0, "seed \(seed): the damage is too mild or too grave")
    }

    @Test("A document of the wrong shape is refused in a sentence", arguments: 0..<300 as Range<UInt64>)
    func wrongShape(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let part = JSON.random(depth: 3, using: &generator)
        let paths = [
            ["lines"], ["lines", "0"], ["lines", "0", "product"], ["counts"], ["status"], ["share"],
        ]
        let path = paths[Int.random(in: 0..<paths.count, using: &generator)]
        do {
            _ = try StrictDecoder.decode(Order.self, from: Order.json.with(part, at: path))
        } catch {
            #expect(error.sentence.hasPrefix(".") && error.sentence.count < 400, "seed \(seed): \(error)")
        }
    }

    private func damage(_ original: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: bytes[place] = .random(in: .min ... .max, using: &generator)
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(Array("{}[]\",:0e-\\".utf8).randomElement(using: &generator) ?? 0, at: place)
            case 3: bytes[place] = UInt8.random(in: 0x20...0x7E, using: &generator)
            default: bytes.insert(contentsOf: bytes[place..<min(place + 12, bytes.count)], at: place)
            }
        }
        return bytes
    }
}
