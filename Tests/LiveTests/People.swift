import StrictJSON

/// People who do well: what they answer to a question, the same whenever they are asked it again.
enum People {
    /// The answers, as messages with the key to send each by; several where they report part by part, none where
    /// nothing is asked.
    static func answers(to question: JSON) -> [(message: JSON, key: String)] {
        guard let type = question["type"]?.stringValue, let handoff = question["correlationid"]?.stringValue,
            let answerType = question["answertype"]?.stringValue, let key = question["replyto"]?.stringValue
        else { return [] }
        let parts = parts(of: type, handoff, question["data"] ?? .null)
        return parts.enumerated().map { index, data in
            var data = data
            data["by"] = "robin@example.com"
            let message: JSON = [
                "specversion": "1.0", "id": .string("answer-\(handoff)-\(index)"), "source": "/people",
                "type": .string(answerType), "correlationid": .string(handoff), "data": .object(data),
            ]
            return (message, key)
        }
    }

    private static func parts(of type: String, _ handoff: String, _ data: JSON) -> [JSONObject] {
        switch type {
        case "cancellation.take-cancellation.v1": [["role": "specialist"]]
        case "cancellation.provide-trial.v1": [["restored": true, "at": past, "saidBy": "Ada Weber"]]
        case "cancellation.process-cancellation.v1":
            [["confirmation": .string("C-\(handoff)"), "at": past]]
        case "ems-reinstatement.reinstate-products.v1":
            list("products", of: data).map { ["ticket": .string("T-\(handoff)"), "reinstated": [$0]] }
        case "ordering.send-renewal.v1": [document("R-\(handoff)", of: list("products", of: data))]
        case "ordering.make-proposal.v1": [document("P-\(handoff)", of: list("products", of: data))]
        case "ordering.confirm-signatures.v1":
            list("documents", of: data).map { ["documents": [$0], "signedBy": "pat", "at": past] }
        case "ordering.process-order.v1": [["order": .string("O-\(handoff)"), "licencesReady": true]]
        case "ordering.confirm-download.v1": [["downloaded": true, "at": past, "saidBy": "Ada Weber"]]
        default: []
        }
    }

    private static let past: JSON = "2026-01-03T00:00:00Z"

    private static func list(_ field: String, of data: JSON) -> [JSON] { data[field]?.arrayValue ?? [] }

    private static func document(_ number: String, of products: [JSON]) -> JSONObject {
        [
            "number": .string(number),
            "lines": .array(products.map { ["product": $0, "price": "10.00"] }),
            "total": .string("\(products.count * 10).00"),
        ]
    }
}
