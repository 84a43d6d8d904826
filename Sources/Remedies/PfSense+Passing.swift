// pfSense: the rules that let packets through, and the cases where the packet itself was refused.
// Read PfSense.swift first.

import Causes

// MARK: Asymmetric routing

extension PfSense {
    func asymmetric(_ variant: Variant?) -> [Remedy] {
        switch variant {
        case "same-interface": [.mendSameInterface, sameInterface, sloppy]
        case "multi-wan": [.mendMultiWAN, replyTo, floatingStates]
        default: [.mend(variant), sloppy]
        }
    }

    private var sameInterface: Remedy {
        Remedy(
            "Let static routes turn around on their interface",
            [
                "System > Advanced > Firewall & NAT > Static route filtering: select Bypass "
                    + "firewall rules for traffic on the same interface. Save.",
                "The route to {server} must be one of System > Routing > Static Routes.",
            ],
            cost: "Between the network of {interface} and every network of its static routes, no "
                + "rule and no sequence check applies any more.",
            check: [
                "`pfctl -sr | grep sloppy` shows rules between the two networks.", Remedy.gone,
            ], undo: ["Clear the box, Save. States made meanwhile stay until they end."])
    }

    var sloppy: Remedy {
        Remedy(
            "Track these two networks without sequence checks",
            [
                "Firewall > Rules > {interface}, Add at the top: Action Pass, Protocol TCP, Source "
                    + "{client}, Destination {server}, Display Advanced > TCP Flags: Any flags, "
                    + "State type: Sloppy.",
                "Firewall > Rules > Floating, Add the same with Quick, Direction out, and the "
                    + "interface that the packets leave by; where that one has a gateway, also "
                    + "Disable reply-to.",
                "If the strays are the answers: both rules once more, Source {server}, Destination "
                    + "{client}. Save, Apply Changes.",
            ],
            cost: "Between these two, any TCP packet opens a state and forged packets inside a "
                + "connection pass: no opening and no sequence number is checked.",
            check: ["`pfctl -vvss | grep -A 3 -F {client}`: the states say sloppy.", Remedy.gone],
            undo: [
                Self.undoRule,
                "`pfctl -k {client} -k {server}` ends the states that the rules "
                    + "made, and the connections with them.",
            ])
    }

    private var replyTo: Remedy {
        Remedy(
            "Send answers back by the line that the opening came from",
            [
                "System > Advanced > Firewall & NAT > Disable reply-to: not selected.",
                "Interfaces > {interface}: the line has its own gateway chosen there; without one "
                    + "its rules carry no reply-to.",
                "The pass rule must stand on that interface's own tab, with Disable reply-to not "
                    + "selected in it; a rule of an interface group, or a floating one of several "
                    + "interfaces, gives no reply-to.",
            ],
            check: [
                "`pfctl -sr | grep reply-to` shows the rules of {interface} with "
                    + "its gateway.", Remedy.gone,
            ],
            undo: [
                "Select Disable reply-to again where it was selected, or take the "
                    + "gateway out of the interface."
            ])
    }

    private var floatingStates: Remedy {
        Remedy(
            "Let these states match on every interface, if it began with an upgrade",
            [
                "Since pfSense Plus 24.03 and CE 2.8.0 a state matches only on the interface that "
                    + "made it. The pass rule for {server} port {port} > Display Advanced > State "
                    + "Policy: Floating States. Save, Apply Changes.",
                "For all rules: System > Advanced > Firewall & NAT > Firewall State Policy: "
                    + "Floating States.",
            ],
            cost: "Packets of such a connection are accepted from any interface.",
            check: [
                "`pfctl -ss | grep -F {client}`: the line of a new state begins "
                    + "with all, and not with an interface.", Remedy.gone,
            ],
            undo: [
                "Set State Policy back to Default (the global one to Interface "
                    + "Bound States), Apply Changes."
            ])
    }
}

// MARK: Not TCP

extension PfSense {
    var untracked: Remedy {
        Remedy(
            "Pass this traffic without a state, between these two only",
            [
                "Firewall > Rules, the interface of {client}, Add at the top: Action Pass, "
                    + "Protocol TCP, Source {client}, Destination {server} port {port}, Display "
                    + "Advanced > TCP Flags: Any flags, State type: None.",
                "The interface of {server}, the mirror of it: Source {server} port {port}, "
                    + "Destination {client}, the same flags and type.",
                "Firewall > Rules > Floating: both once more with Quick and Direction out. Save, "
                    + "Apply Changes.",
                "Try State type Sloppy in one rule first: it often suffices, and keeps a state.",
            ],
            cost: "Every packet between these two on that port passes in both directions, whoever "
                + "sent it; no NAT is done for it.",
            check: [
                "`pfctl -sr | grep 'no state'` shows the four rules; `pfctl -vvsr` "
                    + "counts packets on each.", Remedy.gone,
            ], undo: [Self.undoRule])
    }
}

// MARK: The packet itself

extension PfSense {
    func anomaly(_ variant: Variant?) -> [Remedy] {
        switch variant {
        case "ip-options": [allowOptions, quietOptions]
        case "fragment": [.findFragmentation, fragments]
        case "checksum": [.findDamage, offload]
        case "normalize": [.findForger, normalized]
        default: [.findDamage]
        }
    }

