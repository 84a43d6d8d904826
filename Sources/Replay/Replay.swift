// A firewall without a wire: packets in, verdicts out.
//
// Read first: `StateModel` in Tracking for the two steps of each packet; `Rules`. The order of
// work is that of the firewalls: fragments are collected, a packet that leaves again is recognised,
// the states are asked, and what they leave open the rules decide.
//
//     var replay = Replay(model, rules, manner)
//     replay.judge(&packets, count: packets.count, &verdicts)

import Facts
import Policy
import Tracking

/// How one kind of firewall goes about it.
public struct ReplayManner: Sendable {
    /// Nil: fragments are judged one by one.
    public var fragments: FragmentCollector.Manner?
    /// A packet is judged once, and not on each interface it crosses.
    public var judgesOnce: Bool
    /// The networks behind the firewall, for directions that a capture does not tell.
    public var inside: [Network]
    /// The capture was taken where the inside is: what comes from there comes in.
    public var isInnerInterface: Bool

    public init(
        fragments: FragmentCollector.Manner?, judgesOnce: Bool, inside: [Network] = [],
        isInnerInterface: Bool = false
    ) {
        self.fragments = fragments
        self.judgesOnce = judgesOnce
        self.inside = inside
        self.isInnerInterface = isInnerInterface
    }
}

public struct Replay<Model: StateModel>: Sendable {
    public var model: Model
    public var rules: Rules
    private let manner: ReplayManner
    private var fragments: FragmentCollector?
    private var sightings = Sightings()
    private var ways: Ways
    private var memory = EndedMemory()
    /// How many states there are. Asked of the model when it may have changed: for each packet, the
    /// whole model would be copied to ask it.
    private var live = 0
    private let areStandard: Bool
    /// What the packets of the batch will look for.
    private var expected: [UInt64?] = []
    /// Rules that log each packet which their states pass; empty where there are none.
    private let logsAll: [Bool]
    public private(set) var counts = ReplayCounts()

    public init(_ model: Model, _ rules: Rules, _ manner: ReplayManner) {
        self.model = model
        self.rules = rules
        logsAll = rules.thatLogAll
        areStandard = rules.areStandard
        self.manner = manner
        fragments = manner.fragments.map { FragmentCollector($0) }
        ways = Ways(inside: manner.inside, isInnerInterface: manner.isInnerInterface)
    }

    /// Packets whose direction nothing told: they were taken as coming in.
    public var withoutDirection: Int { ways.unknown }

    public var fragmentCounts: FragmentCollector.Counts { fragments?.counts ?? .init() }

    /// Judges the first `count` packets. They are changed where the firewall sees others than the
    /// wire: whole instead of in pieces, with a direction.
    public mutating func judge(_ packets: inout [Packet], count: Int, _ out: inout VerdictBatch) {
        out.gone.removeAll(keepingCapacity: true)
        out.ended.removeAll(keepingCapacity: true)
        expected.removeAll(keepingCapacity: true)
        for place in 0..<min(Replay.far, count) { expect(packets, place) }
        for place in 0..<count {
            if place + Replay.far < count { expect(packets, place + Replay.far) }
            if place + Replay.near < count, let hash = expected[place + Replay.near] {
                model.expect(hash, isNear: true)
            }
            judge(&packets[place], place, &out.verdicts[place], &out.gone)
            if out.verdicts[place].opened { live = model.stateCount }
            guard !model.ended.isEmpty else { continue }
            live = model.stateCount
            for state in model.ended {
                memory.add(state)
                out.ended.append(VerdictBatch.Ended(place: place, state: state))
            }
            model.ended.removeAll(keepingCapacity: true)
        }
    }

    // How many packets ahead a state's place is fetched, and then the state: about as long as memory
    // takes to answer.
    private static var far: Int { 16 }
    private static var near: Int { 8 }

    @inline(__always)
    private mutating func expect(_ packets: borrowing [Packet], _ place: Int) {
        let hash = model.expected(
            packets[place].source, packets[place].destination, packets[place].ipProtocol,
            packets[place].direction)
        expected.append(hash)
        if let hash { model.expect(hash, isNear: false) }
    }

