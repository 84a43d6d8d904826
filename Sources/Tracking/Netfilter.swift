// Linux netfilter's connection tracking: the class that `ct state` sees, and the table behind it.
//
// Read first: `StateModel`; Linux net/netfilter/nf_conntrack_core.c nf_conntrack_in(). The rules
// decide of every packet here: conntrack itself drops one only when its table is full. Fragments
// are put together before it, so it never sees one.

import Facts
import Policy

public struct Netfilter: StateModel {
    /// Beside the phase: a packet went each way; and the state is not given up for a new one.
    public static var repliedMark: UInt16 { 1 << 8 }
    public static var assuredMark: UInt16 { 1 << 9 }

    var settings = NetfilterSettings()
    var table = StateTable<NetfilterState>()
    /// The time of the latest packet; clocks that run backwards stand still.
    var now = Instant(microseconds: .min + 1)
    /// When the sweeper comes next, and up to when it has looked at what is due.
    var nextSweep = Instant(microseconds: .min + 1)
    var sweptTo = Instant(microseconds: .min + 1)
    /// There may be more to sweep.
    var isSweeping = false
    public var ended: [EndedState] = []

    /// The state that a packet is making, until the rules have passed it.
    private var pending: NetfilterState?
    private var pendingKey = FlowKey(.none, .none, 0)
    private var pendingHash: UInt64 = 0

    public init() {}

    public var stateCount: Int { table.count }
    public var statePeak: Int { table.peak }

    public mutating func set(_ name: String, to value: String) throws(SettingFault) {
        try settings.set(name, to: value)
    }

    public func phaseName(_ phase: UInt16, ipProtocol: UInt8) -> String {
        let isReplied = phase & Netfilter.repliedMark != 0
        let isAssured = phase & Netfilter.assuredMark != 0
        let marks = isAssured ? "ASSURED" : isReplied ? "REPLIED" : "UNREPLIED"
        guard ipProtocol == Entry.tcp else { return marks }
        return (NetfilterPhase(rawValue: UInt8(phase & 15)) ?? .none).name
    }

    /// Who sent the first packet of a state that is in the table.
    public func opener(_ number: Int) -> Endpoint {
        let key = table.key(number)
        return table[number].sourceIsFirst ? key.first : key.second
    }

    // These change nothing, and are mutating all the same: else each call may copy the model.

    /// What `meet` will look for, to be given to `expect`; nil where it is not worth it.
    public mutating func expected(
        _ source: Endpoint, _ destination: Endpoint, _ ipProtocol: UInt8, _ direction: Direction
    ) -> UInt64? {
        guard ipProtocol == Entry.tcp || ipProtocol == Entry.udp else { return nil }
        return table.hash(NetfilterKey(source, destination, ipProtocol).flow)
    }

    /// Has it fetched into the cache: first, about sixteen packets ahead, where it is found; then,
    /// about eight ahead, itself.
    @inline(__always)
    public mutating func expect(_ hash: UInt64, isNear: Bool) {
        if isNear { table.prefetchState(hash) } else { table.prefetch(hash) }
    }

    public mutating func meet(_ packet: borrowing Packet) -> Tracked {
        pending = nil
        if packet.time > now { now = packet.time }
        if now >= nextSweep { scheduleSweep() }
        if isSweeping { sweepSome() }
        // ip_rcv() drops it before any hook.
        if packet.form.contains(.badHeader) { return answer(.block, .untracked, .malformed) }
        if packet.form.contains(.short) {
            return answer(.askRules, .invalid, .truncated, "too short for its header")
        }
        if packet.isICMP { return meetICMP(packet) }
        var (source, destination) = (packet.source, packet.destination)
        switch packet.ipProtocol {
        case Entry.tcp, Entry.udp, NetfilterState.udpLite, NetfilterState.sctp: break
        default:
            // Of other protocols only the addresses are looked at, even where there are ports.
            source.port = 0
            destination.port = 0
        }
        return meet(packet, NetfilterKey(source, destination, packet.ipProtocol))
    }

