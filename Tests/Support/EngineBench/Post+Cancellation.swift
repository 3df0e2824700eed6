import StrictJSON
import Vocabulary

/// What people send to the cancellation worker, as the JSON they send.
extension Post {
    /// A form that is accepted.
    ///
    /// - Parameter data: fields to bend; `nil` removes one.
    package static func form(
        _ id: String, case name: String?, by user: UserName = "intake", trial: Bool = false,
        data bent: [String: JSON?] = [:]
    ) -> Post {
        Post(
            key: "start.saas-to-local.\(user)",
            .envelope(
                id: id, type: "cancellation.cancellation-form.v1",
                subject: name.map { "saas-to-local/\($0)" },
                data: cancellation(trial: trial, data: bent)))
    }

    /// A form of a firm that moves to Virtual Office, and is accepted.
    ///
    /// - Parameters:
    ///   - cancelled: fields of the cancellation to bend; `nil` removes one.
    ///   - data: the form's own.
    package static func moveForm(
        _ id: String, case name: String, trial: Bool = false, cancelling cancelled: [String: JSON?] = [:],
        data bent: [String: JSON?] = [:]
    ) -> Post {
        var data: JSONObject = [
            "cancellation": cancellation(trial: trial, data: cancelled),
            "productsToMove": ["crm-saas", "payroll-saas"], "virtualOfficeLicencesHeld": [],
            "singleProposalWanted": false,
        ]
        for (field, value) in bent { data[field] = value }
        return Post(
            key: "start.saas-to-virtual-office.intake",
            .envelope(
                id: id, type: "cancellation.virtual-office-form.v1",
                subject: "saas-to-virtual-office/\(name)", data: .object(data)))
    }

    private static func cancellation(trial: Bool, data bent: [String: JSON?]) -> JSON {
        var data: JSONObject = [
            "firm": ["id": "F-4711", "name": "Weber & Söhne"], "netFirmAdministrator": "admin@weber.example",
            "products": ["crm-saas", "payroll-saas"],
            "backup": ["confirmed": true, "at": "2026-03-02T18:00:00Z"],
            "salesRepresentative": "sales@example.com", "csRepresentative": "cs@example.com",
            "trialLicencesWanted": .bool(trial), "newProducts": [],
        ]
        for (field, value) in bent { data[field] = value }
        return .object(data)
    }

    /// A team's answer to a handoff of the cancellation worker.
    package static func answer(
        _ id: String, to handoff: String, _ question: String, from team: Team = "cs-specialists", _ data: JSON
    ) -> Post {
        Post(
            key: "answer.\(team).cancellation",
            .envelope(id: id, type: "cancellation.\(question)-answer.v1", correlation: handoff, data: data))
    }

    /// A specialist takes a cancellation.
    package static func taken(_ id: String, _ handoff: String, by person: String = "ada") -> Post {
        answer(id, to: handoff, "take-cancellation", ["role": "specialist", "by": .string(person)])
    }

    /// The firm works on its trial.
    package static func restored(_ id: String, _ handoff: String) -> Post {
        answer(
            id, to: handoff, "provide-trial", from: "cs-representatives",
            ["restored": true, "at": "2026-03-03T09:00:00Z", "saidBy": "wanda", "by": "carl"])
    }

    /// The cancellation is processed.
    package static func processed(
        _ id: String, _ handoff: String, by person: String = "ada", data bent: [String: JSON?] = [:]
    ) -> Post {
        var data: JSONObject = [
            "confirmation": "C-1", "at": "2026-03-03T09:30:00Z", "by": .string(person),
        ]
        for (field, value) in bent { data[field] = value }
        return answer(id, to: handoff, "process-cancellation", .object(data))
    }
}
