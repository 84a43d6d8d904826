// What pf drops for its form alone, before any state is asked.
//
// pf.c, `pf_setup_pdesc()`; pf_norm.c, `pf_normalize_tcp()`. Since FreeBSD 14 TCP is normalised
// also where there is no scrub rule at all; `scrub=off` is for rule sets whose scrub rules match
// other packets only. Read first: `PacketForm` in Facts.

import Facts
import Policy

extension PF {
    /// The refusal of a packet that no firewall of this kind lets through; nil of all others.
    @inline(__always)
    func normalise(_ packet: borrowing Packet) -> Tracked? {
        let broken: PacketForm = [.badHeader, .short, .badOffset, .fragment]
        if !packet.form.isDisjoint(with: broken), let refusal = refuseForm(packet) {
            return refusal
        }
        if packet.isICMP, packet.isV6 != (packet.ipProtocol == 58) {
            return refusal(.normalize, "ICMP of the other IP version")
        }
        guard packet.isTCP, settings.scrubs else { return nil }
        let flags = packet.flags
        // Every TCP stack's packets have one of these shapes; the rest is looked at below.
        if flags.isPossible, flags.contains(.ack) || flags.isDisjoint(with: [.psh, .urg]) {
            return nil
        }
        return refuseFlags(flags)
    }

    private func refuseForm(_ packet: borrowing Packet) -> Tracked? {
        if packet.form.contains(.badHeader) {
            return refusal(.short, "the IP header cannot be")
        }
        if packet.form.contains(.fragment) {
            guard settings.reassembles else { return nil }
            return refusal(.fragment, "a fragment whose packet was never whole")
        }
        if packet.form.contains(.short) {
            return refusal(.short, "ends before its transport header does")
        }
        return settings.scrubs
            ? refusal(.normalize, "a TCP header shorter than any can be, or longer than the packet")
            : refusal(.badOffset, "TCP's data offset points out of the packet")
    }

    private func refuseFlags(_ flags: TCPFlags) -> Tracked? {
        if flags.contains(.syn) {
            if flags.contains(.rst) { return refusal(.normalize, "SYN together with RST") }
            // OpenBSD takes the FIN off instead, and goes on with what is left.
            if flags.contains(.fin), settings.system != .openBSD {
                return refusal(.normalize, "SYN together with FIN")
            }
        } else if flags.isDisjoint(with: [.ack, .rst]) {
            return refusal(.normalize, "none of SYN, ACK and RST")
        }
        let needsACK: TCPFlags =
            settings.system == .openBSD && flags.contains(.syn)
            ? [.psh, .urg] : [.fin, .psh, .urg]
        if !flags.contains(.ack), !flags.isDisjoint(with: needsACK) {
            return refusal(.normalize, "FIN, PSH or URG without ACK")
        }
        return nil
    }

    private func refusal(_ reason: Reason, _ says: StaticString) -> Tracked {
        var tracked = Tracked(.block, .invalid)
        tracked.reason = reason
        tracked.says = says
        return tracked
    }
}