    private mutating func judge(
        _ packet: inout Packet, _ at: Int, _ verdict: inout Verdict, _ gone: inout [EndedState]
    ) {
        verdict = Verdict()
        tell(packet.time)
        // Where the capture tells neither interface nor way, it was taken at one place.
        let tellsWay = packet.direction != .unknown
        var sighting: (place: Int, wasSeen: Bool, passed: Bool)?
        if tellsWay ? manner.judgesOnce : !packet.interface.isNone {
            sighting = sightings.meet(&packet)
        }
        let wasSeen = sighting?.wasSeen ?? false
        if !tellsWay { packet.direction = ways.way(of: &packet, wasSeen: wasSeen) }
        if manner.judgesOnce, let sighting, sighting.wasSeen {
            verdict.course = .again
            verdict.passes = sighting.passed
            counts.again += 1
            return
        }
        if !packet.form.isDisjoint(with: [.fragment, .badHeader]), stopsBefore(&packet, &verdict) {
            return
        }
        if packet.form.contains(.cutShort) { counts.cutShort += 1 }
        ask(packet, &verdict)
        if !verdict.passes { tellBlocked(packet, &verdict, &gone) }
        if manner.judgesOnce, let sighting {
            sightings.note(sighting.place, passes: verdict.passes)
        }
    }

    /// Whether the packet ends before the states are asked.
    private mutating func stopsBefore(_ packet: inout Packet, _ verdict: inout Verdict) -> Bool {
        if packet.form.contains(.badHeader) {
            verdict.course = .neverSeen
            verdict.passes = false
            verdict.reason = .short
            verdict.says = "its header promises more bytes than the frame had"
            counts.neverSeen += 1
            return true
        }
        guard let step = fragments?.take(&packet) else { return false }
        switch step {
        case .whole: return false
        case .held:
            verdict.course = .held
            counts.held += 1
        case .dropped, .datagramDropped:
            verdict.course = .fragmentDropped
            verdict.passes = false
            verdict.reason = .fragment
            verdict.says = "a fragment that overlaps others, or cannot be"
            counts.blocked += 1
        }
        return true
    }

    private mutating func ask(_ packet: borrowing Packet, _ verdict: inout Verdict) {
        var tracked = model.meet(packet)
        switch tracked.step {
        case .pass:
            verdict.rule = tracked.rule
            if let rule = tracked.rule, logsAll.indices.contains(rule) {
                verdict.isLogged = logsAll[rule]
            }
        case .block: verdict.passes = false
        // Most packets: they make no state, and the answer is known.
        case .askRules where areStandard && tracked.kind == .established:
            verdict.rule = StandardRules.pass
        case .askRules:
            let decision = rules.decide(packet, tracked.kind)
            verdict.rule = decision.rule
            verdict.isLogged = decision.isLogged
            if decision.action == .pass {
                admit(packet, &tracked, decision, &verdict)
            } else {
                verdict.passes = false
                model.refuse(packet, tracked)
                tracked.state = nil
                if tracked.reason == .unknown { tracked.reason = .match }
            }
        }
        verdict.kind = tracked.kind
        verdict.reason = tracked.reason
        verdict.says = tracked.says
        verdict.state = tracked.state ?? -1
        verdict.phase = tracked.phase
        verdict.expiry = tracked.expiry
        if verdict.opened { counts.opened += 1 }
        if verdict.passes { counts.passed += 1 }
    }

    private mutating func admit(
        _ packet: borrowing Packet, _ tracked: inout Tracked, _ decision: Decision,
        _ verdict: inout Verdict
    ) {
        let before = model.stateCount
        let options = rules.options(decision.rule)
        // What a state says is related, or of one that there is, needs none of its own.
        if options.kind == .none {
            model.refuse(packet, tracked)
            if tracked.kind == .new { tracked.state = nil }
            return
        }
        tracked = model.admit(packet, tracked, decision.rule, options)
        verdict.passes = tracked.step != .block
        verdict.opened = model.stateCount > before
        if !verdict.passes { verdict.isLogged = true }
    }

    /// Counts a blocked packet, and looks for what there once was of its connection.
    private mutating func tellBlocked(
        _ packet: borrowing Packet, _ verdict: inout Verdict, _ gone: inout [EndedState]
    ) {
        counts.blocked += 1
        guard packet.cannotOpen else { return }
        counts.strays += 1
        guard !verdict.hasState, verdict.reason != .normalize,
            let state = memory.find(packet, with: model.ended)
        else { return }
        verdict.gone = gone.count
        gone.append(state)
    }

    /// Keeps the clock, and what was held while it went on.
    private mutating func tell(_ time: Instant) {
        counts.packets += 1
        guard time.isKnown else { return }
        guard counts.to.isKnown else {
            counts.from = time
            counts.to = time
            return
        }
        guard let passed = time.since(counts.to), passed >= 0 else {
            counts.backwards += 1
            return
        }
        if passed > 0 {
            counts.stateTime += Double(live) * Double(passed)
            counts.to = time
        }
    }
}
