// Which kernel: the behaviours that came with time, each by its own name.
//
// Read first: `Netfilter+TCP` and `Netfilter+Window`, which ask. Read in the sources of 5.10.13,
// 6.1 (its late stable releases) and mainline of 2025; 6.18.44 was also asked alive, packet by
// packet. Distributions port such changes backwards freely: decide by behaviour, not by number.

/// The generations of nf_conntrack's TCP.
public enum NetfilterKernel: String, CaseIterable, Sendable {
    case v5_10 = "5.10"
    case v6_1 = "6.1"
    case v6_18 = "6.18"
}

struct KernelTraits: OptionSet, Sendable {
    let rawValue: UInt16

    /// Old data, old acknowledgements and a little too much data pass, and nothing is learnt of
    /// them; before that, all that was outside the window was invalid.
    static var forgivesWindow: KernelTraits { KernelTraits(rawValue: 1 << 0) }
    /// While a connection closes any RST is believed.
    static var believesClosingReset: KernelTraits { KernelTraits(rawValue: 1 << 1) }
    /// RSTs are judged with reused ports in mind: number zero, or after a SYN.
    static var knowsReuse: KernelTraits { KernelTraits(rawValue: 1 << 2) }
    /// `nf_conntrack_tcp_ignore_invalid_rst` is there.
    static var mayIgnoreInvalidReset: KernelTraits { KernelTraits(rawValue: 1 << 3) }
    /// Any repeated SYN or SYN/ACK with another number is learnt from, in either direction.
    static var learnsRepeatedSYN: KernelTraits { KernelTraits(rawValue: 1 << 4) }
    /// A connection that was picked up stays liberal, whatever options come.
    static var staysLiberal: KernelTraits { KernelTraits(rawValue: 1 << 5) }
    /// A FIN or RST outside the window that answers another shortens the timer.
    static var shortensInvalidClose: KernelTraits { KernelTraits(rawValue: 1 << 6) }
    /// A repeated SYN does not renew the timer.
    static var countsFirstSYNOnly: KernelTraits { KernelTraits(rawValue: 1 << 7) }
    /// The RST with which a client answers a challenge ACK is believed in SYN_SENT.
    static var believesChallengedReset: KernelTraits { KernelTraits(rawValue: 1 << 8) }
    /// A RST that acknowledges an ignored SYN counts only from the other side.
    static var asksWhoSentTheSYN: KernelTraits { KernelTraits(rawValue: 1 << 9) }

    init(rawValue: UInt16) { self.rawValue = rawValue }

    init(_ kernel: NetfilterKernel) {
        switch kernel {
        case .v5_10: self = []
        case .v6_1: self = KernelTraits(rawValue: 0xFF)
        case .v6_18: self = KernelTraits(rawValue: 0x3FF)
        }
    }
}
