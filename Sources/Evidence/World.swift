// What is known beyond one connection: hosts, services, pairs, networks.
//
// Every value is a sum, a smallest or a largest, or a set kept as bits, so that the worlds of two
// parts of a log join into the world of the whole.

import Bytes
import Facts

/// A set of which only the size is asked, and only whether it is 0, a few or many: 64 bits, one
/// for each hash. Sixty-four things fill about 41 bits, so the estimate is good to about 100.
public struct Spread: Equatable, Sendable {
    public private(set) var bits: UInt64 = 0

    public init() {}
    @inlinable public mutating func add(_ hash: UInt64) { set(1 &<< (hash & 63)) }
    @usableFromInline mutating func set(_ bit: UInt64) { bits |= bit }
    public mutating func join(_ other: Spread) { bits |= other.bits }

    /// About how many different things were added; 64 filled bits read as "200 or more".
    public var estimate: Int {
        let empty = 64 - bits.nonzeroBitCount
        // Linear counting (Whang, 1990): n ≈ -m ln(empty / m), as a table of sixty-five values.
        return Spread.estimates[64 - empty]
    }

    private static let estimates: [Int] = [
        0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 15, 16, 17, 18, 20, 21, 23, 24, 26, 27, 29, 30,
        32, 33, 35, 37, 39, 41, 42, 44, 46, 49, 51, 53, 55, 58, 60, 63, 66, 68, 71, 74, 78, 81, 85,
        89, 93, 97, 102, 107, 113, 119, 126, 133, 142, 152, 164, 177, 196, 222, 266, 300,
    ]
}

/// What one host did, as far as the log shows it.
public struct HostFacts: Joinable {
    /// Strays it sent: lines, their classes, and how many hosts and ports they were for.
    public var strays = 0
    public var strayClasses: FlagClasses = []
    public var strayHosts = Spread()
    public var strayPorts = Spread()
    /// How many far-apart networks of the Internet they were for, a /16 or a /32 of IPv6 each.
    public var strayRegions = Spread()
    /// Strays it sent that look made by a scanning tool.
    public var toolStrays = 0
    /// Connections it opened that passed.
    public var opens = 0
    /// How far away it is, by the packets of it that passed and by its strays.
    public var hops = HopSet()
    public var strayHops = HopSet()

    public init() {}

    public mutating func join(_ other: HostFacts) {
        hops.join(other.hops)
        strayHops.join(other.strayHops)
        strays += other.strays
        strayClasses.formUnion(other.strayClasses)
        strayHosts.join(other.strayHosts)
        strayPorts.join(other.strayPorts)
        strayRegions.join(other.strayRegions)
        toolStrays += other.toolStrays
        opens += other.opens
    }
}

/// How the connections of a service, or between two hosts, fared.
public struct Fortune: Joinable {
    /// All connections.
    public var lives = 0
    /// Connections that opened; that worked as far as can be seen; that strayed in a way that
    /// keeps a connection from working.
    public var opened = 0
    public var worked = 0
    public var prevented = 0
    /// Connections with strays, and the classes of those.
    public var strayed = 0
    public var classes: FlagClasses = []
    /// Of those with strays, the ones that wanted to go on.
    public var wanting = 0
    /// Connections that a reset ended, where the device tells the bytes carried: how many, and the
    /// fewest and most bytes.
    public private(set) var resets: UInt32 = 0
    public private(set) var resetBytesMin = UInt32.max
    public private(set) var resetBytesMax: UInt32 = 0

    public init() {}

    mutating func noteReset(bytes: UInt64) {
        resets = 1
        resetBytesMin = UInt32(clamping: bytes)
        resetBytesMax = resetBytesMin
    }

    public mutating func join(_ other: Fortune) {
        lives += other.lives
        resets = capped(resets, other.resets)
        resetBytesMin = min(resetBytesMin, other.resetBytesMin)
        resetBytesMax = max(resetBytesMax, other.resetBytesMax)
        wanting += other.wanting
        opened += other.opened
        worked += other.worked
        prevented += other.prevented
        strayed += other.strayed
        classes.formUnion(other.classes)
    }
}

/// Where packets of an inside network came in.
public struct NetworkFacts: Joinable {
    /// A bit for each interface, by its name's hash.
    public var interfaces: UInt64 = 0
    public init() {}
    public mutating func join(_ other: NetworkFacts) { interfaces |= other.interfaces }
}

/// What the connections wanted that strayed on an interface.
public struct BorderFacts: Joinable {
    /// Only to end; to go on.
    public var ending = 0
    public var wanting = 0
    /// Of those that only ended, had been seen to open and not to close: how many strayed within
    /// five minutes after the last that passed, and how many later.
    public var endedEarly = 0
    public var endedLate = 0
    /// The firewall's own MAC there: where frames went that it blocked on their way in.
    public var own = Only()
    public init() {}
    public mutating func join(_ other: BorderFacts) {
        own.join(other.own)
        endedEarly += other.endedEarly
        endedLate += other.endedLate
        ending += other.ending
        wanting += other.wanting
    }
}

// Nobody asks how all hosts of a foreign network fared: when there are too many hosts, services or
// pairs, those of outside hosts are let go, and those of inside hosts stay as long as they fit.

