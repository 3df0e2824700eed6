import Engine
import Fleet
import Ledger
import Vocabulary
import Wire
import WorkerMain

/// The service `baton-ledger`.
@main struct LedgerMain {
    static func main() async throws {
        let fleet = FleetOutline(try Fleet.declarations())
        await ServiceMain.run(.ledger) { seams throws(StoreError) in try .ledger(seams, of: fleet) }
    }
}
