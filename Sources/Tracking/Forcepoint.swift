// Forcepoint NGFW (Stonesoft), as far as its documentation tells.
//
// There is no source to read. Modelled after the product guide of 6.5 to 7.1, "Connection tracking
// mode", "Idle timeouts", "TCP Proxy agent" and the log message "Not a Valid SYN Packet"; what it
// leaves open is decided here and listed in `assumptions`. Read first: `StateModel`,
// ForcepointPhase.swift; then Forcepoint+TCP.swift.

import Bytes
import Facts
import Policy

public struct Forcepoint: StateModel {
    var states = StateTable<ForcepointState>()
    var mode = ForcepointMode.normal
    /// The TCP Proxy agent resets both ends of an idle TCP connection.
    var resetsIdle = false
    // The engine's defaults: Engine Editor > Advanced Settings > Idle Timeouts.
    var idleTCP: UInt32 = 1800
    var idleUDP: UInt32 = 50
    var idleICMP: UInt32 = 5
    var idleOther: UInt32 = 180
    /// Of a TCP state of its own; that of all TCP where there is none.
    var idleOfPhase: [ForcepointPhase: UInt32] = [.timeWait: 0]
    /// The latest time a packet has told, and the tick of the wheel that was asked last.
    var now = Instant.unknown
    var lastTick = Int64.min

    public var ended: [EndedState] = []
    public var stateCount: Int { states.count }
    public var statePeak: Int { states.peak }

    public init() {}

    /// What the documentation does not say, and what is taken instead.
    public static let assumptions: [String] = [
        "A connection is one entry for both directions, on whatever interface.",
        "How packets move a TCP connection between the documented states follows RFC 9293.",
        "In normal mode a packet of a tracked connection passes whatever its numbers and flags.",
        "In strict mode a FIN or RST must begin within what its sender may send: from what the"
            + " other end has acknowledged to the end of its window.",
        "In strict mode nothing but the handshake passes before the handshake is complete.",
        "In loose mode any TCP packet but a RST makes a connection where the rules pass it.",
        "A connection is forgotten at once when both ends' FINs are acknowledged, unless"
            + " idle.tcp.time-wait is set, and at once after a RST that passed.",
        "A SYN on a live connection belongs to it and passes.",
        "An idle connection is removed at the very end of its time.",
        "ICMP errors pass when they quote a packet of a tracked connection; others are left to the"
            + " rules, and no ICMP error makes a connection.",
        "The TCP Proxy agent is modelled by its resets alone: what it buffers and answers itself"
            + " is not.",
        "There is no limit of the number of connections.",
    ]

    // Both change nothing, and are mutating all the same: else each call may copy the model.

    public mutating func expected(
        _ source: Endpoint, _ destination: Endpoint, _ ipProtocol: UInt8, _ direction: Direction
    ) -> UInt64? {
        guard ipProtocol == Entry.tcp || ipProtocol == Entry.udp else { return nil }
        return states.hash(Forcepoint.key(source, destination, ipProtocol).key)
    }

    @inline(__always)
    public mutating func expect(_ hash: UInt64, isNear: Bool) {
        if isNear { states.prefetchState(hash) } else { states.prefetch(hash) }
    }

    public mutating func meet(_ packet: borrowing Packet) -> Tracked {
        advance(to: packet.time)
        let unreadable: PacketForm = [.badHeader, .short, .badOffset]
        if !packet.form.isDisjoint(with: unreadable) {
            return refusal(.malformed, "its headers cannot be")
        }
        if packet.form.contains(.fragment) {
            var tracked = Tracked(.askRules, .untracked)
            tracked.reason = .match
            tracked.says = "not tracked: each packet meets the rules"
            return tracked
        }
        if Forcepoint.isError(packet) { return meetError(packet) }
        guard let number = find(packet.source, packet.destination, packet.ipProtocol) else {
            var tracked = Tracked(.askRules, .new)
            tracked.reason = .match
            tracked.says = "no tracked connection: the rules are asked"
            return tracked
        }
        let isFirst = key(packet).isFirst
        if packet.isTCP { return meetTCP(packet, number, isFirst) }
        let phase = states[number].phase
        if phase == .icmpReplyWait, isFirst != states[number].creatorIsFirst {
            states[number].phase = .icmpEcho
        }
        return renew(number, "belongs to a tracked connection")
    }

