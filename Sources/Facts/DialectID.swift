// The log dialects, by the names output uses. What a dialect looks like is told in `Dialects`.

public enum DialectID: UInt8, CaseIterable, Sendable {
    case unknown
    case pfFilterlog
    case netfilter
    case conntrack
    case forcepoint
    case ciscoASA
    case pfStates

    public var name: StaticString {
        switch self {
        case .unknown: "unknown"
        case .pfFilterlog: "pf-filterlog"
        case .netfilter: "netfilter"
        case .conntrack: "conntrack"
        case .forcepoint: "forcepoint"
        case .ciscoASA: "cisco-asa"
        case .pfStates: "pf-states"
        }
    }
}
