extension Directory {
    /// What a product licenses on Virtual Office.
    public enum VirtualOfficeLicence: Hashable {
        /// Virtual Office itself: a firm needs it once.
        case setup
        /// The products of a family.
        case family(String)
    }

    /// The product that licenses something on Virtual Office; `nil` where nobody sells one.
    public func product(licensing licence: VirtualOfficeLicence) -> Product? {
        products.first { $0.virtualOffice == licence }
    }

    /// What a firm needs to have these products on Virtual Office: the setup, and each of their families once.
    public func virtualOfficeLicences(toMove codes: [String]) -> [VirtualOfficeLicence] {
        codes.compactMap { product(code: $0)?.family }.reduce(into: [.setup]) { licences, family in
            if !licences.contains(.family(family)) { licences.append(.family(family)) }
        }
    }
}

extension Directory.VirtualOfficeLicence: TextValue {
    private static let familyPrefix = "licence of "

    /// The licence as directories write it: `setup`, `licence of quill-accounts`.
    public var rawValue: String {
        switch self {
        case .setup: "setup"
        case .family(let family): Self.familyPrefix + family
        }
    }

    /// Reads a licence.
    public init?(rawValue: String) {
        if rawValue == "setup" {
            self = .setup
            return
        }
        guard rawValue.hasPrefix(Self.familyPrefix) else { return nil }
        let family = rawValue.dropFirst(Self.familyPrefix.count)
        guard !family.isEmpty else { return nil }
        self = .family(String(family))
    }

    /// What a licence must be.
    public static var rule: String { "be what is licensed: \"setup\" or \"licence of <family>\"" }

    /// The same as a pattern.
    public static var pattern: String { "^(setup|licence of .+)$" }

    /// An example of one.
    public static var example: String { "licence of quill-accounts" }
}
