// A network: what `--src 10.0.0.0/8` and `--inside` name, and what asks whether an address lies in
// it.

import Bytes

/// An address and how many of its leading bits count.
public struct Network: Equatable, Hashable, Sendable {
    /// The first address; the bits behind the prefix are zero.
    public let first: Address
    /// Of the 32 bits of IPv4, or the 128 of IPv6.
    public let prefixLength: Int

    // Kept ready, because `contains` is asked for every entry.
    @usableFromInline let maskHigh: UInt64
    @usableFromInline let maskLow: UInt64
    @usableFromInline let isV4: Bool

    /// The network of the given size that an address lies in; nil for a label, for no address,
    /// and for a length the family does not have.
    public init?(_ address: Address, prefixLength: Int) {
        guard address.isV4 || address.isV6 else { return nil }
        guard prefixLength >= 0, prefixLength <= (address.isV4 ? 32 : 128) else { return nil }
        let bits = address.isV4 ? prefixLength + 96 : prefixLength
        isV4 = address.isV4
        // Swift's `<<` shifts everything out for 64 and more, which is what the ends need.
        maskHigh = ~UInt64(0) << UInt64(64 - min(bits, 64))
        maskLow = ~UInt64(0) << UInt64(128 - max(bits, 64))
        first = Address(high: address.high & maskHigh, low: address.low & maskLow)
        self.prefixLength = prefixLength
    }

    /// A single address.
    public init?(_ address: Address) {
        self.init(address, prefixLength: address.isV4 ? 32 : 128)
    }

    /// `10.0.0.0/8`, `2001:db8::/32`, or one address without a length. Bits behind the prefix are
    /// dropped: `10.1.2.3/8` is `10.0.0.0/8`.
    public init?(_ text: String) {
        let padded = PaddedText(text)
        let made = padded.withLine { line -> Network? in
            let slash = line.find(0x2F, from: line.start) ?? line.end
            guard let address = Address(line, Field(line.start, slash)) else { return nil }
            guard slash < line.end else { return Network(address) }
            guard let length = line.decimal8(Field(slash + 1, line.end)) else { return nil }
            // `::ffff:10.0.0.0/104` is written as IPv6 and kept as IPv4.
            let written = line.find(0x3A, from: line.start) != nil
            let shift = written && address.isV4 ? 96 : 0
            return Network(address, prefixLength: Int(length) - shift)
        }
        guard let made else { return nil }
        self = made
    }

    /// Whether an address lies in the network. IPv4 never lies in IPv6's `::/0`, a label nowhere.
    @inlinable
    public func contains(_ address: Address) -> Bool {
        address.high & maskHigh == first.high && address.low & maskLow == first.low
            && (isV4 ? address.isV4 : address.isV6)
    }
}

extension ByteWriter {
    /// `10.0.0.0/8`; a single address without its length.
    public mutating func put(_ network: Network) {
        put(network.first, Names())
        guard network.prefixLength < (network.first.isV4 ? 32 : 128) else { return }
        put("/")
        put(network.prefixLength)
    }
}
