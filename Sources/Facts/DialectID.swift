// The log dialects, by the names output uses. What a dialect looks like is told in `Dialects`.

public enum DialectID: UInt8, CaseIterable, Sendable {
    case unknown
    case pfFilterlog
    case netfilter
    case conntrack
    case forcepoint
    case ciscoASA
    case pfStates
    case fortiGate
    case paloAlto
    case awsFlow
    case gcpFlow
    case azureFlow
    case zeek
    case suricata
    case cilium
    case ulogd
    case pfTcpdump
    case checkPoint
    case sonicWall
    case juniperSRX
    case screenOS
    case watchGuard
    case sophos
    case sophosUTM
    case stormshield
    case mikroTik
    case meraki
    case barracuda
    case clavister
    case windowsFirewall
    case elasticCommon
    /// Packets themselves: pcap and pcapng files, of which `Captures` reads none as lines.
    case capture

    /// Whether its entries are read from lines of text, by a dialect in `Dialects`.
    public var isOfLines: Bool { self != .unknown && self != .capture }

    public var name: StaticString {
        switch self {
        case .unknown: "unknown"
        case .pfFilterlog: "pf-filterlog"
        case .netfilter: "netfilter"
        case .conntrack: "conntrack"
        case .forcepoint: "forcepoint"
        case .ciscoASA: "cisco-asa"
        case .pfStates: "pf-states"
        case .fortiGate: "fortigate"
        case .paloAlto: "palo-alto"
        case .awsFlow: "aws-flow"
        case .gcpFlow: "gcp-flow"
        case .azureFlow: "azure-flow"
        case .zeek: "zeek"
        case .suricata: "suricata"
        case .cilium: "cilium"
        case .ulogd: "ulogd"
        case .pfTcpdump: "pf-tcpdump"
        case .checkPoint: "check-point"
        case .sonicWall: "sonicwall"
        case .juniperSRX: "juniper-srx"
        case .screenOS: "screenos"
        case .watchGuard: "watchguard"
        case .sophos: "sophos"
        case .sophosUTM: "sophos-utm"
        case .stormshield: "stormshield"
        case .mikroTik: "mikrotik"
        case .meraki: "meraki"
        case .barracuda: "barracuda"
        case .clavister: "clavister"
        case .windowsFirewall: "windows-firewall"
        case .elasticCommon: "elastic-ecs"
        case .capture: "capture"
        }
    }
}
