import StrictJSON

/// What a firm asks for on its form.
struct Wishes {
    /// Whether it tries the local products first.
    var trial = false
    /// What it cancels.
    var products = ["quill-ledger"]
    /// What it wants besides.
    var newProducts: [String] = []

    /// Nothing but the cancellation of one product.
    static func plain(_ number: Int) -> Wishes { Wishes() }

    /// Every mixture in turn: with and without a trial, one product and two, with and without new ones.
    static func mixed(_ number: Int) -> Wishes {
        Wishes(
            trial: number % 2 == 0,
            products: number % 4 < 2 ? ["quill-ledger"] : ["quill-ledger", "lantern-archive"],
            newProducts: number % 3 == 0 ? ["tidewater-planner"] : [])
    }

    /// The form of a case of this number.
    func form(_ number: Int) -> JSON {
        [
            "specversion": "1.0", "id": .string("form-\(number)"), "source": "/intake",
            "type": "cancellation.cancellation-form.v1", "subject": .string("saas-to-local/case-\(number)"),
            "data": [
                "firm": ["id": .string("\(number)"), "name": .string("Harbour Lane \(number)")],
                "netFirmAdministrator": .string("admin-\(number)@example.com"),
                "products": .array(products.map { .string($0) }),
                "backup": ["confirmed": true, "at": "2026-01-02T03:04:05Z"],
                "salesRepresentative": "sales-representative@example.com",
                "csRepresentative": "care@example.com", "trialLicencesWanted": .bool(trial),
                "newProducts": .array(newProducts.map { .string($0) }),
            ],
        ]
    }
}
