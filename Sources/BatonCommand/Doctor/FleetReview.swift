internal import LedgerMessages
internal import StrictJSON
internal import Vocabulary
internal import Wire

/// What the ledger says of itself and of the workers, looked at.
struct FleetReview {
    private let status: AskStatus.Reply
    private let directory: Directory?
    private let now: Timestamp

    /// - Parameters:
    ///   - status: what the ledger says.
    ///   - directory: the one that the reader has; `nil` where none was given.
    ///   - now: this machine's clock.
    init(_ status: AskStatus.Reply, directory: Directory?, now: Timestamp) {
        self.status = status
        self.directory = directory
        self.now = now
    }

    /// All of it, in the order in which to put it right.
    var findings: [Finding] {
        [
            [.ok("ledger", "baton-ledger \(status.version) answers; open cases: \(status.openCases)")],
            status.casesWithGaps == 0 ? [] : [records],
            group(
                "workers", silences + troubles, well: "all say that they are well: \(status.workers.count)"),
            group("stores", storeNews, well: "every worker has the one that it had"),
            group("clocks", drift + skews, well: "they agree"),
            group("mail", mailTroubles, well: "no worker has trouble sending it"),
            group(
                "directory", otherDirectories,
                well: directory == nil ? "all workers read the ledger's" : "all read the same"),
            group("letters", letters, well: "no message is left dead"),
        ].flatMap(\.self)
    }

    private func group(_ check: String, _ warnings: [String], well: String) -> [Finding] {
        warnings.isEmpty ? [.ok(check, well)] : warnings.map { .warning(check, $0) }
    }

    private var records: Finding {
        .warning(
            "records",
            "cases with records missing: \(status.casesWithGaps); see whether a worker or its store is down")
    }

    // MARK: Workers

    /// The workers whose last pulse still counts.
    private var heard: [(name: WorkerName, heard: AskStatus.HeardPulse)] {
        status.workers.compactMap { worker in
            worker.pulse.flatMap { isMissing($0) ? nil : (worker.name, $0) }
        }
    }

    private func isMissing(_ heard: AskStatus.HeardPulse) -> Bool {
        status.machineTime - heard.receivedAt > .seconds(heard.pulse.everySeconds * Limits.missedPulses)
    }

    private var silences: [String] {
        status.workers.compactMap { worker in
            let remedy =
                "see: systemctl status baton-\(worker.name), and: journalctl -u baton-\(worker.name)"
            guard let heard = worker.pulse else { return "\(worker.name) was never heard; \(remedy)" }
            guard isMissing(heard) else { return nil }
            return "\(worker.name) has been silent since \(heard.receivedAt); \(remedy)"
        }
    }

    private func each(_ kind: Pulse.Trouble.Kind, _ say: (WorkerName, Pulse.Trouble) -> String) -> [String] {
        heard.flatMap { worker in
            worker.heard.pulse.troubles.filter { $0.kind == kind }.map { say(worker.name, $0) }
        }
    }

    private var troubles: [String] {
        each(.store) { name, trouble in
            "\(name) has waited for its store since \(trouble.since): \(trouble.why); "
                + "see: journalctl -u baton-\(name)"
        }
            + each(.outbox) { name, trouble in
                "the outbox of \(name) has been full since \(trouble.since): \(trouble.why); "
                    + "see: rabbitmq-diagnostics alarms"
            }
    }

    private var mailTroubles: [String] {
        each(.mail) { name, trouble in
            "\(name) has sent no mail since \(trouble.since): \(trouble.why); its settings are mail.* in "
                + "/etc/baton/\(name).yaml"
        }
    }

    // MARK: Stores

    private var storeNews: [String] {
        status.workers.flatMap { worker in
            worker.storeNews.map { news in
                "the store of \(worker.name) \(news.what), seen \(news.at); "
                    + remedy(news.kind, for: worker.name)
            }
        }
    }

    private func remedy(_ kind: AskStatus.StoreNews.Kind, for worker: WorkerName) -> String {
        switch kind {
        case .restored:
            "it has forgotten what it took in between; the ledger has not: see baton case list, and for what moved "
                + "since the backup baton case show"
        case .emptied:
            "it knows no case from before: stop baton-\(worker), put the file that it had back to its store.path, "
                + "and start it; see whether another machine runs it too"
        case .exchanged:
            "unless that was meant, stop baton-\(worker), and put the file that it had back to its store.path"
        case .doubled:
            "each knows a part of the cases: stop baton-\(worker) on every machine but one, at once"
        }
    }

    // MARK: Clocks

    private var drift: [String] {
        let drift = now - status.machineTime
        guard max(drift, .zero - drift) > Limits.clockDrift else { return [] }
        return [
            "this machine's clock and the ledger's differ by \(drift.inWords); see to it that both are set by NTP"
        ]
    }

    private var skews: [String] {
        heard.compactMap { name, heard in
            let skew = heard.skew
            guard max(skew, .zero - skew) > Limits.clockSkew else { return nil }
            let (size, way) = skew > .zero ? (skew, "ahead of") : (.zero - skew, "behind")
            return
                "the clock of the machine of \(name) is \(size.inWords) \(way) the ledger's; see to it that both "
                + "are set by NTP: timedatectl"
        }
    }

    // MARK: Directory and letters

    private var otherDirectories: [String] {
        let own = directory.flatMap { $0.digest == status.directoryDigest ? nil : "the ledger" }
        let others = heard.filter { $0.heard.pulse.directory != status.directoryDigest }
        return [own.map { "\($0) reads another one than this; install the same file on both" }]
            .compactMap(\.self)
            + others.map {
                "\($0.name) reads another one than the ledger; install the same file, and: "
                    + "systemctl restart baton-\($0.name)"
            }
    }

    private var letters: [String] {
        status.letters == 0 ? [] : ["unresolved dead letters: \(status.letters); see: baton dead list"]
    }
}

extension Duration {
    /// The largest unit that is full, rounded down.
    fileprivate var inWords: String {
        let seconds = max(0, (self < .zero ? .zero - self : self).components.seconds)
        let units: [(Int64, String)] = [(86_400, "d"), (3600, "h"), (60, "min")]
        guard let (size, name) = units.first(where: { seconds >= $0.0 }) else { return "\(seconds) s" }
        return "\(seconds / size) \(name)"
    }
}
