// Idle timeouts: how long a silent connection is kept, and who is told when it goes.
//
// Forcepoint NGFW product guide, "Idle timeouts": an idle connection is removed without a word to
// its ends, unless the TCP Proxy agent resets both. Read first: Forcepoint.swift.

import Facts
import Policy

extension Forcepoint {
    mutating func advance(to time: Instant) {
        guard time > now else { return }
        // Limit: 36,000 years; sums with timeouts stay far from the end of the numbers.
        now = Instant(microseconds: min(time.microseconds, 1 << 60))
        // Within a tick of the wheel nothing more comes due.
        let tick = now.microseconds >> TimerWheel.tickBits
        guard tick != lastTick else { return }
        lastTick = tick
        while let number = states.nextDue(by: now) {
            remove(number, isReset(number) ? .closed : .expired, at: states.expiry(number))
        }
    }

    /// Whether the agent closes it when it is idle.
    private func isReset(_ number: Int) -> Bool { resetsIdle && states[number].phase.isTCP }

    mutating func renew(_ number: Int, _ says: StaticString) -> Tracked {
        states[number].renewed = now
        let expiry = expiry(of: states[number], states.key(number).ipProtocol)
        states.setExpiry(number, expiry, now: now)
        return said(number, .pass, says)
    }

    mutating func remove(_ number: Int, _ why: EndedState.Why, at time: Instant) {
        let state = states[number]
        let key = states.key(number)
        states.remove(number)
        ended.append(
            EndedState(
                source: state.creatorIsFirst ? key.first : key.second,
                destination: state.creatorIsFirst ? key.second : key.first,
                ipProtocol: key.ipProtocol, phase: state.phase.rawValue, why: why,
                began: state.began, renewed: state.renewed, ended: time))
    }

    func expiry(of state: ForcepointState, _ ipProtocol: UInt8) -> Instant {
        Instant(
            microseconds: state.renewed.microseconds
                &+ Int64(seconds(of: state, ipProtocol)) &* 1_000_000)
    }

    /// A rule's own value goes before the engine's, but for what is over already.
    func seconds(of state: ForcepointState, _ ipProtocol: UInt8) -> UInt32 {
        if state.phase == .timeWait { return idleOfPhase[.timeWait] ?? 0 }
        if state.ruleIdle >= 0 { return UInt32(state.ruleIdle) }
        switch ipProtocol {
        case Entry.tcp: return idleOfPhase[state.phase] ?? idleTCP
        case Entry.udp: return idleUDP
        case 1, 58: return idleICMP
        default: return idleOther
        }
    }

    /// The idle timeout that is a packet's connection's.
    static func idleName(_ packet: borrowing Packet) -> String {
        if packet.isTCP { return "idle.tcp" }
        if packet.isUDP { return "idle.udp" }
        return packet.isICMP ? "idle.icmp" : "idle.other"
    }

    /// What `set` takes, and what for; the command shows it.
    public static let settingNames: [(name: String, takes: String)] =
        ["idle.tcp", "idle.udp", "idle.icmp", "idle.other"].map { ($0, "a time") }
        + ForcepointPhase.allCases.compactMap { phase in phase.setting.map { ($0, "a time") } }
        + [
            ("connection-tracking", "off, loose, normal or strict"),
            ("tcp-proxy", "on or off"),
        ]

    public mutating func set(_ name: String, to value: String) throws(SettingFault) {
        guard let known = Forcepoint.settingNames.first(where: { $0.name == name }) else {
            throw .unknownName(
                nearest: nearestName(name, among: Forcepoint.settingNames.map(\.name)))
        }
        if name == "connection-tracking" {
            guard let mode = ForcepointMode(rawValue: value) else {
                throw .badValue(expected: known.takes)
            }
            self.mode = mode
            return
        }
        if name == "tcp-proxy" {
            guard value == "on" || value == "off" else { throw .badValue(expected: known.takes) }
            resetsIdle = value == "on"
            return
        }
        let seconds = try secondsSetting(value)
        switch name {
        case "idle.tcp": idleTCP = seconds
        case "idle.udp": idleUDP = seconds
        case "idle.icmp": idleICMP = seconds
        case "idle.other": idleOther = seconds
        default:
            if let phase = ForcepointPhase.allCases.first(where: { $0.setting == name }) {
                idleOfPhase[phase] = seconds
            }
        }
    }
}
