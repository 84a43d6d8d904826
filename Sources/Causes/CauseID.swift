// The causes, by their fixed names: the product's vocabulary. A name is never reused.

public enum CauseID: UInt8, CaseIterable, Sendable, Comparable {
    case lateClose
    case idleTimeout
    case asymmetricRouting
    case clusterDelivery
    case notTCP
    case scan
    case overloadedHost
    case spoofedFlags
    case outOfWindow
    case portReuse
    case stateLoss
    case backscatter
    case packetAnomaly
    case policy
    case unexplained

    public var name: String {
        switch self {
        case .lateClose: "late-close"
        case .idleTimeout: "idle-timeout"
        case .asymmetricRouting: "asymmetric-routing"
        case .clusterDelivery: "cluster-delivery"
        case .notTCP: "not-tcp"
        case .scan: "scan"
        case .overloadedHost: "overloaded-host"
        case .spoofedFlags: "spoofed-flags"
        case .outOfWindow: "out-of-window"
        case .portReuse: "port-reuse"
        case .stateLoss: "state-loss"
        case .backscatter: "backscatter"
        case .packetAnomaly: "packet-anomaly"
        case .policy: "policy"
        case .unexplained: "unexplained"
        }
    }

    public init?(name: String) {
        guard let found = CauseID.allCases.first(where: { $0.name == name }) else { return nil }
        self = found
    }

    public static func < (a: CauseID, b: CauseID) -> Bool { a.rawValue < b.rawValue }
}

/// What a cause means for the people behind the connection.
public enum Harm: UInt8, CaseIterable, Sendable {
    case harmless
    case tune
    case misconfigured
    case attack
    case blockedByPolicy
    case unknown

    public var name: String {
        switch self {
        case .harmless: "harmless"
        case .tune: "tune"
        case .misconfigured: "misconfigured"
        case .attack: "attack"
        case .blockedByPolicy: "blocked-by-policy"
        case .unknown: "unknown"
        }
    }
}

/// The form in which a cause happened. Variants are words of their cause; nil is none.
public typealias Variant = String
