// Which rules would stop the logging of harmless findings, and of nothing else.
//
// Found in two more readings of the entries: `QuietSearch` gathers what the packets of harmless
// findings have in common, `QuietCheck` holds the rules made of it against every blocked entry. A
// rule that would take a packet of another finding is dropped.

import Bytes
import Causes
import Facts

/// The two ends of a packet, as a rule names them.
struct QuietPair: Hashable {
    var source: Address
    var destination: Address

    static func < (a: QuietPair, b: QuietPair) -> Bool {
        a.source == b.source ? a.destination < b.destination : a.source < b.source
    }
}

/// What one rule asks of a packet besides its addresses.
struct QuietShape: Hashable {
    var finding: Int
    var node: Name
    var interface: Name
    var direction: Direction
    var isV6: Bool
    /// The service's port, at the end that has it; the other end's is any.
    var port: UInt16
    var isFromService: Bool
    /// Exactly these of FIN, SYN, RST, PSH, ACK and URG; ECN's two bits are not asked for, since
    /// many logs leave them out.
    var flags: TCPFlags

    static let flagsAsked = TCPFlags(rawValue: 0x3F)
}

/// One rule.
struct QuietRule {
    var shape: QuietShape
    /// The pairs of addresses; empty where a side is any.
    var pairs: [QuietPair] = []
    /// The addresses of the side that is not any; both empty: any to any.
    var sources: [Address] = []
    var destinations: [Address] = []
    /// Lines of its finding that it takes; lines of other findings, by their numbers.
    var taken = 0
    var wrongly: Set<Int> = []

    private var pairSet: Set<QuietPair>
    private var sourceSet: Set<Address>
    private var destinationSet: Set<Address>

    // Limit: addresses that a rule names one by one; past it the side with more of them is any.
    static let addressesMax = 64

    init(_ shape: QuietShape, _ pairs: Set<QuietPair>) {
        self.shape = shape
        pairSet = pairs
        sourceSet = []
        destinationSet = []
        guard pairs.count > QuietRule.addressesMax else {
            self.pairs = pairs.sorted(by: <)
            return
        }
        pairSet = []
        let from = Set(pairs.map(\.source))
        let to = Set(pairs.map(\.destination))
        if from.count <= to.count {
            sourceSet = from.count <= 4 * QuietRule.addressesMax ? from : []
        } else {
            destinationSet = to.count <= 4 * QuietRule.addressesMax ? to : []
        }
        sources = sourceSet.sorted(by: <)
        destinations = destinationSet.sorted(by: <)
    }

    /// Whether it takes a packet of these ends; the shape is compared by its asker.
    func takes(_ pair: QuietPair) -> Bool {
        if !pairSet.isEmpty { return pairSet.contains(pair) }
        return (sourceSet.isEmpty || sourceSet.contains(pair.source))
            && (destinationSet.isEmpty || destinationSet.contains(pair.destination))
    }
}

/// Why a harmless finding, or a part of it, gets no rule.
enum QuietRefusal: CaseIterable {
    case notTCP
    case noAddress
    case noService
    case beforeRules
    case name
    case tooMany
    case picksUp

    var words: String {
        switch self {
        case .notTCP: "no TCP, or no flags in the log"
        case .noAddress: "addresses that the log masks, or a port it does not tell"
        case .noService: "no service's port, so that only ports of the moment would tell it"
        case .beforeRules: "refused by the firewall itself, before its rules are asked"
        case .name: "an interface whose name cannot stand in a rule"
        case .tooMany: "more kinds of packets than a rule set should have"
        case .picksUp:
            "Linux takes such a packet for a new connection (nf_conntrack_tcp_loose), and a rule "
                + "before yours would also take what they pass"
        }
    }
}

/// Gathers the shapes of harmless findings' packets, in the order of the entries.
public struct QuietSearch {
    private let harmless: [Int: Finding]
    /// The findings that may be quieted.
    var findings: Set<Int> { Set(harmless.keys) }
    private let names: Names
    private let form: QuietForm
    private var pairs: [QuietShape: Set<QuietPair>] = [:]
    private var order: [QuietShape] = []
    /// Lines of each finding that no rule can be made for.
    private(set) var refused: [Int: [QuietRefusal: Int]] = [:]
    private(set) var lines: [Int: Int] = [:]
    private var pairsKept = 0

    // Limits: rules that a person would still read, and addresses that a hostile log makes us keep.
    private static let shapesMax = 400
    private static let pairsMax = 1 << 18

    public init(_ findings: [Finding], _ names: Names, _ form: QuietForm) {
        let some = findings.filter { $0.harm == .harmless && !$0.isAlwaysPrevented }
        harmless = Dictionary(uniqueKeysWithValues: some.map { ($0.id, $0) })
        self.names = names
        self.form = form
    }

    public mutating func add(_ entry: Entry, finding: Int?) {
        guard let finding, let own = harmless[finding] else { return }
        lines[finding, default: 0] += 1
        guard let shape = shape(entry, own) else { return }
        if pairs[shape] == nil {
            guard order.count < QuietSearch.shapesMax else { return refuse(finding, .tooMany) }
            order.append(shape)
        }
        let pair = QuietPair(source: entry.source.address, destination: entry.destination.address)
        guard pairsKept < QuietSearch.pairsMax else { return refuse(finding, .tooMany) }
        if pairs[shape, default: []].insert(pair).inserted { pairsKept += 1 }
    }

