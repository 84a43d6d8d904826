// One case with all that is known around it: what the causes weigh.

import Evidence
import Facts

public struct Matter: Sendable {
    public let key: CaseKey
    public let facts: CaseFacts
    public let timers: Timers
    public let senderFacts: HostFacts
    public let receiverFacts: HostFacts
    /// How the service fared, and the two hosts; nil when nothing is known of it.
    public let service: Fortune?
    public let pair: Fortune?
    /// Whether hosts are kept apart; else a sender is a network and its fan-out says nothing.
    public let hostsAreApart: Bool
    public let recordsOpenings: Bool
    /// Whether both ends' networks come in by the interface of the strays.
    public let sharesInterface: Bool
    public let isAlwaysPrevented: Bool
    /// What strayed by the same interface.
    public let border: BorderFacts
    /// How both ends' networks are met there, where frames' addresses are known.
    public let senderGate: GateFacts
    public let receiverGate: GateFacts
    /// Whether the log goes on for seconds after the case's last stray.
    public let logGoesOn: Bool
    /// Whether the log tells of a minute before the case's first stray: what was repeated in it
    /// would have been seen.
    public let logGoesBack: Bool
    /// What strayed in the same minutes on this node, if these could be straying together.
    public let burst: Burst?

    public var traits: Traits { key.traits }
    public var classes: FlagClasses { key.classes }

    /// `breadth` is that of the table the case came from.
    public init(
        _ key: CaseKey, _ facts: CaseFacts, breadth: Breadth, _ world: World, _ bursts: Bursts,
        _ timers: TimerBook
    ) {
        self.key = key
        self.facts = facts
        self.timers = timers.timers(key.dialect)
        recordsOpenings = world.recordsOpenings
        logGoesBack = facts.from.since(world.from).map { $0 >= 60_000_000 } ?? false
        logGoesOn = world.until.since(facts.to).map { $0 >= 4_000_000 } ?? false
        guard key.kind == .stray else {
            // What a rule blocks is not asked about by host: nothing to look up.
            hostsAreApart = false
            senderFacts = HostFacts()
            receiverFacts = HostFacts()
            sharesInterface = false
            service = nil
            pair = nil
            isAlwaysPrevented = false
            burst = nil
            border = BorderFacts()
            senderGate = GateFacts()
            receiverGate = GateFacts()
            return
        }
        let sender = HostKey(key.sender, inside: key.traits.contains(.senderInside))
        let receiver = HostKey(key.receiver, inside: key.traits.contains(.receiverInside))
        // Inside hosts are kept apart long after the rest became networks.
        func isApart(_ host: HostKey, _ table: Breadth) -> Bool {
            let widest = max(breadth, table)
            return widest == .host || (host.isInside && widest < .everywhere)
        }
        hostsAreApart = isApart(sender, world.hosts.breadth)
        senderFacts = hostsAreApart ? world.facts(sender) ?? HostFacts() : HostFacts()
        receiverFacts =
            isApart(receiver, world.hosts.breadth)
            ? world.facts(receiver) ?? HostFacts() : HostFacts()
        sharesInterface =
            sender.isInside && receiver.isInside && key.direction != .outward
            && world.share(key.interface, key.sender, key.receiver)
        let pairsApart =
            isApart(sender, world.pairs.breadth) && isApart(receiver, world.pairs.breadth)
        pair = pairsApart ? world.fortune(PairKey(sender, receiver)) : nil
        let server: HostKey? =
            key.traits.contains(.senderServes)
            ? sender : key.traits.contains(.receiverServes) ? receiver : nil
        if let server, isApart(server, world.services.breadth) {
            service = world.fortune(ServiceKey(server, key.port))
        } else {
            service = nil
        }
        isAlwaysPrevented = Matter.isPrevented(key, service, pair, world)
        burst = bursts.burst(key, facts)
        border = world.border(key.node, key.interface) ?? BorderFacts()
        senderGate = world.gate(key.sender, key.node, key.interface) ?? GateFacts()
        receiverGate = world.gate(key.receiver, key.node, key.interface) ?? GateFacts()
    }

    /// Whether the two ends have strays that no connection can do without, and not one working
    /// connection. A missing connection means something only where openings are logged; a blocked
    /// reply to an opening always does.
    private static func isPrevented(
        _ key: CaseKey, _ service: Fortune?, _ pair: Fortune?, _ world: World
    ) -> Bool {
        guard key.kind == .stray, key.traits.contains(.prevented), let pair, pair.worked == 0,
            pair.prevented > 0
        else { return false }
        // A stranger's packets prevent nothing that anybody here wanted: one's own side must have
        // opened the connection, or be answering it, or both ends must be inside.
        let traits = key.traits
        let wanted =
            pair.opened > 0 || traits.contains([.senderInside, .receiverInside])
            || (traits.contains(.senderInside) && pair.classes.has(.synAck))
        return wanted && (world.recordsOpenings || pair.classes.has(.synAck))
    }
}

