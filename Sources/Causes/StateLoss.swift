// state-loss: the firewall lost its states.

import Evidence
import Facts

public struct StateLoss: Cause {
    public init() {}
    public var id: CauseID { .stateLoss }

    public var usualHarm: Harm { .tune }

    public func subject(_ matter: Matter) -> Subject {
        .interface(matter.key.interface, node: matter.key.node)
    }

    public func weigh(_ matter: Matter, _ ledger: inout Ledger) {
        // The opposite picture: those open go on, and new ones find no room.
        ledger.add(
            if: matter.key.kind == .syn
                && (matter.key.reason == .memory || matter.key.reason == .tableFull), .overruling,
            "the firewall itself says that it had no room for another state")
        guard matter.key.kind == .stray else { return }
        ledger.add(
            if: matter.has(.closedFlushed) && !matter.has(.strayedBeforeClose), .decisive,
            "the firewall itself says that the state was removed, by hand or by a failover")
        ledger.add(
            if: matter.has(.closedFlushed) && (matter.has(.goesOn) || matter.shows(.unslowed)),
            -.decisive,
            "it went on as if nothing had happened; TCP whose state is lost repeats, and gives up")
        // Another node had let it through for a while, so the two did not share their states.
        let tookOver =
            matter.has(.passedOtherNode) && matter.has(.opened)
            && matter.key.sinceOpening.isAtLeast(10) && !matter.has(.elsewhere)
            && !matter.classes.has(.synAck)
        ledger.add(
            if: tookOver, .good,
            "it had passed through another node for a while: this one took over without its state")
        ledger.add(
            if: matter.shows(.progressed) && matter.key.sinceOpening.isBelow(28)
                && !matter.isClosingOnly && !matter.has(.closed) && !matter.looksMade
                && matter.has(.repeated) && !matter.isCrowd && !matter.shows(.passesOn)
                && !matter.shows(.answeredElsewhere)
                && !matter.has(.openedElsewhere) && !matter.has(.passedOtherNode), .strong,
            "by its numbers data had flowed since its opening, seconds before: no timer is that "
                + "short")
        // No timer of any firewall is that short.
        ledger.add(
            if: matter.shows(.sawPackets) && !matter.shows(.passesOn) && !matter.has(.passedFin)
                && !matter.has(.closed) && matter.heardWithin(28) && !matter.looksMade
                && !matter.has(.openedElsewhere) && !matter.shows(.answeredElsewhere)
                && !matter.has(.passedOtherNode), .strong,
            "both ends' packets had passed until moments before, and nothing had closed it")
        guard !matter.has(.closed), let burst = matter.burst, matter.strayedTogether else { return }
        // States are removed one by one, each by its own timer; together they go only when the
        // firewall loses them.
        let many = burst.connections >= 12 && burst.services >= 3
        // A FIN in the same minute may be a connection's own end.
        let isEnd = matter.isClosingOnly
        ledger.add(
            many ? (isEnd ? .strong : .decisive) : isEnd ? .good : .strong,
            "\(burst.connections) connections of \(burst.services) "
                + "service\(burst.services == 1 ? "" : "s") strayed within "
                + "the same minutes, as states do that are lost together")
        ledger.add(
            if: burst.facts.known * 2 >= burst.connections, .some,
            "most of them had passed before")
        weighAgainst(matter, &ledger)
    }

    private func weighAgainst(_ matter: Matter, _ ledger: inout Ledger) {
        ledger.add(
            if: matter.silentFor(matter.timers.established), -.good,
            "its own silence was long enough for the idle timeout")
        ledger.add(
            if: matter.has(.knowsAnswered) && !matter.has(.answered), -.strong,
            "it had never been answered: there was no state of a whole connection to lose")
        ledger.add(
            if: matter.isAlwaysPrevented && (matter.pair?.prevented ?? 0) >= 2, -.good,
            "of several connections between these hosts none worked, before or after")
        ledger.add(
            if: matter.livesElsewhere, -.strong, "it goes on elsewhere, whatever this firewall does"
        )
        ledger.add(
            if: matter.isCrowd && matter.has(.senderServes), -.good,
            "only this one service's connections strayed, and all at once")
        ledger.add(
            if: matter.looksMade, -.strong, "the packets look made by a tool, not by a stack")
    }
}

