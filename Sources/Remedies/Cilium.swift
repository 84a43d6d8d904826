// What to do in a Kubernetes cluster with Cilium, as kubectl and hubble commands. Read
// Remedy+Common.swift first.
//
// Source: Cilium's agent options bpf-ct-timeout-regular-tcp (8000 seconds), -tcp-syn (60) and
// -tcp-fin (10), as keys of the ConfigMap cilium-config.

import Causes

public struct Cilium: Platform {
    public init() {}
    public let id = "cilium"
    public let name = "Cilium"

    public func remedies(for cause: CauseID, variant: Variant?) -> [Remedy] {
        let general = Remedy.general(cause, variant, on: name)
        return switch cause {
        case .lateClose:
            [.leaveLateClose, longer("bpf-ct-timeout-regular-tcp-fin", "60s", usual: "10s")]
                + general.dropFirst()
        case .idleTimeout:
            variant == "half-closed"
                ? [.keepalive, longer("bpf-ct-timeout-regular-tcp-fin", "1h", usual: "10s")]
                : [.keepalive, longer("bpf-ct-timeout-regular-tcp", "12h", usual: "8000s")]
        case .unexplained: [Remedy("Collect what would decide it", collect)]
        default: general
        }
    }

    public let collect = [
        "Log what passes and what does not: `hubble observe --ip {client} --protocol tcp -o json`; "
            + "openings have the flag SYN, drops their reason.",
        "List what is known while it happens: `kubectl -n kube-system exec ds/cilium -- cilium-dbg "
            + "bpf ct list global | grep -F {client}`, on the node of the pod.",
        "Capture on both interfaces at once: `tcpdump -ni any host {client} and host {server}` on "
            + "the node, and in the pod's namespace. The direction that is missing shows the way "
            + "around.",
        "`kubectl -n kube-system get events` and the agent's log around the time: restarts, and "
            + "full tables (\"CT: Map insertion failed\").",
    ]
}

extension Cilium {
    private func longer(_ key: String, _ value: String, usual: String) -> Remedy {
        let patch = { (value: String) in
            "kubectl -n kube-system patch configmap cilium-config --type merge -p "
                + "'{ \"data\": { \"\(key)\": \"\(value)\" } }'"
        }
        let restart = "kubectl -n kube-system rollout restart daemonset/cilium"
        return Remedy(
            "Lengthen the timer of connection tracking",
            [
                "`\(patch(value))`, then `\(restart)`. The default is \(usual).",
                "Where Helm or an operator owns the ConfigMap, set it there, or it is undone.",
            ],
            cost: "It holds for every connection of every node: the tables grow. While the agents "
                + "restart, changed policies wait.",
            check: [
                "`kubectl -n kube-system get configmap cilium-config -o yaml | grep \(key)`",
                Remedy.gone,
            ], undo: ["`\(patch(usual))`, then `\(restart)`."],
            unconfirmed: "the keys and defaults are confirmed; the commands were run on no cluster."
        )
    }
}
