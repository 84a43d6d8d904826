// What a state is found by: two ends and a protocol, in whatever order its model puts them.
//
// Read first: nothing. netfilter sorts the ends, so that both directions find the one entry; pf puts
// the far end first, and keeps several states under one key.

import Bytes
import Facts

public struct FlowKey: Hashable, Sendable {
    // Flat, and not two endpoints: those have gaps behind their ports, and a million keys have a
    // million of them. The last byte is followed by what the slot keeps next.
    @usableFromInline var firstHigh: UInt64
    @usableFromInline var firstLow: UInt64
    @usableFromInline var secondHigh: UInt64
    @usableFromInline var secondLow: UInt64
    @usableFromInline var ports: UInt32
    public let ipProtocol: UInt8

    /// A key of two ends in the order given.
    @inlinable
    public init(_ first: Endpoint, _ second: Endpoint, _ ipProtocol: UInt8) {
        firstHigh = first.address.high
        firstLow = first.address.low
        secondHigh = second.address.high
        secondLow = second.address.low
        ports = UInt32(first.port) << 16 | UInt32(second.port)
        self.ipProtocol = ipProtocol
    }

    @inlinable public var first: Endpoint {
        Endpoint(
            Address(high: firstHigh, low: firstLow), UInt16(truncatingIfNeeded: ports &>> 16))
    }

    @inlinable public var second: Endpoint {
        Endpoint(Address(high: secondHigh, low: secondLow), UInt16(truncatingIfNeeded: ports))
    }

    @inlinable
    public static func == (a: FlowKey, b: FlowKey) -> Bool {
        a.firstLow == b.firstLow && a.secondLow == b.secondLow && a.ports == b.ports
            && a.firstHigh == b.firstHigh && a.secondHigh == b.secondHigh
            && a.ipProtocol == b.ipProtocol
    }

    /// The hash under a seed: the two halves are mixed side by side.
    @inlinable
    @inline(__always)
    public func hash(seed: UInt64) -> UInt64 {
        let lows = Bytes.hash(firstLow ^ seed, secondLow)
        let rest = Bytes.hash(
            firstHigh &+ seed, secondHigh ^ (UInt64(ports) << 8 | UInt64(ipProtocol)))
        return mix(lows ^ 0xA076_1D64_78BD_642F, rest ^ 0xE703_7ED1_A0B4_28DB)
    }
}