// Read first: Linux nf_conntrack_core.c early_drop(); FreeBSD pf.conf(5) "set timeout" adaptive.
extension StateLoss {
    public var page: CausePage {
        CausePage(
            summary: "the firewall lost its states at once: flush, reboot, failover or full table",
            whatHappened: """
                The connections were fine; the firewall forgot them. At one moment it lost its \
                table, a part of it, or the reason to believe in it. The ends know nothing of that \
                and go on talking, so every next packet is a stray until an end gives up and opens \
                anew.

                What loses states:
                - A reboot, a crash, a power cut, a firmware upgrade.
                - A flush: Reset States, pfctl -F states or -F all, conntrack -F, clear conn.
                - On Linux, unloading nf_conntrack (some init scripts do that when they restart \
                the firewall) or the end of a network namespace, as when a container restarts. A \
                masqueraded connection also goes when its interface goes down or changes its \
                address.
                - A failover to a node that did not have the states: synchronisation off, broken, \
                or not covering them. A Cisco ASA does not copy HTTP connections unless told; \
                FortiGate needs session-pickup; pfsync runs up to about a second behind.
                - A new WAN address or a gateway switch: the states of the old address are \
                useless, and pfSense can be set to kill them.
                - A policy installation or a zone change that ends running sessions.
                - A full table. New connections are refused, or old ones are thrown out for them.

                What does not: a reload of the rules keeps the states in pf (pfctl -f), and on \
                Linux even after nft flush ruleset. But while no rule on Linux uses connection \
                tracking, packets are not tracked at all.
                """,
            whyBlocked: """
                Data, ACKs and FINs are allowed because of the state, not because of the rule that \
                once let the SYN in. Without the state they meet the rules as first packets, and a \
                rule that opens connections takes only a SYN.

                Linux is kinder: with nf_conntrack_tcp_loose=1, its default, a lone ACK or data \
                packet makes a new entry, if a rule accepts NEW without asking for a SYN. There \
                only FIN, RST and SYN,ACK packets stray.

                A table close to its limit does the same more slowly. From 60 % of the limit pf \
                shortens every timer in proportion, down to none at 120 %: at 90 % an established \
                state lives 12 hours and not 24, at 100 % it lives 8. pfSense keeps these values, \
                OPNsense switches this off unless you set it. Linux at its limit evicts an entry \
                that is not yet assured or drops the new packet.
                """,
            howItLooks: """
                Many connections that have nothing in common stray within seconds: several \
                services, several peers, all flags, data among them. Before that moment they did \
                not stray. Then the number falls, as ends give up and reconnect: mostly within \
                minutes, for silent ones when they next speak.

                    12:00:07  filter restarted
                    12:00:07  PA  10.1.0.11:50233 > 198.51.100.20:443   open since 11:20
                    12:00:08  A   10.1.0.14:41022 > 198.51.100.9:22     open since 08:03
                    12:00:08  FA  198.51.100.31:993 > 10.1.0.12:49811   open since 11:58
                    12:00:09  PA  10.1.0.11:50233 > 198.51.100.20:443   the same, repeated
                    12:00:31  S   10.1.0.11:50301 > 198.51.100.20:443   passes: a new one

                After a failover the strays begin on the other node. After a change of address \
                they go to the old one. With a full table it is the other way round: new SYNs are \
                refused while old connections live on.

                In a log the event itself stands in another file: a reload, a failover, an \
                interface that came up, Linux `nf_conntrack: table full, dropping packet`. Look \
                for it in the minute before the first of the strays.

                In a capture on one side data of many connections is repeated at doubling gaps, \
                all beginning within one interval; on the other side all of them fall silent at \
                the same moment, with no FIN and no RST.
                """,
            howToConfirm: """
                Look for the event at the moment of the first strays, then for states that are \
                older. If none is, the table began there.

                    uptime
                    pfctl -si | head -3                          enabled for how long
                    pfctl -ss -v | grep -o 'age [0-9:]*' | sort | tail -3
                    pfctl -sm; pfctl -si | grep -e entries -e memory
                    show failover history; show version          (Cisco ASA)
                    get system ha status                         (FortiGate)

                On Linux:

                    journalctl -k | grep -i conntrack         "table full, dropping packet"
                    sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max
                    conntrack -S                              drop, early_drop, insert_failed

                In the system log look for: rules loaded, CARP or HA transition, gateway down, a \
                link that went and came, a new address by DHCP or PPP, a cron job at that minute.
                """,
            whatToDo: """
                Once, and with a known event: nothing. The connections come back by themselves. \
                Data is repeated for about 15 minutes by Linux and for 10 to 20 s by Windows \
                before an end gives up.

                Again and again: remove the event. Do not flush where a reload will do; do not let \
                a flapping gateway kill all states; synchronise states between the nodes and check \
                that they arrive; give the table room for twice its peak. Inside your own \
                networks, answer strays with a RST: clients then reconnect at once and do not wait \
                out their timers.
                """,
            lookAlikes: [
                (
                    .idleTimeout,
                    """
                    There each connection has its own silence, as long as the timer or longer. \
                    Here silences of all lengths end at one moment, busy connections included.
                    """
                ),
                (
                    .asymmetricRouting,
                    """
                    That strays all day, between the same networks, from the first packets on. A \
                    loss has a beginning and fades. A switch of gateway can cause both.
                    """
                ),
                (
                    .scan,
                    """
                    A scan comes from one source to ports that never worked, without data. After a \
                    loss the ports and peers are those that worked before.
                    """
                ),
                (
                    .lateClose,
                    """
                    FINs and RSTs all day, one connection at a time, each after its own close.
                    """
                ),
            ],
            collect: [
                """
                Uptime of the firewall and of its packet filter, times of reloads, failovers, \
                gateway and link events around the first stray, from every node.
                """,
                """
                The number of states over time against the limit, and the age of the oldest state.
                """,
            ],
            references: [
                "FreeBSD pf.conf(5), set timeout (adaptive.start, adaptive.end), set limit states",
                "FreeBSD pfctl(8), -F states; pfsync(4)",
                "Linux net/netfilter/nf_conntrack_core.c, early_drop() and __nf_conntrack_alloc()",
                "Linux Documentation/networking/nf_conntrack-sysctl.rst, nf_conntrack_max",
                "Linux net/netfilter/nf_nat_masquerade.c, masq_device_event()",
                "RFC 9293 §3.8.1 (retransmission), §3.8.3 (when an end gives up)",
                "Cisco ASA Series CLI Configuration Guide, Failover for High Availability",
                "FortiOS Administration Guide, HA session pickup",
                "Netgate pfSense documentation, High Availability and State Killing",
            ])
    }
}
