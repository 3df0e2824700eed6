import Cancellation
import EMSReinstatement
import LicenceSwapper
import Notifier
import Ordering
import VOProvisioning
public import WorkerKit

/// Every worker there is, for what is made of all of them: topology, schemas, permissions.
public enum Fleet {
    /// The workers' declarations, by name.
    ///
    /// - Throws: where a schema cannot be derived from a message's type.
    public static func declarations() throws -> [WorkerDeclaration] {
        [
            try WorkerDeclaration(Cancellation.self),
            try WorkerDeclaration(EMSReinstatement.self),
            try WorkerDeclaration(LicenceSwapper.self),
            try WorkerDeclaration(Notifier.self),
            try WorkerDeclaration(Ordering.self),
            try WorkerDeclaration(VOProvisioning.self),
        ]
    }
}
