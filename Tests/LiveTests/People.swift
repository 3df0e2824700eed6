import StrictJSON

/// People who do well: what they answer to a question, the same whenever they are asked it again.
enum People {
    /// Answers what a team is sent: messages, with the key to send each by.
    typealias Answering = @Sendable (JSON) -> [(message: JSON, key: String)]

    /// The answers, as messages with the key to send each by; several where they report part by part, none where
    /// nothing is asked.
    static func answers(to question: JSON) -> [(message: JSON, key: String)] {
        guard let type = question["type"]?.stringValue, let handoff = question["correlationid"]?.stringValue
        else { return [] }
        return messages(parts(of: type, handoff, question["data"] ?? .null), answering: question)
    }

    /// The same people, who leave questions of some types to the test.
    static func leaving(_ types: Set<String>) -> Answering {
        { types.contains($0["type"]?.stringValue ?? "") ? [] : answers(to: $0) }
    }

    /// What is said to answer a question, as messages.
    static func messages(
        _ parts: [JSONObject], answering question: JSON
    ) -> [(message: JSON, key: String)] {
        guard let handoff = question["correlationid"]?.stringValue,
            let answerType = question["answertype"]?.stringValue, let key = question["replyto"]?.stringValue
        else { return [] }
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
        case "ordering.make-proposal.v1":
            [document("P-\(handoff)", of: list("products", of: data) + list("licences", of: data))]
        case "ordering.combine-proposal.v1": [combined("S-\(handoff)", data)]
        case "ordering.confirm-signatures.v1":
            list("documents", of: data).map { ["documents": [$0], "signedBy": "pat", "at": past] }
        case "ordering.process-order.v1": [["order": .string("O-\(handoff)"), "licencesReady": true]]
        case "ordering.confirm-download.v1": [["downloaded": true, "at": past, "saidBy": "Ada Weber"]]
        case "vo-provisioning.accept-move.v1": [["accepted": true]]
        case "licence-swapper.update-licences.v1": [["updated": true, "at": data["orderedAt"] ?? past]]
        default: []
        }
    }

    private static let past: JSON = "2026-01-03T00:00:00Z"

    private static func list(_ field: String, of data: JSON) -> [JSON] { data[field]?.arrayValue ?? [] }

    /// The proposal with a line for each renewal owed; every line of either costs the same.
    private static func combined(_ number: String, _ data: JSON) -> JSONObject {
        let (lines, owed) = (data["proposal"].map { list("lines", of: $0) } ?? [], list("owed", of: data))
        let products = (lines + owed).compactMap { $0["product"]?.stringValue }
        return [
            "number": .string(number), "lines": .array(lines),
            "renewals": .array(
                owed.map { ["family": $0["family"] ?? .null, "price": "10.00", "taxable": true] }),
            "note": .string(products.joined(separator: ", ")),
            "total": .string("\(products.count * 10).00"),
        ]
    }

    private static func document(_ number: String, of products: [JSON]) -> JSONObject {
        [
            "number": .string(number),
            "lines": .array(products.map { ["product": $0, "price": "10.00"] }),
            "total": .string("\(products.count * 10).00"),
        ]
    }
}