    private mutating func meetICMP(_ packet: Packet) -> Tracked {
        if failsChecksum(packet) {
            return answer(.askRules, .invalid, .badChecksum, "its checksum does not hold")
        }
        let sort = ICMPSort(type: packet.icmpType, isV6: packet.ipProtocol == 58)
        switch sort {
        case .untracked: return answer(.askRules, .untracked, .unknown)
        case .invalid:
            return answer(.askRules, .invalid, .noState, "an ICMP type that is not tracked")
        case .error: return meetError(packet)
        case .request, .reply:
            let key = NetfilterKey(
                icmp: packet.source.address, packet.destination.address, type: packet.icmpType,
                code: packet.icmpCode, id: packet.source.port, ipProtocol: packet.ipProtocol,
                isReply: sort == .reply)
            return meet(packet, key)
        }
    }

    /// nf_conntrack_inet_error(): the class is that of the connection whose packet is quoted.
    private mutating func meetError(_ packet: Packet) -> Tracked {
        let nothing: StaticString = "it quotes a packet of no known connection"
        guard packet.form.contains(.quotes) else {
            return answer(.askRules, .invalid, .noState, "it quotes too little of a packet")
        }
        let quoted = packet.quoted
        guard let number = findQuoted(quoted) else {
            return answer(.askRules, .invalid, .noState, nothing)
        }
        guard packet.destination.address == quoted.source.address else {
            let says: StaticString = "it does not go to the sender of the packet it quotes"
            return answer(.askRules, .invalid, .noState, says)
        }
        return answer(.askRules, .related, .unknown, "", number)
    }

    private mutating func findQuoted(_ quoted: QuotedPacket) -> Int? {
        let key: NetfilterKey
        if quoted.ipProtocol == 1 || quoted.ipProtocol == 58 {
            let sort = ICMPSort(type: quoted.icmpType, isV6: quoted.ipProtocol == 58)
            guard sort == .request || sort == .reply else { return nil }
            key = NetfilterKey(
                icmp: quoted.source.address, quoted.destination.address, type: quoted.icmpType,
                code: quoted.icmpCode, id: quoted.icmpID, ipProtocol: quoted.ipProtocol,
                isReply: sort == .reply)
        } else {
            key = NetfilterKey(quoted.source, quoted.destination, quoted.ipProtocol)
        }
        return findLive(key.flow, table.hash(key.flow))
    }

    // MARK: - The state of a packet

    private mutating func failsChecksum(_ packet: Packet) -> Bool {
        settings.checksChecksums && packet.form.contains(.badChecksum)
    }

    /// Whether nothing in a packet is invalid whatever the state: as in nearly all.
    @inline(__always)
    private func isSound(_ packet: Packet) -> Bool {
        packet.form.isDisjoint(with: [.badOffset, .badChecksum])
            && (packet.ipProtocol != Entry.tcp || packet.flags.areTracked)
    }

    /// What is invalid whatever the state. It changes nothing, as said above.
    private mutating func refusedAsItIs(_ packet: Packet, _ number: Int?) -> Tracked? {
        if packet.form.contains(.badOffset) {
            let says: StaticString = "its header cannot be that long"
            return answer(.askRules, .invalid, .truncated, says, number)
        }
        if failsChecksum(packet) {
            return answer(.askRules, .invalid, .badChecksum, "its checksum does not hold", number)
        }
        if packet.isTCP && !packet.flags.areTracked {
            let says: StaticString = "a combination of flags that no connection has"
            return answer(.askRules, .invalid, .invalidFlags, says, number)
        }
        return nil
    }

    @inline(__always)
    private func answer(
        _ step: Step, _ kind: StateClass, _ reason: Reason, _ says: StaticString = "",
        _ number: Int? = nil
    ) -> Tracked {
        var tracked = Tracked(step, kind)
        tracked.reason = reason
        tracked.says = says
        guard let number else { return tracked }
        tracked.state = number
        tracked.phase = table[number].shown
        tracked.expiry = table.expiry(number)
        let rule = table[number].rule
        if rule >= 0 { tracked.rule = Int(rule) }
        return tracked
    }

