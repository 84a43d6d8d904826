// What evidence is gathered by: limits of memory, and the networks the user calls inside.

import Facts

public struct Settings: Equatable, Sendable {
    // Limit: a connection is forgotten once this many tracked entries have passed since it was
    // last blocked or closed: by then its packets have stopped coming. It is counted in entries,
    // not in seconds, because that bounds memory whatever the log's pace, and because it splits
    // the same way wherever a file is cut (Digest's law).
    public var quietEntriesMax = 1 << 16
    // Limit: the same after a pass or an opening. An idle connection is only seen again after its
    // timeout, so it is kept eight times as long.
    public var idleEntriesMax = 1 << 21
    // Limit: how many cases, hosts, services and pairs are kept apart before their addresses are
    // rolled up to networks.
    public var casesMax = 1 << 16
    public var hostsMax = 1 << 17
    public var servicesMax = 1 << 16
    public var pairsMax = 1 << 16
    public var networksMax = 1 << 16
    // Limit: interfaces whose blocked ports are counted apart; a quarter of a megabyte each.
    public var portTablesMax = 32
    // Limit: minutes in which connections strayed, a week and a half if each has some; past it
    // they are told by the hour, and bursts are not found.
    public var momentsMax = 1 << 14
    /// The networks behind the firewall; empty means private addresses.
    public var inside: [Network] = []
    /// Networks found behind it, beside private addresses, where the user names none.
    public var learntInside: [Network] = []

    public init() {}

    /// Whether an address is behind the firewall, as far as the address itself can say.
    @inline(never)
    public func isInside(_ address: Address) -> Bool {
        guard inside.isEmpty else { return inside.contains { $0.contains(address) } }
        return address.isPrivate
            || (!learntInside.isEmpty && learntInside.contains { $0.contains(address) })
    }

    /// Whether private addresses are inside, and no others.
    var insideIsPrivate: Bool { inside.isEmpty && learntInside.isEmpty }
}
