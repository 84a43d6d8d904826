// scan: probes that look for what a firewall lets through, without opening a connection.

import Evidence
import Facts

public struct Scan: Cause {
    public init() {}
    public var id: CauseID { .scan }

    public var usualHarm: Harm { .attack }

    /// The technique, by nmap's names.
    public func variant(_ matter: Matter) -> Variant? {
        let classes = matter.classes
        if classes.has(.xmas) { return "xmas" }
        if classes.has(.null) { return "null" }
        if classes.has(.bareFin) { return "fin" }
        if classes.has(.synAck) { return "syn-ack" }
        if classes.has(.fin) { return "maimon" }
        if classes.has(.impossible) { return "odd-flags" }
        return "ack"
    }

    public func subject(_ matter: Matter) -> Subject { .host(matter.key.sender) }

    public func weigh(_ matter: Matter, _ ledger: inout Ledger) {
        guard matter.key.kind == .stray else { return }
        let spread = max(
            matter.senderFacts.strayHosts.estimate, matter.senderFacts.strayPorts.estimate)
        weighSender(matter, spread, &ledger)
        weighPackets(matter, &ledger)
        guard matter.key.kind == .stray else { return }
        ledger.add(if: matter.has(.opened), -5.0, "the connection had really opened")
        ledger.add(
            if: matter.has(.otherStrayed) && !matter.has(.otherClosing), -2.5,
            "the other end answers with more than a refusal: a conversation")
        ledger.add(
            if: matter.classes.has(.data), -4.0, "it carries data: a probe of this kind has none")
    }

    private func weighSender(_ matter: Matter, _ spread: Int, _ ledger: inout Ledger) {
        guard matter.hostsAreApart, matter.has(.few) else { return }
        let unnatural = !matter.classes.isDisjoint(with: .unnatural)
        // A server's late packets go to many client ports too: fan-out speaks only where the
        // receiver could be the server, or the flags have no other use.
        let probes = unnatural || !matter.has(.senderServes)
        guard probes, !matter.classes.has(.data) else { return }
        let closing = matter.isClosingOnly
        if spread >= 15 {
            ledger.add(
                closing && !unnatural ? 1.5 : 3.0,
                "the sender sent such packets to some \(spread) hosts or ports, few to each")
        } else if spread >= 5 {
            ledger.add(
                closing && !unnatural ? 0.8 : 2.0,
                "the sender sent such packets to \(spread) hosts or ports, few to each")
        }
        ledger.add(
            if: spread >= 5 && matter.senderFacts.opens > 5, -1.5,
            "it also opens connections that pass")
    }

    private func weighPackets(_ matter: Matter, _ ledger: inout Ledger) {
        let classes = matter.classes
        let unnatural = !classes.isDisjoint(with: .unnatural)
        ledger.add(
            if: matter.has(.toolWindow) && matter.has(.noOptions) && !matter.has(.timestamps), 2.5,
            "a window of 1024 and no TCP options: nmap's packets, no stack's")
        ledger.add(
            if: classes.has(.synAck) && matter.has(.mssOnly) && !matter.has(.senderServes), 2.0,
            "SYN,ACKs with nothing but an MSS, from a port that serves nothing: zmap's packets")
        ledger.add(
            if: unnatural && matter.fansOut, 1.5, "no stack sends these flags")
        ledger.add(
            if: matter.has(.timestamps), -2.5, "TCP timestamps: a real stack's conversation")
        ledger.add(
            if: matter.has(.repeated) && matter.has(.doublingGaps), -2.0,
            "they were repeated as a stack repeats what is not acknowledged")
        ledger.add(
            if: matter.has(.senderServes) && !unnatural && !matter.has(.toolWindow), -2.5,
            "they come from a service's port to a client's")
        ledger.add(
            if: !unnatural && (classes == FlagClasses(.reset) || classes == FlagClasses(.resetAck)),
            -3.0, "RSTs are answers; nobody scans with them")
        ledger.add(
            if: matter.has(.closed), -3.0, "the firewall had known this connection")
    }
}
