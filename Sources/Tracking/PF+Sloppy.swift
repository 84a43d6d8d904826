// Sloppy tracking: the phases move, the numbers are not looked at; and the handshakes that pf makes
// itself (`synproxy`).
//
// pf.c, `pf_tcp_track_sloppy()` and `pf_synproxy()`. Read first: PF+Window.swift.

import Facts
import Policy

extension PF {
    mutating func trackSloppily(_ packet: borrowing Packet, _ hit: Hit) -> Tracked {
        var (sender, receiver) = peers(hit)
        let flags = packet.flags
        if flags.contains(.syn) { sender.reach(PFPhase.synSent) }
        if flags.contains(.fin) { sender.reach(PFPhase.closing) }
        if flags.contains(.ack) {
            if receiver.phase == PFPhase.synSent {
                receiver.phase = PFPhase.established
            } else if receiver.phase == PFPhase.closing {
                receiver.phase = PFPhase.finWait2
            } else if sender.phase == PFPhase.synSent, receiver.phase < PFPhase.synSent {
                // The other half of the connection travels elsewhere.
                sender.phase = PFPhase.established
                receiver.phase = PFPhase.established
            } else if sender.phase == PFPhase.closing, receiver.phase == PFPhase.established,
                receiver.sequenceLow == 0
            {
                receiver.phase = PFPhase.closing
            }
        }
        if flags.contains(.rst) {
            sender.phase = PFPhase.timeWait
            receiver.phase = PFPhase.timeWait
        }
        keep(hit, sender, receiver)
        renew(hit.state, PF.timer(sender, receiver))
        return answer(hit.state, .pass, .match, "sloppy: its numbers are not looked at")
    }

    /// A packet of a handshake that pf makes with each end apart.
    ///
    /// The captured ends spoke with each other and not with pf: they acknowledge each other's
    /// numbers, and their SYN/ACK comes before pf would have sent its SYN. So the replay lets the
    /// handshake pass as it was captured, refuses what pf refuses in it, and tells the phases.
    mutating func meetProxy(_ packet: borrowing Packet, _ hit: Hit) -> Tracked {
        let state = states[hit.state]
        let flags = packet.flags
        if hit.isFromCreator {
            let start = state.creator.sequenceLow
            if flags.contains(.syn) {
                guard packet.sequence == start else {
                    return answer(
                        hit.state, .block, .synproxy, "synproxy: another SYN than the first")
                }
                return answer(hit.state, .pass, .match, "synproxy: pf answers the SYN itself")
            }
            guard flags.intersection([.ack, .rst, .fin]) == .ack, packet.sequence == start &+ 1
            else {
                return answer(
                    hit.state, .block, .synproxy,
                    "synproxy: only the ACK of pf's own SYN/ACK may come now")
            }
            states[hit.state].creator.phase = PFPhase.proxyDestination
            if state.other.sequenceLow != 0 { establish(hit.state) }
            return answer(
                hit.state, .pass, .match, "synproxy: the client is there; pf opens to the server")
        }
        guard flags.intersection([.syn, .ack]) == [.syn, .ack],
            packet.acknowledgement == state.creator.sequenceLow &+ 1
        else {
            return answer(
                hit.state, .block, .synproxy, "synproxy: the server may only answer pf's SYN now")
        }
        var (sender, receiver) = peers(hit)
        let measure = PFMeasure(packet, &sender, &receiver)
        measure.advance(&sender, &receiver)
        sender.phase = PFPhase.closed
        keep(hit, sender, receiver)
        if receiver.phase == PFPhase.proxyDestination { establish(hit.state) }
        return answer(
            hit.state, .pass, .match, "synproxy: the server's answer to pf, as it was captured")
    }

    private mutating func establish(_ number: Int) {
        states[number].creator.phase = PFPhase.established
        states[number].other.phase = PFPhase.established
    }
}
