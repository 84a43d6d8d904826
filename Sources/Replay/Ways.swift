// Which way a packet crosses an interface, where the capture does not say.
//
// Read first: `Replay`. A packet seen for the second time, with a hop less to live, goes out, and its
// sender's address on the link is then the router's own. Until one is seen, the router is taken to
// be the one on the link that takes part in every frame.

import Facts

struct Ways: Sendable {
    // Limit: interfaces that are learnt about; no router has more that matter.
    private static let interfacesMax = 256

    /// What is known of the link addresses on an interface.
    private struct Link {
        /// The router's own, as far as can be told.
        var own: UInt64
        /// The other party of the first frame: the router, if `own` is not.
        var other: UInt64
        var isCertain = false
    }

    private let inside: [Network]
    private let isInnerInterface: Bool
    private var links: [Name: Link] = [:]
    // That of the last packet: nearly always the next one's too.
    private var last: (name: Name, link: Link)?
    /// Packets for whose way there was nothing to go by.
    private(set) var unknown = 0

    init(inside: [Network], isInnerInterface: Bool) {
        self.inside = inside
        self.isInnerInterface = isInnerInterface
    }

    /// It takes a packet to change and changes nothing: else it would be copied for the call.
    mutating func way(of packet: inout Packet, wasSeen: Bool) -> Direction {
        let (source, destination, name) = (
            packet.macSource, packet.macDestination, packet.interface
        )
        if wasSeen {
            if source != 0 { keep(Link(own: source, other: 0, isCertain: true), name) }
            return .outward
        }
        let link = last?.name == name ? last?.link : links[name]
        if let link, link.isCertain { return link.own == source ? .outward : .inward }
        if !inside.isEmpty {
            return isInside(packet.source.address) == isInnerInterface ? .inward : .outward
        }
        guard source | destination != 0 else {
            unknown += 1
            return .inward
        }
        return learn(link, source, destination, name)
    }

    private func isInside(_ address: Address) -> Bool {
        for network in inside where network.contains(address) { return true }
        return false
    }

    private mutating func keep(_ link: Link, _ name: Name) {
        links[name] = link
        last = (name, link)
    }

    private mutating func learn(
        _ link: Link?, _ source: UInt64, _ to: UInt64, _ name: Name
    ) -> Direction {
        guard let link else {
            // Broadcasts say nothing of who the router is.
            if to >> 40 & 1 == 0, links.count < Ways.interfacesMax {
                keep(Link(own: to, other: source), name)
            }
            return .inward
        }
        if source == link.own { return .outward }
        if to == link.own || to >> 40 & 1 == 1 { return .inward }
        guard link.other != 0, source == link.other || to == link.other else { return .inward }
        // A frame between the other and a third: the other is the router.
        keep(Link(own: link.other, other: 0), name)
        return source == link.other ? .outward : .inward
    }
}
