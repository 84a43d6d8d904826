// pf as FreeBSD 14 and 15 have it: the states of connections, and what they say of a packet.
//
// Modelled after FreeBSD sys/netpfil/pf/pf.c, `pf_test()` and what it calls; docs/models/pf.md says
// what is modelled and what is not. Read first: `StateModel`, PFState.swift. Then the order in
// which a packet meets it: PF+Normalisation, PF+Lookup, PF+Window (PF+Sloppy, PF+Proxy, PF+ICMP),
// PF+Admission; PF+Sweep ends the states.

import Bytes
import Facts
import Policy

public struct PF: StateModel {
    var settings = PFSettings()
    /// The general timeouts, with what the settings change.
    var times = PFTimes()
    /// The terms of each rule that has made states; the first are those of no rule.
    var terms: [PFRuleTerms] = []
    var termsOfRule: [Int: Int] = [:]
    /// The time that the table keeps for a state is when the sweep looks at it next.
    var states = StateTable<PFState>()
    /// How many states are bound to an interface; without any, the look-up is spared one.
    var boundCount = 0
    /// Timestamps of connections, kept with `reassemble-tcp` only.
    var timestamps: [PFTimestamps] = []
    /// As if there were so many states they are listed for the sweep (PF+Sweep.swift).
    var assumed = 0
    /// The latest time a packet has told, and the tick of the wheel that was asked last.
    var now = Instant.unknown
    var lastTick = Int64.min

    public var ended: [EndedState] = []
    public var stateCount: Int { states.count }
    public var statePeak: Int { states.peak }

    public init() { settle() }

    public mutating func meet(_ packet: borrowing Packet) -> Tracked {
        advance(to: packet.time)
        if let refusal = normalise(packet) { return refusal }
        // What no rule passes is dropped for being a fragment: only the rules that ask for no
        // ports and flags can match it, and a state never does.
        if packet.form.contains(.fragment) {
            var tracked = Tracked(.askRules, .untracked)
            tracked.reason = .fragment
            tracked.says = "a fragment: states know whole packets only"
            return tracked
        }
        if packet.form.contains(.ipOptions) { return checkOptions(meetStates(packet)) }
        return meetStates(packet)
    }

    @inline(__always)
    private mutating func meetStates(_ packet: borrowing Packet) -> Tracked {
        if packet.isTCP { return meetTCP(packet) }
        return packet.isICMP ? meetICMP(packet) : meetOther(packet)
    }

    public mutating func refuse(_ packet: borrowing Packet, _ tracked: Tracked) {
        // Nothing is prepared before the rules have spoken.
    }

    public func phaseName(_ phase: UInt16, ipProtocol: UInt8) -> String {
        let creator = UInt8(phase >> 8)
        let other = UInt8(phase & 0xFF)
        switch ipProtocol {
        case Entry.tcp: return "\(PFPhase.tcpName(creator)):\(PFPhase.tcpName(other))"
        // pfctl knows no names for these: it prints the two numbers, which stay zero.
        case 1, 58: return "\(creator):\(other)"
        default: return "\(PFPhase.otherName(creator)):\(PFPhase.otherName(other))"
        }
    }

    /// A packet that a state passes, unless it has IP options and the state's rule did not allow
    /// them. The state has learned from it all the same. pf.c, the end of `pf_test()`.
    private func checkOptions(_ tracked: Tracked) -> Tracked {
        guard tracked.step == .pass, let state = tracked.state,
            !states[state].flags.contains(.allowsOptions)
        else { return tracked }
        var refused = tracked
        refused.step = .block
        refused.reason = .ipOption
        refused.says = "IP options, and the rule of its state has no allow-opts"
        return refused
    }
}

extension PF {
    private mutating func meetTCP(_ packet: borrowing Packet) -> Tracked {
        let hit = find(packet.source, packet.destination, Entry.tcp, packet)
        guard hit.state >= 0 else {
            return leaveToRules("no state: the rules are asked")
        }
        let phases = states[hit.state].phase
        let creator = UInt8(phases >> 8)
        let other = UInt8(phases & 0xFF)
        if creator == PFPhase.proxySource || creator == PFPhase.proxyDestination {
            return meetProxy(packet, hit)
        }
        let opens = packet.flags.intersection([.syn, .ack]) == .syn
        if creator >= PFPhase.finWait2, other >= PFPhase.finWait2, opens {
            remove(hit.state, .closed, at: now)
            return leaveToRules("a SYN on ports whose connection is over: its state is removed")
        }
        if settings.system == .openBSD, packet.flags.contains(.syn),
            creator >= PFPhase.established, other >= PFPhase.established
        {
            return answer(
                hit.state, .block, .stateMismatch,
                "a SYN on a live connection: OpenBSD answers with a challenge ACK and drops it")
        }
        if states[hit.state].flags.contains(.sloppy) { return trackSloppily(packet, hit) }
        return track(packet, hit)
    }

    /// UDP, and every protocol of which pf knows no more than that somebody spoke.
    private mutating func meetOther(_ packet: borrowing Packet) -> Tracked {
        let hit = find(packet.source, packet.destination, packet.ipProtocol, packet)
        guard hit.state >= 0 else {
            return leaveToRules("no state: the rules are asked")
        }
        var (sender, receiver) = peers(hit)
        sender.reach(PFPhase.single)
        if receiver.phase == PFPhase.single { receiver.phase = PFPhase.multiple }
        keep(hit, sender, receiver)
        let both = sender.phase == PFPhase.multiple && receiver.phase == PFPhase.multiple
        if packet.isUDP {
            renew(hit.state, both ? .udpMultiple : .udpSingle)
        } else {
            renew(hit.state, both ? .otherMultiple : .otherSingle)
        }
        return answer(hit.state, .pass, .match, "its state passes it")
    }

    func leaveToRules(_ says: StaticString) -> Tracked {
        var tracked = Tracked(.askRules, .new)
        tracked.reason = .match
        tracked.says = says
        return tracked
    }

    /// What is said of a packet that a state decided.
    @inline(__always)
    func answer(
        _ number: Int, _ step: Step, _ reason: Reason, _ says: StaticString
    ) -> Tracked {
        var tracked = Tracked(step, step == .pass ? .established : .invalid)
        tracked.reason = reason
        tracked.says = says
        tracked.state = number
        tracked.phase = states[number].phase
        tracked.expiry = expiry(number)
        tracked.rule = terms[Int(states[number].terms)].rule
        return tracked
    }
}
