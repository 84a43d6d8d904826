// One packet seen twice: on its way into the router and on its way out.
//
// Read first: `Replay`. netfilter judges a packet once, however many interfaces a capture saw it on.

import Bytes
import Facts

struct Sightings: Sendable {
    // Limit: packets on their way at a time. A router holds a packet for microseconds; the place of
    // one is taken by any later packet that falls on it.
    private static let countMax = 1 << 13
    /// Longer than any router keeps a packet.
    private static let microsecondsMax: Int64 = 1_000_000

    private struct Sighting {
        var hash: UInt64 = 0
        var time = Instant.unknown
        var ttl: UInt8 = 0
        var passes = true
        var interface = Name.none
    }

    private var seen = [Sighting](repeating: Sighting(), count: Sightings.countMax)

    init() {}

    // Both take a packet to change and change nothing: else it would be copied for each call.

    /// What makes a packet itself, but for what a router changes.
    private func hash(_ packet: inout Packet) -> UInt64 {
        let ends = connectionHash(packet.source, packet.destination, packet.ipProtocol)
        let numbers = UInt64(packet.sequence) << 32 | UInt64(packet.acknowledgement)
        let rest =
            UInt64(packet.ipID) << 48 | UInt64(packet.flags.rawValue) << 40
            | UInt64(packet.source.port) << 24 | UInt64(packet.fragmentOffset) << 8
            | UInt64(packet.icmpType)
        return Bytes.hash(ends, numbers, rest ^ UInt64(packet.ipLength) << 20)
    }

    /// Whether this packet is one that came in a moment ago with a hop more to live, and whether
    /// that one passed. If it is not, it is remembered as coming in.
    mutating func meet(_ packet: inout Packet) -> (place: Int, wasSeen: Bool, passed: Bool) {
        let key = hash(&packet) | 1
        let place = Int(truncatingIfNeeded: key >> 8) & (Sightings.countMax - 1)
        let old = seen[place]
        let (ttl, interface, way) = (packet.ttl, packet.interface, packet.direction)
        if old.hash == key, ttl < 255, old.ttl == ttl &+ 1,
            let ago = packet.time.since(old.time), ago >= 0, ago <= Sightings.microsecondsMax,
            old.interface != interface || way == .outward || interface.isNone
        {
            return (place, true, old.passes)
        }
        seen[place] = Sighting(
            hash: key, time: packet.time, ttl: ttl, interface: interface)
        return (place, false, true)
    }

    mutating func note(_ place: Int, passes: Bool) { seen[place].passes = passes }
}