// MARK: - What the weighing asks

extension Matter {
    public func has(_ trait: Traits) -> Bool { traits.contains(trait) }
    public func shows(_ sign: Signs) -> Bool { key.signs.contains(sign) }

    /// Whether the strays are FINs and RSTs only, or those with a farewell's few bytes.
    public var isClosingOnly: Bool { wantedClasses.subtracting(.closing).isEmpty }

    /// The classes as far as they say that an end wanted to go on.
    public var wantedClasses: FlagClasses {
        has(.farewell) ? classes.subtracting(FlagClasses(.data)) : classes
    }

    /// Whether the first stray came at least this many seconds after the last pass.
    public func silentFor(_ seconds: Int64) -> Bool {
        facts.silenceMin >= 0 && facts.silenceMin >= seconds * 1_000_000
    }

    /// Whether every first stray came within this many seconds after the last pass.
    public func heardWithin(_ seconds: Int64) -> Bool {
        facts.silenceMax >= 0 && facts.silenceMax < seconds * 1_000_000
    }

    /// Whether it is a FIN that was new when it was blocked, five minutes or more after all that was
    /// seen of the connection, and no end strays sooner on this interface. What closes properly
    /// strays at any time after it; many firewalls are set to forget after five minutes, and what
    /// sleeps past a timer strays after that only. A server's own timers close what is idle, so
    /// its FINs come late by design.
    public var mayHaveSlept: Bool {
        classes.has(.fin) && has([.freshSeries, .openedBySender]) && silentFor(300)
            && !has(.passedFin)
            && !has(.otherStrayed) && border.endedLate >= 3
            && border.endedEarly * 8 < border.endedLate
    }

    /// Whether packets of scanning tools are among them.
    public var looksMade: Bool {
        (has(.toolWindow) && has(.noOptions)) || !classes.isDisjoint(with: .unnatural)
            || (classes.has(.synAck) && has(.mssOnly) && !answersFromService)
    }

    /// Whether the sender is the server and its port may really serve. A SYN,ACK makes its sender
    /// the server, but from 32768 up are the ports that clients and scanners take.
    public var answersFromService: Bool { has(.senderServes) && key.port < 32768 }

    /// Connections between these hosts that worked, this case's own left out; of the service.
    public var othersWorked: Int { (pair?.worked ?? 0) - ownWorked }
    public var servicesOthersWorked: Int { (service?.worked ?? 0) - ownWorked }

    private var ownWorked: Int { has(.worked) ? max(facts.connections, 1) : 0 }

    /// Whether many unrelated connections strayed together: several services, several hosts, and
    /// far more than stray at other times.
    public var strayedTogether: Bool {
        burst?.isOfMany == true && !classes.has(.synAck)
    }

    /// Whether many unrelated connections ended together where data without a state passes (Linux,
    /// nf_conntrack_tcp_loose): when states are lost there, nothing but FINs and RSTs strays.
    public var endedTogether: Bool {
        burst?.isOfEndings == true && isClosingOnly && key.dialect == .netfilter
    }

    /// Whether many connections of this one service strayed together, and no others.
    public var isCrowd: Bool { burst?.isOfOneService == true }

    /// Whether it lives on past this firewall, though all its packets were blocked here: one end
    /// sends what is new and acknowledges what is new, and no packet of the other end strayed.
    public var livesElsewhere: Bool {
        has(.hearsAnswers) && (has(.goesOn) || !has(.repeated)) && !has(.otherStrayed)
    }

    /// Whether the firewall's host talks to itself.
    public var isLoopback: Bool { Matter.loopbacks.contains(key.interface) }

    private static let loopbacks: [Name] = {
        var names = Names()
        return ["lo", "lo0"].map { names.keep($0) }
    }()

    /// Whether the sender's strays go to many hosts or ports, few to each.
    public var fansOut: Bool {
        hostsAreApart
            && max(senderFacts.strayHosts.estimate, senderFacts.strayPorts.estimate) >= 5
    }

    public var serviceSubject: Subject {
        if key.sender.isNone { return .interface(key.interface, node: key.node) }
        if has(.senderServes) { return .service(key.sender, key.port) }
        if has(.receiverServes) { return .service(key.receiver, key.port) }
        return .host(key.sender)
    }

    public var portSubject: Subject {
        .port(key.port, interface: key.interface, node: key.node)
    }

    /// The two networks, wide enough to hold all of a site: a /24 or a /64 each.
    public var networkSubject: Subject {
        .networks(key.sender.rolled(to: .network), key.receiver.rolled(to: .network), .network)
    }

    /// Seconds as people say them.
    public func spoken(_ seconds: Int64) -> String {
        if seconds >= 86400, seconds % 86400 == 0 { return "\(seconds / 86400) d" }
        if seconds >= 3600 { return "\(seconds / 3600) h" }
        if seconds >= 120 { return "\(seconds / 60) min" }
        return "\(seconds) s"
    }
}
