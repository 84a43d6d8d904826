// pf by hand: rules that let packets through, and the cases where the packet itself or the rules
// were to blame. Read PF.swift first.

import Causes

// MARK: Asymmetric routing, and what is no TCP

extension PF {
    func asymmetric(_ variant: Variant?) -> [Remedy] {
        variant == "multi-wan"
            ? [.mendMultiWAN, replyTo, floatingStates] : [.mend(variant), sloppy]
    }

    var sloppy: Remedy {
        lines(
            "Track these two networks without sequence checks",
            "before the rules that pass them now",
            [
                "pass in quick on {interface} proto tcp from {client} to {server} flags any keep "
                    + "state (sloppy)",
                "pass out quick proto tcp from {client} to {server} flags any keep state (sloppy)",
            ],
            more: [
                "If the strays are the answers: both once more with {server} and {client} turned "
                    + "around."
            ],
            cost: "Between these two, any TCP packet opens a state and forged packets inside a "
                + "connection pass: no opening and no sequence number is checked.",
            check: ["`pfctl -vvss | grep -A 3 -F {client}`: the states say sloppy.", Remedy.gone])
    }

    private var replyTo: Remedy {
        lines(
            "Send answers back by the line that the opening came from",
            "in place of the rule that lets them in",
            [
                "pass in quick on {interface} reply-to ({interface} <gateway>) proto tcp from any "
                    + "to {server} port {port} flags S/SA keep state"
            ],
            more: [
                "With the gateway of that line. OpenBSD since 6.9 takes the gateway alone: "
                    + "`reply-to <gateway>`."
            ],
            check: [
                "`tcpdump -ni {interface} host {client}` shows the answers leave by it.",
                Remedy.gone,
            ], unconfirmed: "the form of OpenBSD was tried nowhere.")
    }

    private var floatingStates: Remedy {
        lines(
            "Let states match on every interface", "at the top", ["set state-policy floating"],
            more: ["It is the default: look for `set state-policy if-bound` and for `if-bound`."],
            cost: "Packets of a connection are accepted from any interface.",
            check: [
                "`pfctl -ss | grep -F {client}`: the line of a new state begins with all.",
                Remedy.gone,
            ])
    }

    var untracked: Remedy {
        lines(
            "Pass this traffic without a state, between these two only",
            "before every other rule about them",
            [
                "pass quick proto tcp from {client} to {server} port {port} flags any no state",
                "pass quick proto tcp from {server} port {port} to {client} flags any no state",
            ],
            more: [
                "Without `in` and `on` each holds on both interfaces. Try `keep state (sloppy)` "
                    + "for `no state` first: it often suffices, and keeps a state."
            ],
            cost: "Every packet between these two on that port passes in both directions, whoever "
                + "sent it; no NAT is done for it.",
            check: [
                "`pfctl -ss | grep -F {client}` shows no state for that port.", Remedy.gone,
            ])
    }
}

// MARK: The packet itself

extension PF {
    func anomaly(_ variant: Variant?) -> [Remedy] {
        switch variant {
        case "ip-options": [allowOptions]
        case "fragment": [.findFragmentation, fragments]
        case "normalize": [.findForger, keepScrub]
        default: [.findDamage]
        }
    }

    private var allowOptions: Remedy {
        lines(
            "Allow IP options for the traffic that needs them", "before the rules that block it",
            ["pass in quick on {interface} proto igmp from any to any allow-opts"],
            more: [
                "IGMP and other multicast control carry an option by design: decide whether anyone "
                    + "behind {interface} needs it. If not, leave it blocked."
            ], cost: "Packets of that rule may carry any IP option, source routing among them.",
            check: [Remedy.gone])
    }

    private var fragments: Remedy {
        lines(
            "Put fragments together before the rules, and keep TCP below the path's MTU",
            "before translation and filter rules (FreeBSD)",
            [
                "scrub in on {interface} all fragment reassemble",
                "scrub on {interface} max-mss 1380",
            ],
            more: [
                "OpenBSD puts fragments together unless `set reassemble no` is there, and clamps "
                    + "by `match on {interface} scrub (max-mss 1380)`."
            ],
            cost: "With max-mss, segments on {interface} are smaller than they could be.",
            check: ["`pfctl -si | grep fragment`: the counter stands still.", Remedy.gone])
    }

    private var keepScrub: Remedy {
        Remedy(
            "Leave the scrub on",
            [
                "It refuses flags that no stack sends. `pfctl -si | grep normalize` counts them; "
                    + "without log on the scrub rule most of them leave no line."
            ])
    }
}

// MARK: Policy

extension PF {
    func policy(_ variant: Variant?) -> [Remedy] {
        switch variant {
        case "anti-spoofing": [spoofing]
        case "limit": [limits]
        case "other-protocol": [allow("<protocol>", port: "")]
        case "tcp": [knowTheFlags, allow("tcp", port: " port {port}")]
        default: [allow("tcp", port: " port {port}")]
        }
    }

    private func allow(_ proto: String, port: String) -> Remedy {
        let flags = proto == "tcp" ? " flags S/SA" : ""
        return lines(
            "Allow it, if it is wanted", "before the rule that refuses it",
            [
                "pass in quick on {interface} proto \(proto) from {client} to {server}\(port)"
                    + "\(flags) keep state"
            ],
            more: [
                "Decide first whether {client} should reach {server} so at all: this is the rules' "
                    + "own decision and not a fault. Where it leaves, a `pass out` has to allow it "
                    + "too."
            ], cost: "A pass rule opens the service to everyone its source names.",
            check: ["{client} reaches {server}, and a host beside {client} does not."])
    }

    private var knowTheFlags: Remedy {
        Remedy(
            "Find out the TCP flags first",
            [
                "`tcpdump -nvr /var/log/pflog host {client}`: the flags stand in brackets. Only a "
                    + "lone [S] is a matter of the rules."
            ])
    }

    private var spoofing: Remedy {
        Remedy(
            "Find out why this source comes in here",
            [
                "`pfctl -sr | grep -F {interface}` shows what `antispoof` and `urpf-failed` "
                    + "became; `route -n get {client}` names the interface that {client} belongs "
                    + "to.",
                "If it belongs to {interface}, add the missing route: `route add {client} "
                    + "<gateway>`. Otherwise leave it: the source is forged or leaks.",
            ], check: ["`route -n get {client}` names {interface}.", Remedy.gone],
            undo: ["`route delete {client} <gateway>`"])
    }

    private var limits: Remedy {
        Remedy(
            "Find the limit, and who fills it",
            [
                "`pfctl -vvsr` shows the rule's own: max, max-src-nodes, max-src-states, "
                    + "max-src-conn, max-src-conn-rate; `pfctl -sm` the whole table's.",
                "`pfctl -ss` shows which host holds most states. Mend that host before raising "
                    + "anything in /etc/pf.conf; then `pfctl -f /etc/pf.conf`.",
            ], cost: "Higher limits let one host take more of the memory that all share.",
            check: ["`pfctl -si`: current entries stay below the limit.", Remedy.gone],
            undo: ["Write the old limit into /etc/pf.conf, and `pfctl -f /etc/pf.conf`."])
    }
}
