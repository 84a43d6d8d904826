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
        ledger.add(if: matter.has(.opened), -.decisive, "the connection had really opened")
        ledger.add(
            if: matter.has(.otherStrayed) && !matter.has(.otherClosing), -.good,
            "the other end answers with more than a refusal: a conversation")
        ledger.add(
            if: matter.classes.has(.data), -.decisive,
            "it carries data: a probe of this kind has none")
    }

    private func weighSender(_ matter: Matter, _ spread: Int, _ ledger: inout Ledger) {
        guard matter.hostsAreApart, matter.has(.few) else { return }
        let unnatural = !matter.classes.isDisjoint(with: .unnatural)
        // A server's late packets go to many client ports too: fan-out speaks only where the
        // receiver could be the server, or the flags have no other use.
        let probes = unnatural || !matter.answersFromService
        guard probes, !matter.classes.has(.data) else { return }
        let closing = matter.isClosingOnly
        if spread >= 15 {
            ledger.add(
                closing && !unnatural ? .fair : .strong,
                "the sender sent such packets to some \(spread) hosts or ports, few to each")
        } else if spread >= 5 {
            ledger.add(
                closing && !unnatural ? .some : matter.classes.has(.synAck) ? .strong : .good,
                "the sender sent such packets to \(spread) hosts or ports, few to each")
        }
        ledger.add(
            if: matter.has(.single) && matter.has(.receiverServes)
                && matter.senderFacts.strayPorts.estimate >= 5, .fair,
            "one packet to each of many different services: nobody has conversations like that")
        ledger.add(
            if: matter.drawsHops && spread >= 5 && !matter.has(.timestamps), .fair,
            "its packets seem to come from many distances: a tool draws the TTL of each, as nmap "
                + "does")
        ledger.add(
            if: spread >= 5 && matter.senderFacts.opens > 5, -.fair,
            "it also opens connections that pass")
    }

    private func weighPackets(_ matter: Matter, _ ledger: inout Ledger) {
        let classes = matter.classes
        let unnatural = !classes.isDisjoint(with: .unnatural)
        ledger.add(
            if: matter.has(.toolWindow) && matter.has(.noOptions) && !matter.has(.timestamps),
            .strong,
            "a window of 1024 and no TCP options: nmap's packets, no stack's")
        ledger.add(
            if: classes.has(.synAck) && matter.has(.mssOnly) && !matter.answersFromService, .good,
            "SYN,ACKs with nothing but an MSS, from a port that serves nothing: zmap's packets")
        ledger.add(
            if: unnatural && matter.fansOut, .fair, "no stack sends these flags")
        ledger.add(
            if: matter.has(.timestamps), -.good, "TCP timestamps: a real stack's conversation")
        ledger.add(
            if: matter.has(.repeated) && matter.has(.doublingGaps), -.good,
            "they were repeated as a stack repeats what is not acknowledged")
        ledger.add(
            if: matter.answersFromService && !unnatural && !matter.has(.toolWindow), -.good,
            "they come from a service's port to a client's")
        ledger.add(
            if: !unnatural && (classes == FlagClasses(.reset) || classes == FlagClasses(.resetAck)),
            -.strong, "RSTs are answers; nobody scans with them")
        ledger.add(
            if: matter.has(.closed), -.strong, "the firewall had known this connection")
    }
}