    private mutating func refuse(_ finding: Int, _ reason: QuietRefusal) {
        refused[finding, default: [:]][reason, default: 0] += 1
    }

    /// What a rule would ask of it; nil where none can.
    private mutating func shape(_ entry: Entry, _ finding: Finding) -> QuietShape? {
        if let reason = refusal(entry) {
            refuse(finding.id, reason)
            return nil
        }
        let service = servicePort(entry, finding)
        guard let service else {
            refuse(finding.id, .noService)
            return nil
        }
        return QuietShape(
            finding: finding.id, node: entry.node, interface: entry.interface,
            direction: entry.direction, isV6: entry.source.address.isV6, port: service.port,
            isFromService: service.isSource,
            flags: entry.flags.intersection(QuietShape.flagsAsked))
    }

    private func refusal(_ entry: Entry) -> QuietRefusal? {
        guard entry.isStray, entry.hasTCPFlags else { return .notTCP }
        let (from, to) = (entry.source.address, entry.destination.address)
        guard entry.known.contains(.ports), from.isV4 && to.isV4 || from.isV6 && to.isV6 else {
            return .noAddress
        }
        // pf drops what does not fit a state, or a header's rules, before it comes to a rule; on
        // Linux what is invalid goes on to them.
        if entry.reason.isAnomaly || form == .pf && entry.reason.hadState { return .beforeRules }
        if !form.canName(names.bytes(entry.interface)) { return .name }
        let flags = entry.flags
        // nf_conntrack_proto_tcp.c tcp_new(): with tcp_loose, what has ACK and none of SYN, FIN and
        // RST begins an entry and is NEW.
        let isPickUp = flags.contains(.ack) && flags.isDisjoint(with: [.syn, .fin, .rst])
        let isInvalid = entry.reason.isInvalid || entry.reason == .invalid
        return form != .pf && isPickUp && !isInvalid ? .picksUp : nil
    }

    /// The end that serves: by the finding's ports, else by the one that is a system port.
    private func servicePort(_ entry: Entry, _ finding: Finding) -> (port: UInt16, isSource: Bool)?
    {
        let (from, to) = (entry.source.port, entry.destination.port)
        let known = finding.ports.map(\.port)
        let isFrom = known.contains(from)
        let isTo = known.contains(to)
        if isFrom != isTo { return isFrom ? (from, true) : (to, false) }
        // RFC 6335 §6: system ports end at 1023.
        if (1..<1024).contains(from), to >= 1024 { return (from, true) }
        if (1..<1024).contains(to), from >= 1024 { return (to, false) }
        return nil
    }

    /// The rules, by finding and by what they ask.
    func rules() -> [QuietRule] {
        order.map { QuietRule($0, pairs[$0] ?? []) }.sorted { a, b in
            a.shape.finding != b.shape.finding
                ? a.shape.finding < b.shape.finding
                : (a.shape.port, a.shape.flags.rawValue) < (b.shape.port, b.shape.flags.rawValue)
        }
    }
}

/// Holds rules against every blocked entry.
public struct QuietCheck {
    private(set) var rules: [QuietRule]
    private var byShape: [Asked: [Int]] = [:]
    private let harmless: Set<Int>

    /// A shape without the finding it was made for.
    private struct Asked: Hashable {
        var interface: Name
        var direction: Direction
        var port: UInt16
        var isFromService: Bool
        var flags: TCPFlags
    }

    public init(_ search: QuietSearch) {
        rules = search.rules()
        harmless = search.findings
        for (place, rule) in rules.enumerated() {
            let shape = rule.shape
            let asked = Asked(
                interface: shape.interface, direction: shape.direction, port: shape.port,
                isFromService: shape.isFromService, flags: shape.flags)
            byShape[asked, default: []].append(place)
        }
    }

    public mutating func add(_ entry: Entry, finding: Int?) {
        guard !rules.isEmpty, entry.hasTCPFlags, entry.known.contains(.ports) else { return }
        let pair = QuietPair(source: entry.source.address, destination: entry.destination.address)
        let flags = entry.flags.intersection(QuietShape.flagsAsked)
        for asked in questions(entry, flags) {
            for place in byShape[asked] ?? []
            where rules[place].shape.isV6 == entry.source.address.isV6 && rules[place].takes(pair) {
                if rules[place].shape.finding == finding {
                    rules[place].taken += 1
                } else if finding.map({ !harmless.contains($0) }) ?? true {
                    rules[place].wrongly.insert(finding ?? 0)
                }
            }
        }
    }

    /// The shapes that take such a packet: a rule without an interface or a direction is for all.
    private func questions(_ entry: Entry, _ flags: TCPFlags) -> Set<Asked> {
        var all: Set<Asked> = []
        for isSource in [true, false] {
            for interface in [entry.interface, .none] {
                for direction in [entry.direction, .unknown] {
                    all.insert(
                        Asked(
                            interface: interface, direction: direction,
                            port: isSource ? entry.source.port : entry.destination.port,
                            isFromService: isSource, flags: flags))
                }
            }
        }
        return all
    }
}
