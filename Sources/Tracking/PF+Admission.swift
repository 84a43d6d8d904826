// Making a state of a packet that a rule passed, and the limits that forbid it.
//
// pf.c, `pf_create_state()`, `pf_state_key_attach()`. Read first: PFState.swift, PFRuleTerms.swift.

import Bytes
import Facts
import Policy

extension PF {
    public mutating func admit(
        _ packet: borrowing Packet, _ tracked: Tracked, _ rule: Int?, _ options: StateOptions
    ) -> Tracked {
        var answer = tracked
        answer.step = .pass
        answer.reason = .match
        answer.rule = rule
        if packet.form.contains(.ipOptions), !options.allowsOptions {
            answer.step = .block
            answer.reason = .ipOption
            answer.says = "IP options, and the rule has no allow-opts"
        }
        guard makesState(packet, options) else {
            answer.kind = .untracked
            if answer.step == .pass { answer.says = "passed by the rule, and no state is made" }
            return answer
        }
        let own = terms(of: rule, options)
        if let (reason, words) = shortage(own) {
            answer.step = .block
            answer.reason = reason
            answer.says = words
            return answer
        }
        let key = key(packet)
        let hash = states.hash(key)
        var state = newState(packet, own, hash)
        if let standing = rival(of: state, key, hash) {
            guard packet.isTCP, states[standing].creator.phase >= PFPhase.finWait2,
                states[standing].other.phase >= PFPhase.finWait2
            else {
                answer.step = .block
                answer.reason = .stateInsert
                answer.says = "a state of the same ends stands in the way"
                return answer
            }
            remove(standing, .closed, at: now)
        }
        let flags = packet.flags
        let isProxied = options.kind == .synproxy && state.timer == .tcpFirst && flags.isLoneSYN
        if isProxied { state.creator.phase = PFPhase.proxySource }
        let number = insert(state, key, hash)
        if settings.reassemblesTCP, packet.isTCP { beginTimestamps(packet, number) }
        answer.state = number
        answer.phase = states[number].phase
        answer.expiry = expiry(number)
        if answer.step == .pass {
            answer.says =
                isProxied
                ? "synproxy: pf answers the SYN itself" : "passed by the rule, and a state is made"
        }
        return answer
    }

    /// Fragments and ICMP errors never make a state; with `reassemble tcp` all TCP does.
    private func makesState(_ packet: borrowing Packet, _ options: StateOptions) -> Bool {
        if packet.form.contains(.fragment) { return false }
        if packet.isICMP, PFICMP.isError(packet.icmpType, packet.ipProtocol) { return false }
        if settings.reassemblesTCP, packet.isTCP { return true }
        return options.kind != .none
    }

    private func shortage(_ own: Int) -> (Reason, StaticString)? {
        let max = terms[own].options.max
        if max > 0, terms[own].count >= max {
            return (.stateLimit, "the rule has as many states as its max allows")
        }
        if states.count >= settings.stateLimit {
            return (.memory, "there are as many states as set limit states allows")
        }
        return nil
    }

    private func key(_ packet: borrowing Packet) -> FlowKey {
        let outward = packet.direction == .outward
        guard packet.isICMP else {
            return FlowKey(
                from: packet.source, to: packet.destination, packet.ipProtocol, outward: outward)
        }
        let ends = PFICMP.ends(packet)
        return FlowKey(from: ends.0, to: ends.1, packet.ipProtocol, outward: outward)
    }

    /// A state of the same ends, side and interface.
    private func rival(of state: PFState, _ key: FlowKey, _ hash: UInt64) -> Int? {
        let side: PFState.Flags = [.outward, .floating]
        return states.find(key, hash) { standing in
            standing.flags.intersection(side) == state.flags.intersection(side)
                && (state.flags.contains(.floating) || standing.interface == state.interface)
        }
    }

    /// A rule's terms, worked out when it makes its first state.
    private mutating func terms(of rule: Int?, _ options: StateOptions) -> Int {
        if let known = termsOfRule[rule ?? -1], terms[known].options == options { return known }
        terms.append(PFRuleTerms(rule, options, over: times))
        termsOfRule[rule ?? -1] = terms.count - 1
        return terms.count - 1
    }

    private func newState(
        _ packet: borrowing Packet, _ own: Int, _ hash: UInt64
    ) -> PFState {
        let options = terms[own].options
        var flags: PFState.Flags = []
        if packet.direction == .outward { flags.insert(.outward) }
        if options.kind == .sloppy { flags.insert(.sloppy) }
        if options.allowsOptions { flags.insert(.allowsOptions) }
        let isBound =
            options.binding == .inherited ? settings.isBound : options.binding == .ifBound
        if !isBound { flags.insert(.floating) }
        var state = PFState(
            flags: flags, timer: .otherFirst, place: UInt16(truncatingIfNeeded: hash >> 40),
            terms: UInt32(truncatingIfNeeded: own), interface: packet.interface, began: now,
            renewed: now)
        if packet.isTCP {
            state.timer = .tcpFirst
            PF.open(packet, &state)
        } else if packet.isICMP {
            state.timer = .icmpFirst
        } else {
            state.timer = packet.isUDP ? .udpFirst : .otherFirst
            state.creator.phase = PFPhase.single
        }
        return state
    }

    /// The ends of a TCP connection after its first packet, whatever that is.
    private static func open(_ packet: borrowing Packet, _ state: inout PFState) {
        let isSYN = packet.flags.contains(.syn)
        state.creator.sequenceLow = packet.sequence
        state.creator.sequenceHigh =
            packet.sequence &+ packet.length &+ 1 &+ (isSYN ? 1 : 0)
            &+ (packet.flags.contains(.fin) ? 1 : 0)
        var window = max(UInt32(packet.window), 1)
        if isSYN {
            state.creator.scale = scale(of: packet)
            let shift = state.creator.shift
            window = (window + (1 << shift) - 1) >> shift
        }
        state.creator.windowMax = UInt16(clamping: window)
        state.creator.phase = PFPhase.synSent
        state.other.sequenceHigh = 1
        state.other.windowMax = 1
    }
}

extension TCPFlags {
    /// A SYN, and no ACK: what else is set does not matter to pf here.
    fileprivate var isLoneSYN: Bool { intersection([.syn, .ack]) == .syn }
}
