import Foundation

/// What a child notes where it outlives the child, whatever that dies of: memory that is a file.
struct Notebook {
    /// How far a child came.
    struct Notes {
        /// The input that is being tried.
        var input = -1
        var accepted = 0
        var refused = 0
        var slowestNanoseconds = 0
        var slowestInput = 0
    }

    private let page: UnsafeMutablePointer<Notes>

    /// Opens the notebook of a folder; an empty one where there was none.
    init(in folder: String) throws {
        let file = open("\(folder)/notebook", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0, ftruncate(file, off_t(MemoryLayout<Notes>.size)) == 0,
            let page = mmap(
                nil, MemoryLayout<Notes>.size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0),
            page != MAP_FAILED
        else { throw BrokenPromise("\(folder)/notebook cannot be made: \(String(cString: strerror(errno)))") }
        close(file)
        self.page = page.bindMemory(to: Notes.self, capacity: 1)
    }

    var notes: Notes {
        get { page.pointee }
        nonmutating set { page.pointee = newValue }
    }

    /// Gives the memory back.
    func giveBack() { munmap(page, MemoryLayout<Notes>.size) }
}
