// Cisco ASA: what passes without connection state, and the cases where the packet itself or the
// access lists were to blame. Read CiscoASA.swift first.

import Causes

// MARK: Asymmetric routing, and what is no TCP

extension CiscoASA {
    func asymmetric(_ variant: Variant?) -> [Remedy] {
        switch variant {
        case "same-interface": [.mendSameInterface, hairpin, bypass(port: "")]
        case "multi-wan": [.mendMultiWAN, zones, bypass(port: "")]
        default: [.mend(variant), bypass(port: "")]
        }
    }

    func bypass(port: String) -> Remedy {
        let mirror = "access-list AROUND extended permit tcp {server}\(port) {client}"
        return Remedy(
            "Pass these two without connection state, in both directions",
            serviceClass(
                "AROUND", port: port, setting: "set connection advanced-options tcp-state-bypass")
                + [
                    "The mirror of it: `\(mirror)`. Where two units share the traffic: on both.",
                    "`show asp drop` tells whether first packets that are no SYN are still "
                        + "dropped.",
                ],
            cost: "No inspection, no normaliser and no sequence check between these two: any "
                + "packet that the access lists permit passes. Idle ones go after an hour.",
            check: [
                "`show conn address {client} address {server}`: the flag b marks "
                    + "connections with bypassed state; `show asp drop`: first packets "
                    + "that are no SYN stand still.", Remedy.gone,
            ], undo: [Self.noForms])
    }

    private var hairpin: Remedy {
        Remedy(
            "Let traffic turn around on {interface}",
            [
                "Look for `same-security-traffic permit intra-interface` in `show running-config "
                    + "same-security-traffic`; without it the SYN itself is refused."
            ], cost: "Traffic between hosts of one interface may then pass the firewall.",
            check: [
                "`packet-tracer input {interface} tcp {client} 40000 {server} "
                    + "{port}` ends with allow.", Remedy.gone,
            ], undo: ["`no same-security-traffic permit intra-interface`"])
    }

    private var zones: Remedy {
        Remedy(
            "Let both lines be one to the connection table",
            [
                "Look for traffic zones: with both interfaces in one zone (`zone <name>`, then "
                    + "`zone-member <name>` on each), an answer may come in by either."
            ], cost: "Both interfaces need the same security level and the same access rules.",
            check: ["`show zone` lists both interfaces.", Remedy.gone],
            undo: ["`no zone-member` on each interface, `no zone <name>`."],
            unconfirmed: "tried on no device: look at your release's page on traffic zones.")
    }
}

// MARK: The packet itself, and policy

extension CiscoASA {
    func anomaly(_ variant: Variant?) -> [Remedy] {
        switch variant {
        case "ip-options": [ipOptions]
        case "fragment": [.findFragmentation, fragments]
        case "normalize": [.findForger]
        default: [.findDamage]
        }
    }

    private var ipOptions: Remedy {
        Remedy(
            "Allow the one IP option that is needed",
            [
                "Decide whether anyone behind {interface} needs it. If not, leave it refused.",
                "If so: `policy-map type inspect ip-options OPTIONS`, in it `parameters`, in it "
                    + "`router-alert action allow` (or the option that the message names).",
                "`policy-map global_policy`, `class inspection_default`, `no inspect ip-options`, "
                    + "`inspect ip-options OPTIONS`.",
            ], cost: "That option passes in every direction, for everyone.",
            check: ["`show service-policy inspect ip-options` counts what was allowed."],
            undo: [
                "`policy-map global_policy`, `class inspection_default`, `no "
                    + "inspect ip-options OPTIONS`, `inspect ip-options`; then `no "
                    + "policy-map type inspect ip-options OPTIONS`."
            ])
    }

    private var fragments: Remedy {
        Remedy(
            "See why fragments are not put together",
            [
                "`show fragment {interface}`: Fail and Overflow must not rise. `fragment chain` is "
                    + "24 unless changed; 1 refuses every fragment.",
                "`sysopt connection tcpmss 1350` keeps TCP through tunnels below the path's MTU.",
            ], check: ["`show fragment {interface}`: Fail and Overflow stand still.", Remedy.gone],
            undo: ["`sysopt connection tcpmss 1380`, the usual value."])
    }

    func policy(_ variant: Variant?) -> [Remedy] {
        switch variant {
        case "anti-spoofing": [spoofing]
        case "limit": [limits]
        case "other-protocol": [allow("<protocol>")]
        case "tcp": [knowTheFlags, allow("tcp")]
        default: [allow("tcp")]
        }
    }

    private func allow(_ proto: String) -> Remedy {
        let port = proto == "tcp" ? " eq {port}" : ""
        let trace =
            proto == "tcp"
            ? "`packet-tracer input {interface} tcp {client} 40000 {server} {port}` shows which "
                + "step refuses it."
            : "`packet-tracer input {interface}` with the protocol of the message shows which step "
                + "refuses it."
        return Remedy(
            "Allow it, if it is wanted",
            [
                "Decide whether {client} should reach {server} at all: this is the rules' own "
                    + "decision and not a fault.",
                trace,
                "If so: `access-list <name> line 1 extended permit \(proto) {client} "
                    + "{server}\(port)`, each end written as `host` and its address, or as network "
                    + "and mask, with the name that `show running-config access-group` gives for "
                    + "{interface}. Since 8.3 it names the real address, not the translated one.",
            ], cost: "The line opens the service to everyone its source names.",
            check: [
                "{client} reaches it, and `show access-list <name>` counts hits on "
                    + "the line."
            ], undo: ["The same line with `no` before it."])
    }

    private var knowTheFlags: Remedy {
        Remedy(
            "Find out the TCP flags first",
            [
                "106023 does not tell them, and 106100 may say permitted of a packet that is then "
                    + "denied as having no connection. `capture dropped type asp-drop all` and "
                    + "`show capture dropped | include {client}` tell them."
            ])
    }

    private var spoofing: Remedy {
        Remedy(
            "Find out why this source comes in here",
            [
                "`show route` for {client}: `ip verify reverse-path interface {interface}` refuses "
                    + "a source that is routed by another interface.",
                "If it belongs there, add the route: `route {interface} <network> <mask> "
                    + "<gateway>`. Otherwise leave it: the source is forged or leaks.",
            ], check: ["`show ip verify statistics`: the drops stand still.", Remedy.gone],
            undo: ["`no route {interface} <network> <mask> <gateway>`"])
    }

    private var limits: Remedy {
        Remedy(
            "Find the limit, and who fills it",
            [
                "`show running-config all policy-map | include conn-max|embryonic` shows the "
                    + "limits, `show conn count` and `show resource usage` the use.",
                "`show local-host | include host|count` shows which host holds most. Mend that "
                    + "host before raising anything.",
            ], cost: "Higher limits let one host take more of the memory that all share.",
            check: [
                "`show conn count` and `show resource usage` stay below the limits.", Remedy.gone,
            ], undo: ["Set the old limit again."])
    }
}
