import StrictJSON

/// What a firm asks for on its form.
struct Wishes {
    /// Whether it tries the local products first.
    var trial = false
    /// What it cancels.
    var products = ["quill-ledger"]
    /// What it wants besides.
    var newProducts: [String] = []
    /// What it takes to Virtual Office; `nil` where it installs locally.
    var move: Move?

    /// What a firm wants on Virtual Office.
    struct Move {
        /// What it takes there.
        var products: [String]
        /// The licences it holds there.
        var held: [String] = []
        /// Whether it wants to sign one proposal.
        var isSingle = false
    }

    /// The process that a form with these starts.
    var process: String { move == nil ? "saas-to-local" : "saas-to-virtual-office" }

    /// Nothing but the cancellation of one product.
    static func plain(_ number: Int) -> Wishes { Wishes() }

    /// Every mixture in turn: with and without a trial, one product and two, with and without new ones.
    static func mixed(_ number: Int) -> Wishes {
        Wishes(
            trial: number % 2 == 0,
            products: number % 4 < 2 ? ["quill-ledger"] : ["quill-ledger", "lantern-archive"],
            newProducts: number % 3 == 0 ? ["tidewater-planner"] : [])
    }

    /// The id of a case of this number.
    func caseID(_ number: Int) -> String { "\(process)/case-\(number)" }

    /// The form of a case of this number.
    func form(_ number: Int) -> JSON {
        let type = move == nil ? "cancellation.cancellation-form.v1" : "cancellation.virtual-office-form.v1"
        return [
            "specversion": "1.0", "id": .string("form-\(number)"), "source": "/intake",
            "type": .string(type), "subject": .string(caseID(number)), "data": data(number),
        ]
    }

    private func data(_ number: Int) -> JSON {
        let cancellation: JSON = [
            "firm": ["id": .string("\(number)"), "name": .string("Harbour Lane \(number)")],
            "netFirmAdministrator": .string("admin-\(number)@example.com"),
            "products": .array(products.map { .string($0) }),
            "backup": ["confirmed": true, "at": "2026-01-02T03:04:05Z"],
            "salesRepresentative": "sales-representative@example.com",
            "csRepresentative": "care@example.com", "trialLicencesWanted": .bool(trial),
            "newProducts": .array(newProducts.map { .string($0) }),
        ]
        guard let move else { return cancellation }
        return [
            "cancellation": cancellation, "productsToMove": .array(move.products.map { .string($0) }),
            "virtualOfficeLicencesHeld": .array(move.held.map { .string($0) }),
            "singleProposalWanted": .bool(move.isSingle),
        ]
    }
}