    public mutating func admit(
        _ packet: borrowing Packet, _ tracked: Tracked, _ rule: Int?, _ options: StateOptions
    ) -> Tracked {
        var answer = tracked
        answer.step = .pass
        answer.reason = .match
        answer.rule = rule
        let mode = mode(options)
        let isFragment = packet.form.contains(.fragment)
        let isError = Forcepoint.isError(packet)
        if mode == .off || isFragment || isError {
            answer.kind = .untracked
            answer.says = "passed by the rule, and not tracked"
            return answer
        }
        let flags = packet.flags
        if packet.isTCP, !flags.opens, mode != .loose || flags.contains(.rst) {
            answer.step = .block
            answer.kind = .invalid
            answer.reason = .noState
            answer.says = "Not a Valid SYN Packet: the rules would allow it in a connection"
            return answer
        }
        let ends = key(packet)
        let hash = states.hash(ends.key)
        if let standing = states.find(ends.key, hash) { remove(standing, .closed, at: now) }
        var state = newState(packet, mode, ends.isFirst)
        state.rule = Int32(clamping: rule ?? -1)
        let idleName = Forcepoint.idleName(packet)
        if let own = options.timeouts.first(where: { $0.name == "idle" || $0.name == idleName }) {
            state.ruleIdle = Int32(clamping: max(0, own.seconds))
        }
        let number = states.insert(
            ends.key, hash, state, expiry: expiry(of: state, ends.key.ipProtocol), now: now)
        var made = said(number, .pass, "passed by the rule, and tracked")
        made.kind = .new
        return made
    }

    public mutating func refuse(_ packet: borrowing Packet, _ tracked: Tracked) {
        // Nothing is prepared before the rules have spoken.
    }

    public func phaseName(_ phase: UInt16, ipProtocol: UInt8) -> String {
        ForcepointPhase(rawValue: phase)?.name ?? "Unknown established"
    }
}

extension Forcepoint {
    /// Both directions under one key: the lesser end first.
    func key(_ packet: borrowing Packet) -> (key: FlowKey, isFirst: Bool) {
        Forcepoint.key(packet.source, packet.destination, packet.ipProtocol)
    }

    private static func key(
        _ source: Endpoint, _ destination: Endpoint, _ ipProtocol: UInt8
    ) -> (key: FlowKey, isFirst: Bool) {
        let isFirst = source < destination
        return (
            FlowKey(isFirst ? source : destination, isFirst ? destination : source, ipProtocol),
            isFirst
        )
    }

    private func find(
        _ source: Endpoint, _ destination: Endpoint, _ ipProtocol: UInt8
    ) -> Int? {
        let key = Forcepoint.key(source, destination, ipProtocol).key
        return states.find(key, states.hash(key))
    }

    private func mode(_ options: StateOptions) -> ForcepointMode {
        switch options.kind {
        case .none: .off
        case .sloppy: .loose
        case .keep, .modulate, .synproxy: mode
        }
    }

    private func newState(
        _ packet: borrowing Packet, _ mode: ForcepointMode, _ isFirst: Bool
    ) -> ForcepointState {
        var phase = ForcepointPhase.otherEstablished
        if packet.isTCP {
            phase = packet.flags.opens ? .synSeen : .established
        } else if packet.isUDP {
            phase = .udpEstablished
        } else if packet.isICMP {
            phase = .icmpReplyWait
        }
        var state = ForcepointState(
            phase: phase, creatorIsFirst: isFirst, mode: mode, began: now, renewed: now)
        if packet.isTCP { Forcepoint.note(packet, &state.creator, &state.other) }
        return state
    }

    /// An error is passed by the connection of the packet it quotes.
    private func meetError(_ packet: borrowing Packet) -> Tracked {
        let quoted = packet.quoted
        var ends = (quoted.source, quoted.destination)
        if quoted.ipProtocol == 1 || quoted.ipProtocol == 58 {
            ends.0.port = quoted.icmpID
            ends.1.port = quoted.icmpID
        }
        guard packet.form.contains(.quotes),
            let number = find(ends.0, ends.1, quoted.ipProtocol)
        else {
            var tracked = Tracked(.askRules, .invalid)
            tracked.reason = .match
            tracked.says = "an ICMP error that belongs to no tracked connection"
            return tracked
        }
        var answer = said(number, .pass, "an ICMP error about a tracked connection")
        answer.kind = .related
        return answer
    }

    static func isError(_ packet: borrowing Packet) -> Bool {
        guard packet.isICMP else { return false }
        return PFICMP.isError(packet.icmpType, packet.ipProtocol)
    }

    func said(_ number: Int, _ step: Step, _ says: StaticString) -> Tracked {
        var tracked = Tracked(step, step == .pass ? .established : .invalid)
        tracked.reason = .match
        tracked.says = says
        tracked.state = number
        tracked.phase = states[number].phase.rawValue
        tracked.expiry = states.expiry(number)
        tracked.rule = states[number].rule < 0 ? nil : Int(states[number].rule)
        return tracked
    }

    func refusal(_ reason: Reason, _ says: StaticString) -> Tracked {
        var tracked = Tracked(.block, .invalid)
        tracked.reason = reason
        tracked.says = says
        return tracked
    }
}
