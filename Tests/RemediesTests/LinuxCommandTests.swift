// The nftables and sysctl commands of the remedies for Linux are run as they stand, in a network
// namespace that ends with the test; undoing must leave the rules as they were.
//
// Where there is no root, no `unshare` or no nft it is skipped.

import Causes
import Foundation
import Remedies
import Testing

private let filling = [
    "{server}": "10.2.2.9", "{client}": "10.1.1.5", "{server-host}": "10.2.2.9",
    "{client-host}": "10.1.1.5", "{port}": "443", "{interface}": "lo",
    "<gateway>": "127.0.0.2",
]

/// Runs shell in a namespace of its own; what it wrote on both outputs, and how it ended.
private func inNamespace(_ script: String) -> (status: Int32, text: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/unshare")
    process.arguments = ["--net", "/bin/sh", "-ec", script]
    process.environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    guard (try? process.run()) != nil else { return (-1, "") }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text)
}

private let canRun: Bool =
    getuid() == 0 && inNamespace("nft list ruleset; sysctl -n net.ipv4.ip_forward").status == 0

/// The rules of a firewall before: one chain, one rule that logs.
private let before = """
    ip link set lo up
    nft add table inet filter
    nft 'add chain inet filter forward { type filter hook forward priority filter ; }'
    nft 'add chain inet filter input { type filter hook input priority filter ; }'
    nft 'add rule inet filter forward ct state invalid log prefix "old "'
    H=$(nft -a list chain inet filter forward | sed -n 's/.*prefix "old.* handle //p')
    nft list ruleset > $D/before

    """

/// Deletes every rule of the chain but the one that was there, as `undo` tells by the handles.
private let deleteOthers = """
    for h in $(nft -a list chain inet filter forward | grep -v 'prefix "old' \
    | sed -n 's/.* handle //p'); do
        nft delete rule inet filter forward handle $h 2>/dev/null || true
    done

    """

/// What can be run of a text here: a namespace has no such card, and this machine no iptables.
private func runnable(_ texts: [String]) -> [String] {
    texts.flatMap { commands($0, filling) }.filter { command in
        // A search that finds nothing fails, and a command may be named without its arguments.
        guard !command.contains("<"), !command.contains("nf_conntrack_max"),
            !command.contains("| grep"), command != "sysctl -w"
        else { return false }
        return ["nft ", "sysctl ", "nstat ", "conntrack -S", "conntrack -C"]
            .contains { command.hasPrefix($0) }
    }
}

private let cases: [(cause: CauseID, variant: Variant?, place: Int)] =
    CauseID.allCases.flatMap { cause in
        variants(of: cause).flatMap { variant in
            Linux().remedies(for: cause, variant: variant).indices.map { (cause, variant, $0) }
        }
    }

@Test(
    "Commands for Linux run, and undoing leaves the rules as they were",
    .enabled(if: canRun, "needs root, unshare and nft"), arguments: cases.indices)
func linuxCommandsRun(_ index: Int) throws {
    let (cause, variant, place) = cases[index]
    let remedy = Linux().remedies(for: cause, variant: variant)[place]
    let steps = runnable(
        remedy.steps.map { $0.replacing("<handle>", with: "$H") }
            // Within single quotes the shell fills nothing in.
            .map { $0.replacing("handle $H", with: "handle '$H'") })
    guard !steps.isEmpty else { return }
    let folder = FileManager.default.temporaryDirectory.appending(path: "remedy-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let undo = runnable(remedy.undo)
    let changesRules = steps.contains { $0.hasPrefix("nft 'add") || $0.hasPrefix("nft 'insert") }
    var script = "D=\(folder)\n" + before + (steps + runnable(remedy.check)).joined(separator: "\n")
    if changesRules {
        script += "\nnft list ruleset > $D/after; ! cmp -s $D/before $D/after\n"
        script += deleteOthers + undo.joined(separator: "\n")
        script += "\nnft list ruleset > $D/undone; diff $D/before $D/undone\n"
    } else {
        script += "\n" + undo.joined(separator: "\n")
    }
    let run = inNamespace(script)
    #expect(run.status == 0, "\(remedy.title):\n\(run.text)\n\(script)")
}
