// The states that ended, for a while: what a later stray of their connection is explained with.
//
// Read first: `EndedState` in Tracking.

import Bytes
import Facts
import Tracking

struct EndedMemory: Sendable {
    // Limit: how many ended states are remembered, the last ones; about seven megabytes. A busy
    // firewall ends a thousand a second, so this is the last minute of that one and days of others.
    static let countMax = 1 << 16

    private var ring: [EndedState] = []
    private var hashes: [UInt64] = []
    private var next = 0
    private var index = IndexTable()

    init() {}

    mutating func add(_ state: EndedState) {
        let key = EndedMemory.hash(state.source, state.destination, state.ipProtocol)
        if let known = find(key, state.source, state.destination, state.ipProtocol) {
            ring[known] = state
            return
        }
        if ring.count < EndedMemory.countMax {
            if ring.isEmpty {
                // Room is no memory until it is used; to grow by doubling holds it twice.
                ring.reserveCapacity(EndedMemory.countMax)
                hashes.reserveCapacity(EndedMemory.countMax)
            }
            index.insert(key, ring.count)
            ring.append(state)
            hashes.append(key)
            return
        }
        index.remove(hashes[next], next)
        ring[next] = state
        hashes[next] = key
        index.insert(key, next)
        next = (next + 1) % EndedMemory.countMax
    }

    /// The last state of a packet's connection, whichever end sent the packet. `fresh` ended just
    /// now, and is not yet in here.
    func find(_ packet: borrowing Packet, with fresh: [EndedState]) -> EndedState? {
        for state in fresh.reversed() where state.isOf(packet) { return state }
        let key = EndedMemory.hash(packet.source, packet.destination, packet.ipProtocol)
        return find(key, packet.source, packet.destination, packet.ipProtocol).map { ring[$0] }
    }

    private func find(_ key: UInt64, _ a: Endpoint, _ b: Endpoint, _ number: UInt8) -> Int? {
        index.find(key) { place in
            ring[place].isBetween(a, b, number)
        }
    }

    /// The same for both directions.
    static func hash(_ a: Endpoint, _ b: Endpoint, _ number: UInt8) -> UInt64 {
        connectionHash(a, b, number)
    }
}

extension EndedState {
    fileprivate func isBetween(_ a: Endpoint, _ b: Endpoint, _ number: UInt8) -> Bool {
        guard ipProtocol == number else { return false }
        return (source == a && destination == b) || (source == b && destination == a)
    }

    fileprivate func isOf(_ packet: borrowing Packet) -> Bool {
        isBetween(packet.source, packet.destination, packet.ipProtocol)
    }
}

/// A connection's hash, the same for both of its directions.
func connectionHash(_ a: Endpoint, _ b: Endpoint, _ number: UInt8) -> UInt64 {
    let first = Bytes.hash(a.address.high ^ UInt64(a.port) << 32, a.address.low)
    let second = Bytes.hash(b.address.high ^ UInt64(b.port) << 32, b.address.low)
    return Bytes.hash(first &+ second, UInt64(number))
}
