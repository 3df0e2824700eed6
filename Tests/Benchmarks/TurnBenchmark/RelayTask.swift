import Engine
import Vocabulary
import Wire

/// A message of about 1 KiB that makes the relay take a turn.
struct RelayTask {
    /// Which message it is, from 0; no two are the same.
    let number: Int
    /// Which case it is about.
    let caseNumber: Int

    /// How it is handed over: a whole envelope. Its id is spread as those are that workers derive.
    var delivery: Delivery {
        let body = """
            {"specversion":"1.0","id":"\(Self.spread(number))","source":"/bench","type":"bench.task-created.v1",\
            "subject":"\(caseID)","time":"2026-01-01T00:00:00Z",\
            "datacontenttype":"application/json","data":{"number":\(number),"padding":"\(Self.padding)"}}
            """
        return Delivery(
            tag: UInt64(number + 1), exchange: "baton.events", routingKey: "bench.task-created",
            properties: MessageProperties(), body: Array(body.utf8), returns: 0)
    }

    /// The case it is about, named as one is whose starter gives it no name: its row may lie anywhere in the file.
    var caseID: CaseID { CaseID(stringLiteral: "benchmark/\(Self.spread(caseNumber))") }

    private static let padding = String(repeating: "x", count: 700)

    /// 32 hexadecimal digits, another for each number, in no order.
    private static func spread(_ number: Int) -> String {
        var random = Spread(seed: UInt64(number))
        return (0..<2).map { _ in
            let digits = String(random.next(), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }
        .joined()
    }
}

/// Numbers that look random and are the same in every run (SplitMix64).
struct Spread: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0xD129_0D3B_3A3F_1B55 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
