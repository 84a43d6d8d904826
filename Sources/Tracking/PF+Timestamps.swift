// TCP timestamps as numbers that must fit too: `scrub … reassemble tcp`.
//
// pf_norm.c, `pf_normalize_tcp_init()`, `pf_normalize_tcp_stateful()`. The raising of low TTLs that
// goes with it changes a packet and no decision: it is left out. Read first: PF+Window.swift.

import Facts

/// What is known of the clocks of both ends.
struct PFTimestamps: Sendable {
    struct Clock: Sendable {
        /// The end has spoken.
        var hasSpoken = false
        /// Its SYN had timestamps.
        var isKept = false
        /// One of its values was echoed: from now on they are compared.
        var isChecked = false
        /// It was silent, or the connection lived, longer than a clock takes to come around.
        var isTooOld = false
        /// Whether its first data had a timestamp.
        var dataHad: Bool?
        var first: UInt32 = 0
        var value: UInt32 = 0
        var echo: UInt32 = 0
        var last: Int64 = 0
    }

    var creator = Clock()
    var other = Clock()

    /// 24 days: a clock of a tick per millisecond has come around then.
    static let idleMax: Int64 = 24 * 86400 * 1_000_000
    /// 12 days: half of that; the check of echoes is right only so long.
    static let ageMax: Int64 = 12 * 86400 * 1_000_000
}

extension PFTimestamps.Clock {
    mutating func begin(_ packet: borrowing Packet, at now: Int64) {
        hasSpoken = true
        guard packet.flags.contains(.syn), packet.options.contains(.timestamps) else { return }
        isKept = true
        first = packet.timestampValue
        value = packet.timestampValue
        echo = packet.timestampEcho
        last = now
    }

    /// What a packet that passed tells of its sender's clock.
    mutating func learn(_ packet: borrowing Packet, at now: Int64) {
        let has = packet.options.contains(.timestamps)
        if packet.length > 0, isKept, dataHad == nil { dataHad = has }
        guard has, isKept, !isTooOld else { return }
        last = now
        let newValue = packet.timestampValue
        let newEcho = packet.timestampEcho
        if PFMeasure.isAtOrAfter(newValue, value) || !isChecked { value = newValue }
        guard newEcho != 0 else { return }
        if PFMeasure.isAtOrAfter(newEcho, echo) || !isChecked { echo = newEcho }
        if !isChecked, first == 0 || !PFMeasure.isAtOrAfter(newValue, first) { first = newValue }
        isChecked = true
    }
}

extension PF {
    mutating func beginTimestamps(_ packet: borrowing Packet, _ number: Int) {
        while timestamps.count <= number { timestamps.append(PFTimestamps()) }
        timestamps[number] = PFTimestamps()
        timestamps[number].creator.begin(packet, at: now.microseconds)
        timestamps[number].creator.learn(packet, at: now.microseconds)
    }

    /// Compares a packet's timestamps; nil: they fit, or there is nothing to compare.
    mutating func checkTimestamps(
        _ packet: borrowing Packet, _ hit: Hit, _ sender: PFPeer, _ receiver: PFPeer
    ) -> Tracked? {
        // A state that was made before the setting has none.
        guard hit.state < timestamps.count else { return nil }
        let stamps = timestamps[hit.state]
        var own = hit.isFromCreator ? stamps.creator : stamps.other
        var far = hit.isFromCreator ? stamps.other : stamps.creator
        if !own.hasSpoken { own.begin(packet, at: now.microseconds) }
        let time = now.microseconds
        let age = time &- states[hit.state].began.microseconds
        if own.isChecked, time - own.last > PFTimestamps.idleMax || age > PFTimestamps.ageMax {
            own.isChecked = false
            own.isTooOld = true
        }
        if far.isChecked, time - far.last > PFTimestamps.idleMax {
            far.isChecked = false
            far.isTooOld = true
        }
        let fault = own.isChecked && far.isChecked ? fault(packet, hit, own, far) : nil
        let isLive =
            sender.phase >= PFPhase.established && receiver.phase >= PFPhase.established
        let has = packet.options.contains(.timestamps)
        var refusal: StaticString?
        if has, isLive, let fault { refusal = fault }
        if !has, own.isChecked, far.isChecked, !packet.flags.contains(.rst), packet.length > 0,
            own.dataHad == true
        {
            refusal = "data without a timestamp, and the first data had one"
        }
        if refusal == nil { own.learn(packet, at: now.microseconds) }
        timestamps[hit.state].creator = hit.isFromCreator ? own : far
        timestamps[hit.state].other = hit.isFromCreator ? far : own
        guard let refusal else { return nil }
        return answer(hit.state, .block, .badTimestamp, refusal)
    }

    private func fault(
        _ packet: borrowing Packet, _ hit: Hit, _ own: PFTimestamps.Clock,
        _ far: PFTimestamps.Clock
    ) -> StaticString? {
        let value = packet.timestampValue
        let echo = packet.timestampEcho
        let passed = max(0, now.microseconds &- own.last)
        let leeway = Int64(terms[Int(states[hit.state].terms)].times[.tcpTimestampDifference])
        // RFC 1323: a tick is a millisecond at the shortest; a tenth more for clocks that run fast.
        let ticks = (passed / 1_000_000 + leeway) * 1100 + passed % 1_000_000 / 909
        let highest = own.value &+ UInt32(truncatingIfNeeded: ticks)
        if !PFMeasure.isAtOrAfter(value, far.echo) {
            return "its timestamp is older than the last that was echoed"
        }
        if !PFMeasure.isAtOrAfter(highest, value) {
            return "its timestamp is further ahead than time allows"
        }
        guard echo != 0 else { return nil }
        if !PFMeasure.isAtOrAfter(far.value, echo) || !PFMeasure.isAtOrAfter(echo, far.first) {
            return "it echoes a timestamp that the other end never sent"
        }
        return nil
    }
}
