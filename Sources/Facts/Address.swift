// An address: IPv4, IPv6, or the label that stands where an address was masked or named.

import Bytes

/// Sixteen bytes, compared as one. IPv4 is kept as IPv6 keeps it (::ffff:a.b.c.d).
public struct Address: Equatable, Hashable, Sendable {
    public var high: UInt64
    public var low: UInt64

    @inlinable public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }
    @inlinable public init(v4: UInt32) {
        high = 0
        low = 0xFFFF_0000_0000 | UInt64(v4)
    }
    /// An address known only by a label: a masked `x.x.x.x`, a host name. Equal labels are equal
    /// hosts.
    @inlinable public init(label: Name) {
        high = Address.labelMark
        low = label.hash
    }

    // No real address has all of these bits: ffff::/16 is multicast with every flag and scope set.
    @usableFromInline static var labelMark: UInt64 { 0xFFFF_FFFF_FFFF_FFFE }

    @inlinable public static var none: Address { Address(high: .max, low: 0) }
    @inlinable public var isNone: Bool { high == .max }
    @inlinable public var isV4: Bool { high == 0 && low >> 32 == 0xFFFF }
    @inlinable public var isLabel: Bool { high == Address.labelMark }
    @inlinable public var isV6: Bool { !isV4 && !isLabel && !isNone }
    @inlinable public var v4: UInt32 { UInt32(truncatingIfNeeded: low) }
    @inlinable public var label: Name? { isLabel ? Name(hash: low) : nil }

    @inlinable
    public static func < (a: Address, b: Address) -> Bool {
        a.high != b.high ? a.high < b.high : a.low < b.low
    }
}

extension Address {
    /// RFC 1918, RFC 6598, link-local, loopback, ULA: no address of the open Internet.
    @inlinable public var isPrivate: Bool {
        if isV4 {
            return v4 >> 24 == 10 || v4 >> 20 == 0xAC1 || v4 >> 16 == 0xC0A8
                || v4 >> 22 == 0x191 || v4 >> 16 == 0xA9FE
                || v4 >> 24 == 127
        }
        guard isV6 else { return false }
        return high >> 57 == 0x7E || high >> 54 == 0x3FA || (high == 0 && low == 1)
    }

    public var isLoopback: Bool { isV4 ? v4 >> 24 == 127 : isV6 && high == 0 && low == 1 }

    /// Multicast, or the IPv4 broadcast address.
    public var isGroup: Bool {
        if isV4 { return v4 >> 28 == 0xE || v4 == 0xFFFF_FFFF }
        return isV6 && high >> 56 == 0xFF
    }

    /// Source addresses that no packet on a network can rightly carry.
    public var isBogus: Bool {
        if isV4 {
            return v4 == 0 || v4 >> 24 == 0 || v4 >> 28 >= 0xE || v4 >> 24 == 127
        }
        return isV6 && ((high == 0 && low <= 1) || isGroup)
    }
}

/// The networks an address is rolled up to when there are too many single ones to keep. Addresses
/// inside are few and one's own: they stay hosts until everything is one.
public enum Breadth: UInt8, CaseIterable, Comparable, Sendable {
    case host
    case network
    case region
    case continent
    case everywhere

    public static func < (a: Breadth, b: Breadth) -> Bool { a.rawValue < b.rawValue }
    // Computed, and no tables: the constants that the compiler makes of two inlinable array literals
    // were taken for each other in another room (6.3.x, seen once), and v4Bits gave 64.
    @inlinable public var v4Bits: Int { 32 - 8 * Int(rawValue) }
    @inlinable public var v6Bits: Int { self == .everywhere ? 0 : 128 >> Int(rawValue) }
}

extension Address {
    /// The first address of the network of the given breadth that this address lies in. Labels
    /// stay as they are until everything is one.
    @inlinable
    public func rolled(to breadth: Breadth) -> Address {
        switch breadth {
        case .host: return self
        case .everywhere: return .none
        default:
            if isV4 { return Address(v4: v4 & (~0 << UInt32(32 - breadth.v4Bits))) }
            if isLabel || isNone { return self }
            return Address(high: high & (~0 << UInt64(64 - min(64, breadth.v6Bits))), low: 0)
        }
    }
}

extension Address {
    /// The same, for an address that is inside or not.
    @inlinable
    public func rolled(to breadth: Breadth, inside: Bool) -> Address {
        inside && breadth < .everywhere ? self : rolled(to: breadth)
    }
}