    private var allowOptions: Remedy {
        Remedy(
            "Allow IP options for the traffic that needs them",
            [
                "IGMP and other multicast control carry an option by design: decide whether anyone "
                    + "behind {interface} needs it. If not, leave it blocked.",
                "If so: Firewall > Rules > {interface}, the pass rule for that protocol (not for "
                    + "TCP) > Display Advanced > Allow IP options. Save, Apply Changes.",
            ],
            cost: "Packets of that rule may carry any IP option, source routing among them.",
            check: ["`pfctl -sr | grep allow-opts` shows the rule.", Remedy.gone],
            undo: ["Clear Allow IP options in that rule, Apply Changes."])
    }

    private var quietOptions: Remedy {
        Remedy(
            "Stop logging packets with IP options, and nothing else",
            [
                "Status > System Logs > Settings > Packets blocked due to IP options: not "
                    + "selected. Save. Older releases have no such box: leave Default firewall "
                    + "\"block\" rules selected there."
            ], cost: "Source routing and other probes by options leave no line on any interface.",
            check: [Remedy.silent], undo: ["Select the box again, Save."])
    }

    private var fragments: Remedy {
        Remedy(
            "See that fragments are put together before the rules",
            [
                "System > Advanced > Firewall & NAT: the scrub is not disabled.",
                "On the same page look for IP Do-Not-Fragment compatibility, for senders that cut "
                    + "packets marked not to be cut, and for Firewall Maximum Fragment Entries.",
                "For tunnels: Interfaces > {interface} > MSS, so that TCP stays below the path's "
                    + "MTU.",
            ], check: ["`pfctl -si | grep fragment`: the counter stands still.", Remedy.gone],
            undo: [
                "Clear IP Do-Not-Fragment compatibility and the interface's MSS "
                    + "again, Apply Changes."
            ])
    }

    private var offload: Remedy {
        Remedy(
            "Rule out the network card",
            [
                "System > Advanced > Networking: select Disable hardware checksum offload, and see "
                    + "whether the lines stop.",
                "A capture on the sending machine shows wrong checksums where its card fills them "
                    + "in: judge by a capture on the receiver.",
            ], cost: "The processor computes the checksums: less throughput on slow machines.",
            check: [
                "`ifconfig {interface}`: RXCSUM and TXCSUM are gone from its "
                    + "options. It needs a restart of the interface or of the machine.",
                Remedy.gone,
            ], undo: ["Clear the box, and restart."])
    }

    private var normalized: Remedy {
        Remedy(
            "Leave the scrub on",
            [
                "It refuses flags that no stack sends. `pfctl -si | grep normalize` counts them; "
                    + "without log on the scrub rule most of them leave no line."
            ])
    }
}

// MARK: Policy

extension PfSense {
    func policy(_ variant: Variant?) -> [Remedy] {
        switch variant {
        case "anti-spoofing": [spoofing]
        case "limit": [limits]
        case "other-protocol": [passRule("the protocol and port of the line")]
        case "tcp": [knowTheFlags, passRule("TCP")]
        default: [passRule("TCP")]
        }
    }

    private func passRule(_ proto: String) -> Remedy {
        Remedy(
            "Allow it, if it is wanted",
            [
                "Decide whether {client} should reach {server} port {port} at all: this is the "
                    + "rules' own decision and not a fault.",
                "If so: Firewall > Rules > {interface}, Add above the rule that refuses it: Action "
                    + "Pass, Protocol \(proto), Source {client}, Destination {server}, Destination "
                    + "Port {port}. Save, Apply Changes.",
                "For a port forward the rule names the inside address: translation comes first.",
                "If it is only noise: the same with Action Block and without Log.",
            ], cost: "A pass rule opens the service to everyone its Source names.",
            check: [
                "{client} reaches {server} port {port}; `pfctl -vvsr` counts "
                    + "packets on the rule."
            ], undo: [Self.undoRule])
    }

    private var knowTheFlags: Remedy {
        Remedy(
            "Find out the TCP flags first",
            [
                "Read the raw line (`grep -F {client} /var/log/filter.log`): the flags stand after "
                    + "the data length. Only a lone S is a matter of the rules."
            ])
    }

    private var spoofing: Remedy {
        Remedy(
            "Find out why this source comes in here",
            [
                "A private or unassigned source on an outside line is refused by Interfaces > "
                    + "{interface} > Block private networks, or Block bogon networks.",
                "If {client} belongs there (a provider's private range, a router before this one): "
                    + "clear that one box. Otherwise leave it: the source is forged or leaks.",
            ], cost: "Without the box, forged private sources reach the rules of that interface.",
            check: [Remedy.gone], undo: ["Select the box again, Save, Apply Changes."])
    }

    private var limits: Remedy {
        Remedy(
            "Find the limit, and who fills it",
            [
                "The reason in the line tells it: state-limit and src-limit are the rule's own "
                    + "(Display Advanced > Max. states, Max. src nodes and the like), memory is "
                    + "the whole table.",
                "Diagnostics > States Summary shows which host holds most states. Mend that host "
                    + "before raising anything.",
                "Raise it in the rule; for the table: System > Advanced > Firewall & NAT > "
                    + "Firewall Maximum States.",
            ], cost: "Higher limits let one host take more of the memory that all share.",
            check: ["`pfctl -si` and `pfctl -sm`: current entries stay below the limit."],
            undo: [
                "Set the old limit again: it stands in the field, or empty for the "
                    + "default."
            ])
    }
}
