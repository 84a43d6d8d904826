// What a scan asked for: hosts against ports.

import Facts

public struct Grid: Sendable {
    /// The hosts most asked for, by address.
    public private(set) var hosts: [Address] = []
    /// The ports most asked for, upwards.
    public private(set) var ports: [UInt16] = []
    /// Packets by host and port: a row for each host.
    public private(set) var cells: [[Int]] = []
    /// Hosts and ports that are not among them; the least, where there were too many to keep.
    public private(set) var hostsLeftOut = 0
    public private(set) var portsLeftOut = 0

    // Limit: what a drawing can show, and what a scanner may make us remember.
    static let hostsMax = 24
    static let portsMax = 40
    static let cellsMax = 8192
}

/// A grid while its packets are counted.
struct GridCount {
    private var packets: [Endpoint: Int] = [:]

    mutating func add(_ asked: Endpoint, _ count: Int) {
        if let known = packets[asked] {
            packets[asked] = known + count
        } else if packets.count < Grid.cellsMax {
            packets[asked] = count
        }
    }

    /// Nil where one host was asked for one port: that needs no drawing.
    func grid() -> Grid? {
        var hosts: [Address: Int] = [:]
        var ports: [UInt16: Int] = [:]
        for (asked, count) in packets {
            hosts[asked.address, default: 0] += count
            ports[asked.port, default: 0] += count
        }
        guard hosts.count + ports.count > 2 else { return nil }
        return Grid(
            packets, most(hosts, Grid.hostsMax, <), most(ports, Grid.portsMax, <),
            hostsLeftOut: max(0, hosts.count - Grid.hostsMax),
            portsLeftOut: max(0, ports.count - Grid.portsMax))
    }

    /// The keys with the largest counts, in their own order.
    private func most<Key: Hashable>(
        _ counts: [Key: Int], _ limit: Int, _ precedes: (Key, Key) -> Bool
    ) -> [Key] {
        counts
            .sorted { $0.value != $1.value ? $0.value > $1.value : precedes($0.key, $1.key) }
            .prefix(limit).map(\.key).sorted(by: precedes)
    }
}

extension Grid {
    init(
        _ packets: [Endpoint: Int], _ hosts: [Address], _ ports: [UInt16], hostsLeftOut: Int,
        portsLeftOut: Int
    ) {
        self.hosts = hosts
        self.ports = ports
        self.hostsLeftOut = hostsLeftOut
        self.portsLeftOut = portsLeftOut
        cells = hosts.map { host in ports.map { packets[Endpoint(host, $0)] ?? 0 } }
    }
}
