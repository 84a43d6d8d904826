// Which networks are behind the firewall, where their addresses are not private ones: learnt from
// where packets come in. Read first: `Settings.isInside`.
//
// The Internet's side shows itself by the many networks that packets come from. A network is
// inside if it comes in by another interface, almost alone there, never by the Internet's, and
// opens connections to many networks, as clients do and a partner behind a line of his own does
// not.

import Facts

public struct InsideLearner: Sendable {
    // Limit: faces and networks looked at; more of either make no learner wiser.
    private static let facesMax = 64
    private static let networksMax = 64
    /// More networks than a site has behind one interface.
    static let outsideNetworksMin = 16
    static let insideNetworksMax = 3
    static let entriesMin = 20
    static let calledNetworksMin = 5

    private struct Place: Hashable {
        var node: Name
        var interface: Name
    }

    private struct Source {
        var entries = 0
        var called: Set<Address> = []
    }

    private var faces: [Place: [Address: Source]] = [:]

    public init() {}

    /// Takes in one entry.
    public mutating func add(_ entry: Entry) {
        let from = entry.source.address
        guard entry.direction != .outward, !entry.interface.isNone,
            entry.ipProtocol == Entry.tcp || entry.ipProtocol == Entry.udp,
            from.isV4 || from.isV6, !from.isPrivate, !from.isBogus
        else { return }
        let place = Place(node: entry.node, interface: entry.interface)
        guard faces[place] != nil || faces.count < InsideLearner.facesMax else { return }
        let network = from.rolled(to: .network)
        var sources = faces[place] ?? [:]
        guard sources[network] != nil || sources.count < InsideLearner.networksMax else { return }
        sources[network, default: Source()].entries += 1
        let to = entry.destination.address
        if entry.hasTCPFlags, entry.flags.opens, to.isV4 || to.isV6,
            (sources[network]?.called.count ?? 0) < InsideLearner.networksMax
        {
            sources[network]?.called.insert(to.rolled(to: .network))
        }
        faces[place] = sources
    }

    /// The networks found inside, the smallest address first.
    public var networks: [Network] {
        let outside = faces.values.filter { $0.count >= InsideLearner.outsideNetworksMin }
        guard !outside.isEmpty else { return [] }
        var found: Set<Address> = []
        for sources in faces.values where sources.count <= InsideLearner.insideNetworksMax {
            for (network, source) in sources {
                guard source.entries >= InsideLearner.entriesMin,
                    source.called.count >= InsideLearner.calledNetworksMin,
                    !outside.contains(where: { $0[network] != nil })
                else { continue }
                found.insert(network)
            }
        }
        return found.sorted(by: <).compactMap {
            Network($0, prefixLength: $0.isV4 ? Breadth.network.v4Bits : Breadth.network.v6Bits)
        }
    }
}
