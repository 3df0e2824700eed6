import Engine
internal import GRDB
import StrictJSON
import Vocabulary
import Wire

extension InboxKey {
    init(_ columns: inout Columns) throws {
        try self.init(sender: columns.word(), id: columns.text(), redrive: columns.count())
    }

    var values: [DatabaseValue] {
        get throws { try [.text(sender.rawValue), .text(id), .integer(redrive)] }
    }

    /// Reads a key off a list of them.
    init?(json: JSON) {
        guard let parts = json.arrayValue, parts.count == 3,
            let sender = parts[0].stringValue.flatMap(Sender.init(rawValue:)),
            let id = parts[1].stringValue, let redrive = parts[2].integerValue
        else { return nil }
        self.init(sender: sender, id: id, redrive: Int(redrive))
    }

    var json: JSON { [.string(sender.rawValue), .string(id), .integer(Int64(redrive))] }
}

extension InboxRow: TableRow {
    static let table = Table(
        "inbox", key: ["sender", "id", "redrive"], rest: ["case_id", "digest", "verdict", "at"])

    init(_ columns: inout Columns) throws {
        try self.init(
            key: InboxKey(&columns), caseID: columns.optionalValue(), digest: columns.text(),
            verdict: columns.word(), at: columns.time())
    }

    var values: [DatabaseValue] {
        get throws {
            try key.values + [.text(caseID?.rawValue), .text(digest), .text(verdict.rawValue), .time(at)]
        }
    }
}

extension CaseRow: TableRow {
    static let table = Table(
        "cases", key: ["id"],
        rest: ["memory_version", "memory", "held", "early", "started_by", "since", "stage", "turns"])

    init(_ columns: inout Columns) throws {
        try self.init(
            id: columns.value(), memoryVersion: columns.count(), memory: columns.json(),
            held: columns.list { $0.stringValue.flatMap(HandoffID.init(rawValue:)) },
            early: columns.list(InboxKey.init(json:)), startedBy: columns.optionalWord(),
            since: columns.time(), stage: columns.word(), turns: columns.count())
    }

    var values: [DatabaseValue] {
        get throws {
            try [
                .value(id), .integer(memoryVersion), .json(memory), .list(held) { .string($0.rawValue) },
                .list(early, \.json), .text(startedBy?.rawValue), .time(since), .text(stage.rawValue),
                .integer(turns),
            ]
        }
    }
}

extension HandoffRow: TableRow {
    static let table = Table(
        "handoffs", key: ["id"],
        rest: [
            "case_id", "type", "key", "team", "state", "gate", "question", "answers", "due",
            "asked_at", "since",
        ])

    init(_ columns: inout Columns) throws {
        try self.init(
            id: columns.value(), slot: Slot(&columns), team: columns.value(), state: columns.word(),
            gate: columns.optionalText(), question: columns.json(), answers: columns.list(\.stringValue),
            due: columns.value(), askedAt: columns.optionalTime(), since: columns.time())
    }

    var values: [DatabaseValue] {
        get throws {
            try [.value(id)] + slot.values + [
                .value(team), .text(state.rawValue), .text(gate), .json(question),
                .list(answers, JSON.string),
                .duration(due), .time(askedAt), .time(since),
            ]
        }
    }
}

extension HandoffRow.Slot {
    init(_ columns: inout Columns) throws {
        try self.init(caseID: columns.value(), type: columns.value(), key: columns.text())
    }

    var values: [DatabaseValue] {
        get throws { try [.value(caseID), .value(type), .text(key)] }
    }
}

extension TimerRow: TableRow {
    static let table = Table("timers", key: ["case_id", "type", "key"], rest: ["armed", "at", "data"])

    init(_ columns: inout Columns) throws {
        try self.init(
            slot: HandoffRow.Slot(&columns), armed: columns.count(), at: columns.time(), data: columns.json())
    }

    var values: [DatabaseValue] {
        get throws { try slot.values + [.integer(armed), .time(at), .json(data)] }
    }
}

extension EffectRow: TableRow {
    static let table = Table("effects", key: ["id"], rest: ["case_id", "type", "data", "attempts", "at"])

    init(_ columns: inout Columns) throws {
        try self.init(
            id: columns.text(), caseID: columns.value(), type: columns.value(), data: columns.json(),
            attempts: columns.count(), at: columns.optionalTime())
    }

    var values: [DatabaseValue] {
        get throws {
            try [.text(id), .value(caseID), .value(type), .json(data), .integer(attempts), .time(at)]
        }
    }
}

extension EarlyRow: TableRow {
    static let table = Table(
        "early", key: ["sender", "id", "redrive"],
        rest: ["case_id", "type", "data", "why", "since", "notice_at"])

    init(_ columns: inout Columns) throws {
        try self.init(
            key: InboxKey(&columns), caseID: columns.value(), type: columns.value(),
            data: columns.json(), why: columns.text(), since: columns.time(), noticeAt: columns.optionalTime()
        )
    }

    var values: [DatabaseValue] {
        get throws {
            try key.values + [
                .value(caseID), .value(type), .json(data), .text(why), .time(since), .time(noticeAt),
            ]
        }
    }
}

extension OutboxRow: TableRow {
    static let table = Table(
        "outbox", key: ["number"],
        rest: [
            "exchange", "routing_key", "message_id", "type", "correlation_id", "reply_to",
            "timestamp", "app_id", "headers", "body",
        ])

    init(_ columns: inout Columns) throws {
        try self.init(
            number: columns.integer(),
            message: Outgoing(
                exchange: columns.text(), routingKey: columns.text(),
                properties: MessageProperties(
                    messageID: columns.optionalText(), type: columns.optionalText(),
                    correlationID: columns.optionalText(), replyTo: columns.optionalText(),
                    timestampSeconds: columns.optionalInteger(), appID: columns.optionalText(),
                    headers: columns.headers()),
                body: columns.bytes()))
    }
}

extension Outgoing {
    /// What stands in the columns after the number, which the database gives.
    var values: [DatabaseValue] {
        get throws {
            try [
                .text(exchange), .text(routingKey), .text(properties.messageID), .text(properties.type),
                .text(properties.correlationID), .text(properties.replyTo),
                .integer(properties.timestampSeconds), .text(properties.appID),
                .headers(properties.headers), .bytes(body),
            ]
        }
    }
}
