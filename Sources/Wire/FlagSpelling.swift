// How each dialect writes TCP flags: the other way round of `TCPFlagNotation`.

import Facts

/// One way of writing flags. A dialect that writes them in its own way is one row of
/// `allSpellings`.
public struct FlagSpelling: Sendable {
    /// A stable word for scripts.
    public let id: String
    /// Whose notation it is.
    public let title: String
    /// What cannot be seen in this notation; empty where all can.
    public let limit: String
    let open: String
    let close: String
    let separator: String
    /// What stands there when no flag is set.
    let nothing: String
    // In the order in which the notation writes them; a flag that is missing is never written.
    let names: [(flag: TCPFlags, name: String)]

    /// The flags in this notation.
    public func text(_ flags: TCPFlags) -> String {
        let written = names.filter { flags.contains($0.flag) }.map(\.name)
        return open + (written.isEmpty ? nothing : written.joined(separator: separator)) + close
    }

    /// The name of one flag; nil when the notation never writes it.
    public func name(_ flag: TCPFlags) -> String? { names.first { $0.flag == flag }?.name }
}

// The order of bits in the header, from the lowest: what most notations follow.
private let bits: [TCPFlags] = [.fin, .syn, .rst, .psh, .ack, .urg, .ece, .cwr]

private func named(
    _ names: [String], _ order: [TCPFlags] = bits
) -> [(flag: TCPFlags, name: String)] {
    zip(order, names).map { ($0, $1) }
}

private let letters = named(["F", "S", "R", "P", "A", "U", "E", "C"])
private let words = named(["FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"])

public let allSpellings: [FlagSpelling] = [
    FlagSpelling(
        id: "pf-filterlog", title: "pfSense, OPNsense (filterlog)", limit: "", open: "", close: "",
        separator: "", nothing: "(empty)", names: letters),
    // tcpdump print-tcp.c tcp_flag_values.
    FlagSpelling(
        id: "tcpdump", title: "tcpdump, pflog", limit: "", open: "[", close: "]", separator: "",
        nothing: "none", names: named(["F", "S", "R", "P", ".", "U", "E", "W"])),
    // Linux 6.1 nf_log_syslog.c dump_tcp_header().
    FlagSpelling(
        id: "netfilter", title: "Linux LOG, UFW, firewalld",
        limit: "ulogd never writes ECE and CWR", open: "", close: "", separator: " ",
        nothing: "(empty)",
        names: named(
            ["CWR", "ECE", "URG", "ACK", "PSH", "RST", "SYN", "FIN"],
            [.cwr, .ece, .urg, .ack, .psh, .rst, .syn, .fin])),
    FlagSpelling(
        id: "forcepoint", title: "Forcepoint", limit: "", open: "[", close: "]", separator: "",
        nothing: "", names: letters),
    FlagSpelling(
        id: "cisco-asa", title: "Cisco ASA, FTD", limit: "ECE and CWR are not written", open: "",
        close: "", separator: " ", nothing: "(empty)", names: Array(words.prefix(6))),
    FlagSpelling(
        id: "check-point", title: "Check Point", limit: "ECE and CWR are not written", open: "",
        close: "", separator: "-", nothing: "(empty)",
        names: named(["FIN", "SYN", "RST", "PUSH", "ACK", "URG"])),
    FlagSpelling(
        id: "mikrotik", title: "MikroTik RouterOS", limit: "", open: "(", close: ")",
        separator: ",", nothing: "",
        names: named(
            ["SYN", "ACK", "FIN", "RST", "PSH", "URG", "ECE", "CWR"],
            [.syn, .ack, .fin, .rst, .psh, .urg, .ece, .cwr])),
    FlagSpelling(
        id: "wireshark", title: "Wireshark", limit: "", open: "[", close: "]", separator: ", ",
        nothing: "<None>", names: words),
]

extension TCPFlags {
    /// The fourteenth byte of the header, as `0x11`.
    public var hexadecimal: String {
        let digits = String(rawValue, radix: 16)
        return "0x" + (digits.count < 2 ? "0" : "") + digits
    }
}
