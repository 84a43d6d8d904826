// OPNsense: the rules that let packets through, and the cases where the packet itself was refused.
// Read OPNsense.swift first.

import Causes

// MARK: Asymmetric routing

extension OPNsense {
    func asymmetric(_ variant: Variant?) -> [Remedy] {
        switch variant {
        case "same-interface": [.mendSameInterface, sameInterface, sloppy]
        case "multi-wan": [.mendMultiWAN, replyTo, unbound]
        default: [.mend(variant), sloppy]
        }
    }

    private var sameInterface: Remedy {
        Remedy(
            "Let static routes turn around on their interface",
            [
                "Firewall > Settings > Advanced > Static route filtering: select Bypass firewall "
                    + "rules for traffic on the same interface. Save.",
                "The route to {server} must be one of System > Routes > Configuration. A block "
                    + "rule of your own still wins: these pass rules are not quick.",
            ],
            cost: "Between the network of {interface} and every network of its static routes, no "
                + "opening and no sequence number is checked any more.",
            check: [
                "`pfctl -sr | grep sloppy` shows rules between the two networks.", Remedy.gone,
            ], undo: ["Clear the box, Save. States made meanwhile stay until they end."])
    }

    var sloppy: Remedy {
        Remedy(
            "Track these two networks without sequence checks",
            [
                "Firewall > Rules > {interface}, Add at the top: Action Pass, Direction in, "
                    + "Protocol TCP, Source {client}, Destination {server}, State type: sloppy.",
                "In the same rule look for TCP flags any (older releases: "
                    + "advanced > TCP flags: any): without it the rule still wants a SYN.",
                "On the interface that the packets leave by, the same with Direction out; where "
                    + "that one has a gateway, also disable reply-to in the rule.",
                "If the strays are the answers: both rules once more, Source {server}, Destination "
                    + "{client}. Save, Apply changes.",
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
                "Firewall > Settings > Advanced > Disable reply-to: not selected.",
                "Interfaces > {interface}: the line has its own gateway, and the pass rule for "
                    + "{server} port {port} stands on that interface.",
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

    private var unbound: Remedy {
        Remedy(
            "Let states match on every interface",
            [
                "Firewall > Settings > Advanced > Bind states to interface: not selected, as it is "
                    + "unless someone changed it."
            ],
            cost: "Packets of a connection are accepted from any interface.",
            check: [
                "`pfctl -ss | grep -F {client}`: the line of a new state begins "
                    + "with all, and not with an interface.", Remedy.gone,
            ], undo: ["Select it again, Save."])
    }
}

// MARK: Not TCP

extension OPNsense {
    var untracked: Remedy {
        Remedy(
            "Pass this traffic without a state, between these two only",
            [
                "Firewall > Rules, the interface of {client}, Add at the top: Action Pass, "
                    + "Direction in, Protocol TCP, Source {client}, Destination {server} port "
                    + "{port}, State type: none, and look for TCP flags any (older: advanced > TCP "
                    + "flags: any).",
                "The interface of {server}, the mirror of it: Source {server} port {port}, "
                    + "Destination {client}, the same flags and type.",
                "Both once more with Direction out, each on the other interface. Save, Apply "
                    + "changes.",
                "Try State type sloppy in one rule first: it often suffices, and keeps a state.",
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

extension OPNsense {
    func anomaly(_ variant: Variant?) -> [Remedy] {
        switch variant {
        case "ip-options": [allowOptions]
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
                    + "TCP): look for allow options among its advanced options.",
            ],
            cost: "Packets of that rule may carry any IP option, source routing among them.",
            check: ["`pfctl -sr | grep allow-opts` shows the rule.", Remedy.gone],
            undo: ["Clear the option in that rule, Apply changes."],
            unconfirmed: "where newer releases show the option was not looked up.")
    }

    private var fragments: Remedy {
        Remedy(
            "See that fragments are put together before the rules",
            [
                "Firewall > Settings > Normalization: the interface scrub is not disabled. Look "
                    + "there for the setting about Do-Not-Fragment, for senders that cut packets "
                    + "marked not to be cut.",
                "For tunnels: Interfaces > {interface} > MSS, so that TCP stays below the path's "
                    + "MTU.",
            ], check: ["`pfctl -si | grep fragment`: the counter stands still.", Remedy.gone],
            undo: ["Set the normalization and the interface's MSS back, Apply changes."])
    }

    private var offload: Remedy {
        Remedy(
            "Rule out the network card",
            [
                "Interfaces > Settings: look for Hardware CRC, disable the checksum offload, and "
                    + "see whether the lines stop.",
                "A capture on the sending machine shows wrong checksums where its card fills them "
                    + "in: judge by a capture on the receiver.",
            ],
            cost: "The processor computes the checksums: less throughput on slow machines.",
            check: [
                "`ifconfig {interface}`: RXCSUM and TXCSUM are gone from its "
                    + "options.", Remedy.gone,
            ], undo: ["Clear the box, Save, and restart."])
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

extension OPNsense {
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
                    + "Pass, Direction in, Protocol \(proto), Source {client}, Destination "
                    + "{server}, Destination port {port}. Save, Apply changes.",
                "For a port forward the rule names the inside address: translation comes first.",
                "If it is only noise: the same with Action Block and without Log.",
            ],
            cost: "A pass rule opens the service to everyone its Source names.",
            check: [
                "{client} reaches {server} port {port}; `pfctl -vvsr` counts "
                    + "packets on the rule."
            ], undo: [Self.undoRule])
    }

    private var knowTheFlags: Remedy {
        Remedy(
            "Find out the TCP flags first",
            [
                "Firewall > Log Files > Live View shows them in the details of a row; so does the "
                    + "raw line (`grep -rF {client} /var/log/filter`). Only a lone S is a matter "
                    + "of the rules."
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
            ],
            cost: "Without the box, forged private sources reach the rules of that interface.",
            check: [Remedy.gone], undo: ["Select the box again, Save, Apply changes."])
    }

    private var limits: Remedy {
        Remedy(
            "Find the limit, and who fills it",
            [
                "The reason in the line tells it: state-limit and src-limit are the rule's own "
                    + "(look for Max states and the like), memory is the whole table. Such a "
                    + "line can say \"pass\" of a packet that was dropped.",
                "Firewall > Diagnostics > Statistics or `pfctl -ss` shows which host holds most "
                    + "states. Mend that host before raising anything.",
                "Raise it in the rule; for the table: Firewall > Settings > Advanced > Maximum "
                    + "states.",
            ],
            cost: "Higher limits let one host take more of the memory that all share.",
            check: ["`pfctl -si` and `pfctl -sm`: current entries stay below the limit."],
            undo: [
                "Set the old limit again: it stands in the field, or empty for the "
                    + "default."
            ])
    }
}
