import Engine
import StrictJSON
import Vocabulary
import Wire

extension InboxKey {
    init(_ columns: inout Columns) throws {
        try self.init(sender: columns.word(), id: columns.text(), redrive: columns.count())
    }

    var values: [SQLValue] {
        [.text(sender.rawValue), .text(id), .integer(redrive)]
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

    var values: [SQLValue] {
        key.values + [.text(caseID?.rawValue), .text(digest), .text(verdict.rawValue), .time(at)]
    }
}

extension CaseRow: TableRow {
    static let table = Table(
        "cases", key: ["id"],
        rest: [
            "memory_version", "memory", "held", "early", "started_by", "since", "stage", "turns",
            "last_outward", "too_late", "passage", "withdrawal",
        ])

    init(_ columns: inout Columns) throws {
        try self.init(
            id: columns.value(), memoryVersion: columns.count(), memory: columns.json(),
            held: columns.list { $0.stringValue.flatMap(HandoffID.init(rawValue:)) },
            early: columns.list(InboxKey.init(json:)), startedBy: columns.optionalWord(),
            since: columns.time(), stage: columns.word(), turns: columns.count())
        lastOutward = try columns.count()
        tooLate = try columns.optionalText()
        passage = try columns.word()
        withdrawal = try columns.optionalJSON().flatMap(Withdrawal.init(json:))
    }

    var values: [SQLValue] {
        [
            .value(id), .integer(memoryVersion), .json(memory), .list(held) { .string($0.rawValue) },
            .list(early, \.json), .text(startedBy?.rawValue), .time(since), .text(stage.rawValue),
            .integer(turns), .integer(lastOutward), .text(tooLate), .text(passage.rawValue),
            .json(withdrawal?.json),
        ]
    }
}

extension CaseRow.Withdrawal {
    init?(json: JSON) {
        guard let key = json["key"].flatMap(InboxKey.init(json:)), let why = json["why"]?.stringValue else {
            return nil
        }
        self.init(key: key, why: why)
    }

    var json: JSON { ["key": key.json, "why": .string(why)] }
}

extension HandoffRow: TableRow {
    static let table = Table(
        "handoffs", key: ["id"],
        rest: [
            "case_id", "type", "key", "team", "state", "gate", "question", "answers", "due",
            "reminder", "escalation", "start", "reminded_at", "escalated_at", "stuck_at",
            "asked_at", "since", "wanted_by", "held_because", "custody", "revision", "answered_in",
            "original",
            "revoked_because", "redrives",
        ])

    init(_ columns: inout Columns) throws {
        try self.init(
            id: columns.value(), slot: Slot(&columns), team: columns.value(), state: columns.word(),
            gate: columns.optionalText(), question: columns.json(), answers: columns.list(\.stringValue),
            clock: HandoffClock(&columns), askedAt: columns.optionalTime(), since: columns.time(),
            wantedBy: columns.optionalValue())
        heldBecause = try columns.optionalText()
        custody = try columns.optionalJSON().map {
            try StrictDecoder.decode(Custody.self, from: $0, unknownKeys: .refused)
        }
        revision = try columns.count()
        answeredIn = try columns.optionalInteger().map { Int($0) }
        original = try columns.optionalJSON()
        revokedBecause = try columns.optionalText()
        redrives = try columns.count()
    }

    var values: [SQLValue] {
        get throws {
            try [.value(id)] + slot.values + [
                .value(team), .text(state.rawValue), .text(gate), .json(question),
                .list(answers, JSON.string),
            ] + clock.values + [
                .time(askedAt), .time(since), .text(wantedBy?.rawValue), .text(heldBecause),
                .json(try custody.map { try JSON(encoding: $0) }), .integer(revision),
                .integer(answeredIn), .json(original), .text(revokedBecause),
                .integer(redrives),
            ]
        }
    }
}

extension HandoffClock {
    init(_ columns: inout Columns) throws {
        try self.init(
            due: columns.value(), reminder: columns.optionalValue(), escalation: columns.value())
        start = try columns.optionalTime()
        remindedAt = try columns.optionalTime()
        escalatedAt = try columns.optionalTime()
        stuckAt = try columns.optionalTime()
    }

    var values: [SQLValue] {
        get throws {
            try [
                .duration(due), reminder.map { try SQLValue.duration($0) } ?? .null,
                .duration(escalation),
                .time(start), .time(remindedAt), .time(escalatedAt), .time(stuckAt),
            ]
        }
    }
}

extension HandoffRow.Slot {
    init(_ columns: inout Columns) throws {
        try self.init(caseID: columns.value(), type: columns.value(), key: columns.text())
    }

    var values: [SQLValue] {
        [.value(caseID), .value(type), .text(key)]
    }
}

extension TimerRow: TableRow {
    static let table = Table("timers", key: ["case_id", "type", "key"], rest: ["armed", "at", "data"])

    init(_ columns: inout Columns) throws {
        try self.init(
            slot: HandoffRow.Slot(&columns), armed: columns.count(), at: columns.time(), data: columns.json())
    }

    var values: [SQLValue] {
        slot.values + [.integer(armed), .time(at), .json(data)]
    }
}

extension EffectRow: TableRow {
    static let table = Table("effects", key: ["id"], rest: ["case_id", "type", "data", "attempts", "at"])

    init(_ columns: inout Columns) throws {
        try self.init(
            id: columns.text(), caseID: columns.value(), type: columns.value(), data: columns.json(),
            attempts: columns.count(), at: columns.optionalTime())
    }

    var values: [SQLValue] {
        [.text(id), .value(caseID), .value(type), .json(data), .integer(attempts), .time(at)]
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

    var values: [SQLValue] {
        key.values + [
            .value(caseID), .value(type), .json(data), .text(why), .time(since), .time(noticeAt),
        ]
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
    var values: [SQLValue] {
        [
            .text(exchange), .text(routingKey), .text(properties.messageID), .text(properties.type),
            .text(properties.correlationID), .text(properties.replyTo),
            .integer(properties.timestampSeconds.map { Int($0) }), .text(properties.appID),
            .headers(properties.headers), .bytes(body),
        ]
    }
}