    // Made part of its callers, with the next two: so a key stays in registers.
    @inline(__always)
    private mutating func meet(_ packet: Packet, _ key: NetfilterKey) -> Tracked {
        let hash = table.hash(key.flow)
        if let number = findLive(key.flow, hash) {
            let isReply = table[number].sourceIsFirst != key.sourceIsFirst || key.isLoop
            if let tracked = continues(number, packet, isReply: isReply) { return tracked }
        }
        return begins(packet, key, hash)
    }

    /// A state whose time is not up. One whose time is up goes when it is stumbled over.
    @inline(__always)
    mutating func findLive(_ key: FlowKey, _ hash: UInt64) -> Int? {
        guard let number = table.find(key, hash) else { return nil }
        if table.expiry(number) > now { return number }
        end(number, .expired)
        return nil
    }

    /// A packet of a connection that is there; nil when it opens that one anew.
    @inline(__always)
    private mutating func continues(
        _ number: Int, _ packet: Packet, isReply: Bool
    ) -> Tracked? {
        // The class stands before the protocol has looked: the first reply is established already.
        let kind: StateClass = isReply || table[number].isReplied ? .established : .new
        if !isSound(packet), let refused = refusedAsItIs(packet, number) { return refused }
        let left = table.expiry(number).microseconds &- now.microseconds
        let judgement = table[number].judge(
            packet, isReply: isReply, now: now, left: left, settings)
        var reason = Reason.match
        var says: StaticString = ""
        switch judgement {
        case .renews: renew(number)
        case .passes(let why, let words): (reason, says) = (why, words)
        case .invalid(let why, let words):
            return answer(.askRules, .invalid, why, words, number)
        case .shortens(let why, let words):
            renew(number)
            return answer(.askRules, .invalid, why, words, number)
        case .startsAgain:
            end(number, .closed)
            return nil
        case .ends:
            var tracked = answer(.askRules, kind, .match, "", number)
            tracked.state = nil
            end(number, .closed)
            return tracked
        }
        if isReply && !table[number].isReplied { table[number].isReplied = true }
        return answer(.askRules, kind, reason, says, number)
    }

    private mutating func begins(
        _ packet: Packet, _ key: NetfilterKey, _ hash: UInt64
    ) -> Tracked {
        // Room is made before anyone looks at the flags: __nf_conntrack_alloc().
        guard hasRoom(hash) else {
            return answer(.block, .new, .tableFull, "the table is full")
        }
        if !isSound(packet), let refused = refusedAsItIs(packet, nil) { return refused }
        var state = NetfilterState(began: now, sourceIsFirst: key.sourceIsFirst)
        guard state.begins(packet, settings) else {
            return answer(.askRules, .invalid, .noState, "no connection begins so")
        }
        let judgement = state.judge(packet, isReply: false, now: now, left: 0, settings)
        if case .invalid(let why, let words) = judgement {
            return answer(.askRules, .invalid, why, words)
        }
        pending = state
        pendingKey = key.flow
        pendingHash = hash
        var tracked = answer(.askRules, .new, .match)
        tracked.phase = state.shown
        tracked.expiry = after(state.timeout)
        return tracked
    }

    // MARK: - What the rules said

    public mutating func admit(
        _ packet: borrowing Packet, _ tracked: Tracked, _ rule: Int?, _ options: StateOptions
    ) -> Tracked {
        var answer = tracked
        answer.step = .pass
        // Put into the table only when the packet leaves: __nf_conntrack_confirm().
        guard var state = pending, tracked.kind == .new else { return answer }
        pending = nil
        state.rule = Int32(clamping: rule ?? -1)
        let expiry = after(state.timeout)
        answer.state = table.insert(pendingKey, pendingHash, state, expiry: expiry, now: now)
        answer.phase = state.shown
        answer.expiry = expiry
        answer.rule = rule
        return answer
    }

    public mutating func refuse(_ packet: borrowing Packet, _ tracked: Tracked) { pending = nil }
}
