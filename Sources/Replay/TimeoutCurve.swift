// What one timeout does: at each value, how many connections it cuts, and how many states are held.
//
// Read first: `Replay`. The capture goes once through a model in which this timeout is as long as the
// longest value, and all others are as they are. Each pause that a state outlives under this
// timeout is a pause that a shorter one would not have outlived: the state would have ended with
// it. If what came next could not have opened a connection, it would have been a stray, and the
// connection counts as cut at every value below the pause. So one pass stands for a replay with
// each value, as long as no other limit comes into it: a full table, pf's adaptive timeouts, and a
// SYN that would have opened anew a connection whose state was cut (its later pauses are not told
// from those of the old one). pf lets states lie up to its purge interval beyond their time.

import Bytes
import Facts
import Tracking

public struct TimeoutCurve: Sendable {
    public let timeout: TunedTimeout
    /// Seconds, upwards; one is the present value.
    public let values: [Int64]
    public let now: Int64
    /// Connections that the timeout cuts, at each value.
    public private(set) var cut: [Int]
    private var held: [HeldStates] = []
    private var states: [State] = []
    private var ofConnection: [UInt64: Int32] = [:]
    /// Connections that outlasted even the longest value, and from which value on they are not yet
    /// counted as cut.
    private var lost: [UInt64: Int] = [:]
    private let longest: Int64
    private var end = Instant.unknown

    private struct State {
        var connection: UInt64 = 0
        var renewed = Instant.unknown
        var expiry = Instant.unknown
        /// Whether this timeout is what it waits for.
        var isUnder = false
        var isLive = false
        /// Values below this place would have ended it.
        var cut = 0
    }

    /// `now`: the value that is set, in seconds.
    public init(_ timeout: TunedTimeout, now: Int64) {
        self.timeout = timeout
        self.now = now
        values = timeout.values(now: now)
        cut = Array(repeating: 0, count: values.count)
        longest = (values.last ?? now) + TimeoutCurve.mark
    }

    // So that no other timeout has the same length by chance: states are told by it.
    private static let mark: Int64 = 13
    /// pf counts in whole seconds.
    private static let slack: Int64 = 1_500_000

    /// What the timeout is to be set to in the model of this curve.
    public var setting: (name: String, value: String) { (timeout.name, "\(longest)") }

    /// The most states held, at each value.
    public var peaks: [Int] { held.map { $0.peak(until: end) } }
    /// How fine the peaks are.
    private var binMicroseconds: Int64 { held.first?.binMicroseconds ?? 0 }

    public var outcome: TunedCurve {
        TunedCurve(
            timeout, now: now, values: values, cut: cut, peaks: peaks,
            binMicroseconds: binMicroseconds)
    }

    public mutating func add(
        _ packets: [Packet], count: Int, _ verdicts: borrowing VerdictBatch
    ) {
        var next = 0
        for place in 0..<count {
            while next < verdicts.ended.count, verdicts.ended[next].place == place {
                let ended = verdicts.ended[next].state
                // What the packet itself ended had a pause before it, as any other.
                if ended.why == .closed { judgePause(before: packets[place], of: ended) }
                close(ended)
                next += 1
            }
            let verdict = verdicts.verdicts[place]
            guard verdict.course == .judged, packets[place].time.isKnown else { continue }
            guard verdict.state >= 0 else {
                if !verdict.passes, packets[place].cannotOpen { noteLost(packets[place]) }
                continue
            }
            note(packets[place], verdict)
        }
    }

    // Limit: connections that are remembered after the longest value; most never come back.
    private static let lostMax = 1 << 20

    /// A packet of a connection that even the longest value did not keep.
    private mutating func noteLost(_ packet: Packet) {
        let key = connectionHash(packet.source, packet.destination, packet.ipProtocol)
        guard let from = lost.removeValue(forKey: key) else { return }
        for place in from..<values.count { cut[place] += 1 }
    }

    private mutating func note(_ packet: Packet, _ verdict: Verdict) {
        if !end.isKnown {
            held = values.map { _ in HeldStates(start: packet.time) }
            end = packet.time
        }
        end = max(end, packet.time)
        let number = verdict.state
        while states.count <= number { states.append(State()) }
        if verdict.opened {
            open(number, packet)
        } else if !states[number].isLive {
            // Its last packet: the state is gone already.
            return
        } else if states[number].isUnder {
            judgePause(number, packet)
        }
        guard verdict.expiry != states[number].expiry else { return }
        states[number].expiry = verdict.expiry
        states[number].renewed = packet.time
        let left = verdict.expiry.since(packet.time) ?? 0
        states[number].isUnder = abs(left - longest * 1_000_000) <= TimeoutCurve.slack
    }

    private mutating func open(_ number: Int, _ packet: Packet) {
        let key = connectionHash(packet.source, packet.destination, packet.ipProtocol)
        states[number] = State(connection: key, isLive: true)
        lost[key] = nil
        ofConnection[key] = Int32(truncatingIfNeeded: number)
        for value in values.indices { held[value].add(1, at: packet.time) }
    }

    private mutating func judgePause(before packet: Packet, of ended: EndedState) {
        let key = connectionHash(ended.source, ended.destination, ended.ipProtocol)
        guard let number = ofConnection[key], states[Int(number)].isUnder else { return }
        judgePause(Int(number), packet)
    }

    /// A packet after a pause: which values would not have outlived it.
    private mutating func judgePause(_ number: Int, _ packet: Packet) {
        let state = states[number]
        guard let pause = packet.time.since(state.renewed), pause > 0 else { return }
        var place = state.cut
        while place < values.count, values[place] * 1_000_000 < pause {
            held[place].add(-1, at: after(state, values[place]))
            if packet.cannotOpen { cut[place] += 1 }
            place += 1
        }
        states[number].cut = place
    }

    private func after(_ state: State, _ seconds: Int64) -> Instant {
        Instant(microseconds: state.renewed.microseconds + seconds * 1_000_000)
    }

    private mutating func close(_ ended: EndedState) {
        let key = connectionHash(ended.source, ended.destination, ended.ipProtocol)
        guard let number = ofConnection.removeValue(forKey: key) else { return }
        let state = states[Int(number)]
        guard state.isLive, state.connection == key else { return }
        finish(state, at: ended.ended)
        if ended.why == .expired, state.isUnder, lost.count < TimeoutCurve.lostMax {
            lost[key] = state.cut
        }
        states[Int(number)].isLive = false
    }

    private mutating func finish(_ state: State, at end: Instant) {
        for place in state.cut..<values.count {
            let time = state.isUnder ? min(after(state, values[place]), end) : end
            held[place].add(-1, at: time)
        }
    }

    /// After the last packet: what still lives would have ended sooner at the shorter values.
    public mutating func finish() {
        for state in states where state.isLive && state.isUnder {
            for place in state.cut..<values.count {
                let time = after(state, values[place])
                if time <= end { held[place].add(-1, at: time) }
            }
        }
    }
}