public struct HostKey: Rollable, Hashable {
    public let address: Address
    public let isInside: Bool
    public init(_ address: Address, inside: Bool) {
        self.address = address
        isInside = inside
    }
    @inline(__always)
    func isKept(_ breadth: Breadth) -> Bool {
        breadth == .host || (isInside && breadth < .everywhere)
    }
    public func rolled(to breadth: Breadth) -> HostKey? { isKept(breadth) ? self : nil }
    public var tableHash: UInt64 { Bytes.hash(address.high, address.low) }
}

public struct NetworkKey: Rollable, Hashable {
    public let network: Address
    public init(_ network: Address) { self.network = network }
    public func rolled(to breadth: Breadth) -> NetworkKey? {
        NetworkKey(network.rolled(to: breadth))
    }
    public var tableHash: UInt64 { Bytes.hash(network.high, network.low) }
}

public struct ServiceKey: Rollable, Hashable {
    public let host: HostKey
    public let port: UInt16
    public init(_ host: HostKey, _ port: UInt16) {
        self.host = host
        self.port = port
    }
    public func rolled(to breadth: Breadth) -> ServiceKey? { host.isKept(breadth) ? self : nil }
    public var tableHash: UInt64 {
        Bytes.hash(host.address.high &+ UInt64(port), host.address.low)
    }
}

/// Two hosts, the smaller first.
public struct PairKey: Rollable, Hashable {
    public let low: HostKey
    public let high: HostKey
    public init(_ a: HostKey, _ b: HostKey) {
        low = b.address < a.address ? b : a
        high = b.address < a.address ? a : b
    }
    public func rolled(to breadth: Breadth) -> PairKey? {
        low.isKept(breadth) && high.isKept(breadth) ? self : nil
    }
    public var tableHash: UInt64 {
        Bytes.hash(
            low.address.high ^ (high.address.high &* 3), low.address.low, high.address.low)
    }
}

public struct World: Equatable, Sendable {
    public var hosts: RollTable<HostKey, HostFacts>
    public var services: RollTable<ServiceKey, Fortune>
    public var pairs: RollTable<PairKey, Fortune>
    public var networks: RollTable<NetworkKey, NetworkFacts>
    /// Ports whose packets a rule blocked.
    public var ports: RollTable<PortKey, PortCounts>
    public var borders: RollTable<PortKey, BorderFacts>
    /// The routers before inside networks, and the ways between networks.
    public var gates: RollTable<GateKey, GateFacts>
    public var ways: RollTable<WayKey, WayFacts>
    /// When connections strayed that could be straying together.
    public var moments: RollTable<MomentKey, MomentFacts>
    /// Openings seen, of any connection.
    public var opens = 0
    /// The earliest and the latest time of any entry.
    public var from: Instant = .unknown
    public var until: Instant = .unknown
    public let settings: Settings

    public init(_ settings: Settings) {
        self.settings = settings
        hosts = RollTable(countMax: settings.hostsMax)
        services = RollTable(countMax: settings.servicesMax)
        pairs = RollTable(countMax: settings.pairsMax)
        networks = RollTable(countMax: settings.networksMax)
        ports = RollTable(countMax: settings.portTablesMax)
        moments = RollTable(countMax: settings.momentsMax)
        borders = RollTable(countMax: settings.portTablesMax)
        gates = RollTable(countMax: settings.networksMax)
        ways = RollTable(countMax: settings.networksMax)
    }

    mutating func join(_ other: World) {
        hosts.join(other.hosts)
        services.join(other.services)
        pairs.join(other.pairs)
        networks.join(other.networks)
        ports.join(other.ports)
        moments.join(other.moments)
        borders.join(other.borders)
        gates.join(other.gates)
        ways.join(other.ways)
        opens += other.opens
        from = earlier(from, other.from)
        until = later(until, other.until)
    }

    mutating func removeAll() {
        hosts.removeAll()
        services.removeAll()
        pairs.removeAll()
        networks.removeAll()
        ports.removeAll()
        moments.removeAll()
        borders.removeAll()
        gates.removeAll()
        ways.removeAll()
        opens = 0
        from = .unknown
        until = .unknown
    }
}

// Asked here and not of the tables: see Digest's cases.
extension World {
    public func facts(_ host: HostKey) -> HostFacts? { hosts.find(host) }
    public func fortune(_ service: ServiceKey) -> Fortune? { services.find(service) }
    public func blockedPorts(_ key: PortKey) -> [(port: UInt16, count: Int)] {
        ports.find(key)?.ranked() ?? []
    }
    public func border(_ node: Name, _ interface: Name) -> BorderFacts? {
        borders.find(PortKey(node, interface, Entry.tcp))
    }
    public func fortune(_ pair: PairKey) -> Fortune? { pairs.find(pair) }
}

extension World {
    /// Whether the log shows openings at all: only then does a missing one mean anything.
    public var recordsOpenings: Bool { opens > 0 }

    /// Whether packets of both networks come in on this interface.
    public func share(_ interface: Name, _ a: Address, _ b: Address) -> Bool {
        guard !interface.isNone else { return false }
        let bit: UInt64 = 1 << (interface.hash & 63)
        func comesIn(_ address: Address) -> Bool {
            let facts = networks.find(NetworkKey(address.rolled(to: .network)))
            return (facts?.interfaces ?? 0) & bit != 0
        }
        return comesIn(a) && comesIn(b)
    }
}
