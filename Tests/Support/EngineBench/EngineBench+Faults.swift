import Engine
import Rehearsal

extension EngineBench {
    /// The store answers nothing, until it is mended.
    package func loseStore() {
        fault = { _ throws(StoreError) in throw .unavailable("the disk is full") }
    }

    /// The store works as it should.
    package func mendStore() { fault = { _ in } }

    /// Commits with such a change fail, until the store is mended.
    package func failCommits(with error: StoreError, where isBad: @escaping (Change) -> Bool = { _ in true })
    {
        fault = { step throws(StoreError) in
            if case .committing(let changes) = step, changes.contains(where: isBad) { throw error }
        }
    }

    /// Commits take effect, but nobody hears so, until the store is mended.
    package func silenceCommits() {
        fault = { step throws(StoreError) in
            if case .committed = step { throw .unavailable("the answer got lost") }
        }
    }

    /// The read of this number from now on fails, and it alone.
    package func failRead(number: Int) {
        var reads = 0
        fault = { step throws(StoreError) in
            guard case .using = step else { return }
            reads += 1
            if reads == number { throw .unavailable("the disk is full") }
        }
    }
}
