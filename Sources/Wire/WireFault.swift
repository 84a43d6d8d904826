// Why bytes cannot be the header they should be.

/// What a view refuses with. A view checks once, when it is made; from then on no load leaves it.
public enum WireFault: Error, Sendable, CaseIterable {
    /// Fewer bytes were captured than the header has.
    case cutShort
    /// A length in it cannot be.
    case badLength
    /// It is of another version, or of another kind.
    case badVersion
    /// More headers are stacked than anybody stacks.
    case tooDeep
}

/// The protocols of the next layer that lead to an entry.
public enum NetworkProtocol: Sendable {
    case ipv4
    case ipv6
    case other

    /// By an Ethernet type (IEEE 802, as RFC 9542 lists them).
    @inlinable
    public init(etherType: UInt16) {
        switch etherType {
        case 0x0800: self = .ipv4
        case 0x86DD: self = .ipv6
        default: self = .other
        }
    }

    /// By an address family of BSD or Linux. AF_INET6 differs: 10 Linux, 24 NetBSD and OpenBSD, 28
    /// FreeBSD, 30 Darwin.
    @inlinable
    public init(family: UInt32) {
        switch family {
        case 2: self = .ipv4
        case 10, 24, 28, 30: self = .ipv6
        default: self = .other
        }
    }
}
