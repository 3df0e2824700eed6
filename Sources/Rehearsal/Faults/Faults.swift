/// How often each fault strikes, in thousandths of the occasions it has.
public struct Faults: Equatable, Sendable {
    private var rates = [Int](repeating: 0, count: Fault.allCases.count)

    /// Nothing happens; faults are added from here.
    public init() {}

    /// How often one strikes.
    public subscript(fault: Fault) -> Int {
        get { rates[fault.rawValue] }
        set { rates[fault.rawValue] = newValue }
    }

    /// Nothing goes wrong.
    public static let none = Faults()

    /// Everything goes wrong, each often enough to be met within a few histories.
    public static let rough: Faults = {
        var faults = Faults()
        for fault in Fault.allCases { faults[fault] = fault.roughRate }
        return faults
    }()
}

extension Fault {
    fileprivate var roughRate: Int {
        switch self {
        case .duplicate: 120
        case .delay: 200
        case .reorder: 250
        case .lostConfirm, .negativeConfirm: 60
        case .slowPublish: 150
        case .connectionLoss: 25
        case .brokerGone: 2
        case .hold: 10
        case .crash: 600
        case .crashLoop: 100
        case .orderlyRestart: 8
        case .storeGone: 10
        case .storeFull: 8
        case .storeBusy, .doubtfulCommit: 15
        case .clockJump: 15
        case .effectFailure: 150
        case .effectUnheard: 60
        case .effectHang: 40
        case .effectImpossible: 20
        case .worldBlocked: 10
        }
    }
}
