// The header that pf puts before packets it logs to pflog0.
//
// Read first: sys/net/if_pflog.h of FreeBSD and of OpenBSD, and pflog.h of libpcap. The first 61 bytes
// are the same everywhere; then FreeBSD has the rule's identifier, OpenBSD translated addresses.

import Bytes

public struct PFLogHeader: ~Escapable {
    @usableFromInline let octets: Octets
    public let network: NetworkProtocol
    public let payloadOffset: Int
    // The header without the padding behind it.
    @usableFromInline let length: Int

    @inlinable @_lifetime(copy octets)
    public init(_ octets: Octets) throws(WireFault) {
        guard octets.count >= 4 else { throw .cutShort }
        let length = Int(octets[0])
        // The oldest layout that has a length (OpenBSD 3.x, NetBSD 3) ends at 45.
        guard length >= 45 else { throw .badLength }
        payloadOffset = (length + 3) & ~3
        guard octets.count >= payloadOffset else { throw .cutShort }
        network = NetworkProtocol(family: UInt32(octets[1]))
        self.length = length
        self.octets = octets
    }

    /// PF_PASS 0, PF_DROP 1 and more.
    @inlinable public var action: UInt8 { octets[2] }
    /// PFRES_*.
    @inlinable public var reason: UInt8 { octets[3] }
    /// The name without the zeros behind it, by its offsets in the header.
    @inlinable public var interface: Field { text(4) }
    /// The name of the anchor the rule is in.
    @inlinable public var anchor: Field { text(20) }
    /// The rule of the main ruleset.
    @inlinable public var ruleNumber: UInt32 { octets.be32(36) }
    /// The rule of the anchor; nil where the main ruleset's decided.
    @inlinable public var anchorRuleNumber: UInt32? {
        let number = octets.be32(40)
        return number == .max ? nil : number
    }
    /// Interface, anchor and both rule numbers as they lie: what a rule's packets share.
    @inlinable public var ruleWords: SIMD8<UInt64> {
        SIMD8(
            octets.be64(4), octets.be64(12), octets.be64(20), octets.be64(28), octets.be64(36),
            UInt64(identifier ?? 0), 0, 0)
    }
    /// The label's number that FreeBSD's `ridentifier` sets: pfSense's tracker.
    @inlinable public var identifier: UInt32? {
        // OpenBSD's header has 100 bytes, and an address there.
        guard length >= 68, length < 100 else { return nil }
        let number = octets.be32(64)
        return number == 0 ? nil : number
    }
    /// PF_INOUT 0, PF_IN 1, PF_OUT 2.
    @inlinable public var direction: UInt8 { octets[length >= 61 ? 60 : 44] }

    @inlinable
    func text(_ start: Int) -> Field {
        var end = start
        while end < start + 16, octets[end] != 0 { end += 1 }
        return Field(start, end)
    }
}
