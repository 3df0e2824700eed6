import StrictJSON
import Vocabulary

// Every turn is written here, and most of what a worker writes is records: by hand, this is a tenth of what the
// synthesised coding costs. It writes the same, byte for byte, which the tests hold it to.

extension TurnRecords {
    /// The canonical bytes of its JSON.
    public func serialized() -> [UInt8] {
        var writer = JSONWriter(capacity: 256 + turns.count * 768)
        writer.object { writer in
            writer.member("directory", directory)
            writer.name("turns")
            writer.array(turns) { $0.write(to: &$1) }
        }
        return writer.bytes
    }
}

extension TurnTrial {
    /// The canonical bytes of its JSON.
    public func serialized() -> [UInt8] {
        var writer = JSONWriter(capacity: 256 + turns.count * 768)
        writer.object { writer in
            writer.member("question", question)
            writer.name("turns")
            writer.array(turns) { $0.write(to: &$1) }
        }
        return writer.bytes
    }
}

extension TurnRecord {
    /// The canonical bytes of its JSON.
    public func serialized() -> [UInt8] {
        var writer = JSONWriter(capacity: 768)
        write(to: &writer)
        return writer.bytes
    }

    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("at", at.rawValue)
            writer.member("case", caseID?.rawValue)
            writer.member("customer", customer)
            writer.name("effects")
            writer.array(effects) { $0.write(to: &$1) }
            writer.member("ended", ended?.rawValue)
            writer.name("handoffs")
            writer.array(handoffs) { $0.write(to: &$1) }
            writer.name("heard")
            heard.write(to: &writer)
            writer.member("number", number)
            writer.member("outcome", outcome.rawValue)
            writer.name("sent")
            writer.array(sent) { $0.write(to: &$1) }
            writer.name("timers")
            writer.array(timers) { $0.write(to: &$1) }
            if let trouble {
                writer.name("trouble")
                trouble.write(to: &writer)
            }
        }
    }
}

extension RecordedTrouble {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("reason", reason)
            writer.member("why", why)
        }
    }
}

extension TurnRecord.Heard {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("data", data)
            writer.member("digest", digest)
            writer.member("handoff", handoff?.rawValue)
            writer.member("id", id)
            writer.member("kind", kind.rawValue)
            writer.member("redrive", redrive)
            writer.member("sender", sender?.rawValue)
            writer.member("type", type?.rawValue)
        }
    }
}

extension TurnRecord.Sent {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("digest", digest)
            writer.member("id", id)
            writer.member("kind", kind.rawValue)
            writer.member("type", type?.rawValue)
        }
    }
}

extension TurnRecord.HandoffEntry {
    /// The canonical bytes of its JSON.
    public func serialized() -> [UInt8] {
        var writer = JSONWriter(capacity: 768)
        write(to: &writer)
        return writer.bytes
    }

    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("answerType", answerType.rawValue)
            writer.member("askedAt", askedAt?.rawValue)
            writer.name("clock")
            clock.write(to: &writer)
            if let custody {
                writer.name("custody")
                custody.write(to: &writer)
            }
            writer.member("heldBecause", heldBecause)
            writer.member("id", id.rawValue)
            writer.member("key", key)
            writer.name("lines")
            writer.array(lines) { $1.put($0) }
            writer.member("question", question)
            writer.member("revision", revision)
            writer.member("revokedBecause", revokedBecause)
            writer.member("since", since.rawValue)
            writer.member("state", state.rawValue)
            writer.member("team", team.rawValue)
            writer.member("title", title)
            writer.member("type", type.rawValue)
        }
    }
}

extension HandoffClock {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("due", due.rawValue)
            writer.member("escalatedAt", escalatedAt?.rawValue)
            writer.member("escalation", escalation.rawValue)
            writer.member("remindedAt", remindedAt?.rawValue)
            writer.member("reminder", reminder?.rawValue)
            writer.member("start", start?.rawValue)
            writer.member("stuckAt", stuckAt?.rawValue)
        }
    }
}

extension Custody {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("at", at.rawValue)
            writer.member("by", by.rawValue)
            writer.member("reason", reason)
            writer.member("said", said.rawValue)
        }
    }
}

extension TurnRecord.TimerEntry {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("at", at?.rawValue)
            writer.member("key", key)
            writer.member("type", type.rawValue)
        }
    }
}

extension TurnRecord.EffectEntry {
    /// The canonical bytes of its JSON.
    public func serialized() -> [UInt8] {
        var writer = JSONWriter(capacity: 256)
        write(to: &writer)
        return writer.bytes
    }

    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("attempts", attempts)
            writer.member("id", id)
            writer.member("next", next?.rawValue)
            writer.member("state", state.rawValue)
            writer.member("title", title)
            writer.member("type", type.rawValue)
            writer.member("why", why)
        }
    }
}