extension Scan {
    public var page: CausePage {
        CausePage(
            summary: "probes with odd or mid-stream flags, to find what a firewall lets through",
            whatHappened: """
                Someone sends single packets to many hosts or ports, and learns from the answers. \
                A packet that is no SYN slips through filters without state, and what comes back \
                tells closed ports and unfiltered ones apart. No connection is meant.

                The technique is part of the finding (its variant), by nmap's names:
                - ack (nmap -sA): a RST comes back where nothing filters. Also -sW, the window \
                scan: the same packets, other reading. One ACK to port 80 is nmap's \
                host discovery.
                - syn-ack: looks for hosts behind filters that pass "replies"; also zmap's mode \
                of that name.
                - maimon (-sM, FIN+ACK), fin (-sF), null (-sN, no flag at all), xmas (-sX, \
                FIN+PSH+URG): a closed port answers RST, an open one keeps silent. Windows \
                usually answers RST either way.
                - odd-flags: such as SYN+FIN, SYN+URG+PSH+FIN; nmap -O sends some to tell the \
                operating system.

                A scan with plain SYNs (-sS, masscan, zmap) is not here: lone SYNs are no strays. \
                See policy.
                """,
            whyBlocked: """
                No connection fits the packet, so no state does, and a packet without SYN opens \
                none. That the probe was blocked *is* the firewall's work, and the scanner learns \
                "filtered" from the silence.

                Not every firewall logs each technique:
                - pf (pfSense, OPNsense) drops fin, null, xmas, SYN+FIN and SYN+RST while \
                normalising, without a line. ack, maimon and syn-ack reach the default deny and \
                are logged.
                - Linux calls fin, null, xmas, SYN+FIN and, with no entry, maimon and syn-ack \
                INVALID. A bare ACK is *NEW* (`nf_conntrack_tcp_loose=1`): a rule that accepts NEW \
                without asking for a SYN passes the probe and the host answers it.
                - Cisco ASA logs 106015 with the flags as it saw them.
                """,
            howItLooks: """
                One source, five or more ports or hosts within minutes, one shape of packet, one \
                or two packets for each, no data, nothing before and nothing after.

                    scanner 198.51.100.23         firewall            192.0.2.10
                      |-- A  to port 22   seq 0 --x |                     |
                      |-- A  to port 25   seq 0 --x |                     |
                      |-- A  to port 80   seq 0 --x |                     |
                      |-- A  to port 443  seq 0 --x |                     |
                       same source port, same ack, window 1024, no options

                The tools' handwriting, in logs that have these fields:
                - nmap: window 1024, no TCP options (a SYN has the MSS alone), no DF, TTL 37 to \
                59 as sent; -sA and -sM with sequence number 0; the same ack or seq number in all \
                probes of a try, from one source port.
                - zmap's syn-ack: window 65535, only an MSS, ports 32768 to 61000.
                - hping3 as it comes: window 512, no options, source port counting up by 1.
                - A real stack in mid-stream has other windows, mostly timestamps, and a TTL \
                that started at 64, 128 or 255.

                Any address may be forged (nmap -D mixes in decoys), so the source is a hint, not \
                a proof.

                In a capture an ACK probe is `Flags [.]`, a Xmas probe `[FPU]`, a NULL probe \
                `[none]`, all of length 0 and never twice with another answer in between. What \
                the firewall lets through is answered by R from open and closed ports alike \
                (ACK), or from closed ones only (FIN, NULL, Xmas): that is what the scanner \
                reads.
                """,
            howToConfirm: """
                - Count by source: how many different destination ports and hosts, how many \
                packets for each. Many and one: a scan.
                - See whether anything of these addresses and ports ever passed or was open: \
                `pfctl -ss | grep 198.51.100.23`; `conntrack -L -s 198.51.100.23`; `show conn \
                address 198.51.100.23`. A scan has nothing.
                - Read the packets: `tcpdump -vnni em0 'src host 198.51.100.23 and tcp'` (-v for \
                TTL, id and options). ACKs of nmap: `'tcp[tcpflags] = tcp-ack and tcp[4:4] = 0 \
                and tcp[14:2] = 1024'`. Null: `'tcp[tcpflags] = 0'`. Xmas: `'tcp[13] = 41'`.
                - From inside? Ask who runs a vulnerability scanner, an inventory or a monitoring \
                tool: they do just this, by appointment.
                - Did anything answer? Look for RSTs from inside to that source: then probes get \
                through somewhere.
                """,
            whatToDo: """
                Blocked is done: every public address is scanned, every day. For a source outside \
                there is no more to do, and complaining about one of thousands changes nothing.

                - Make sure that the probes get no answer: no RST from inside to the scanner, no \
                rule that passes NEW without a SYN.
                - If one source keeps on, or your log drowns, drop its network early and count \
                instead of logging; an intrusion detection may do so by itself. Do not ban by \
                single packets: with forged sources that lets a stranger decide whom you ban.
                - Look at what *passed* from the same source: a SYN to an open port right after \
                the scan is the next step.
                - A source *inside* that nobody can name is the serious case: treat the host as \
                taken over until shown otherwise.
                """,
            lookAlikes: [
                (
                    .backscatter,
                    "SA, R, RA from *service* ports of many or few hosts to random ports: "
                        + "answers, not questions; SA repeated at 1, 3, 7 s"
                ),
                (
                    .lateClose,
                    "FA of a connection that stood: known ports, continuing numbers, timestamps, "
                        + "repeated at doubling gaps"
                ),
                (
                    .asymmetricRouting,
                    "SA repeated with one sequence number, all to one network of living clients"
                ),
                (
                    .stateLoss,
                    "many connections at once too, but with data, from many sources, at one moment"
                ),
                (.spoofedFlags, "impossible flags, but single packets with no spread"),
                (.policy, "lone SYNs, however many: no strays, whatever scans with them"),
            ],
            collect: [
                "For one source: the number of different destination ports and hosts, and whether "
                    + "any connection of it ever stood.",
                "Sequence number, window, TTL and TCP options of two probes.",
            ],
            references: [
                "Nmap Reference Guide: Port Scanning Techniques (-sA, -sW, -sM, -sN, -sF, -sX); "
                    + "OS Detection, TCP/IP fingerprinting methods",
                "nmap scan_engine_raw.cc: sendIPScanProbe(); libnetutil/netutil.cc: build_tcp_raw()",
                "zmap src/probe_modules/module_tcp_synackscan.c",
                "RFC 9293 §3.10.7.1 (a closed port answers RST), §3.10.7.2 (LISTEN)",
                "Linux net/netfilter/nf_conntrack_proto_tcp.c: tcp_valid_flags[], tcp_new()",
                "FreeBSD sys/netpfil/pf/pf_norm.c: pf_normalize_tcp()",
            ]
        )
    }
}
