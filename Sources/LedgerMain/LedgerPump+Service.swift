import Engine
import Ledger
import Logging
import RabbitMQBroker
import WorkerMain

extension ServiceCore {
    /// Opens the ledger's file and joins the ledger to a service's seams.
    ///
    /// - Throws: what ``LedgerStore/open(path:create:directory:)`` throws.
    static func ledger(_ seams: ServiceSeams, of fleet: FleetOutline) throws(StoreError) -> ServiceCore {
        let store = try LedgerStore.open(
            path: seams.storePath, create: seams.createsStore, directory: seams.directory)
        let ledger = Ledger(
            store: store, fleet: fleet, version: seams.version, seed: .random(in: .min ... .max))
        let pump = LedgerPump(
            ledger, letters: LetterVisitor(seams.connecting), broker: seams.broker, clock: seams.clock,
            machine: seams.machine
        ) { news in
            switch news {
            case .storeGone(let why): seams.report(.storeGone(why))
            case .storeBack: seams.report(.storeBack)
            case .stranded(let row, let why): seams.report(.stranded(row, why: why))
            case .unreadable(let key, let why):
                seams.logger.warning(
                    "A message cannot be read and is set aside",
                    metadata: ["key": "\(key)", "reason": "\(why)"])
            case .questionDropped(let user, let why):
                seams.logger.notice(
                    "A question was not answered", metadata: ["sender": "\(user)", "reason": "\(why)"])
            case .passBrokenOff(let queue, let why):
                seams.logger.warning(
                    "A queue of dead letters could not be looked through, and will be tried again",
                    metadata: ["queue": "\(queue)", "reason": "\(why)"])
            case .replyLost(let why):
                seams.logger.notice("A reply did not reach the broker", metadata: ["reason": "\(why)"])
            }
        }
        return ServiceCore(
            step: pump.step, stop: pump.stop, isDrained: { pump.isDrained },
            end: { () throws(StoreError) in try pump.end() })
    }
}
