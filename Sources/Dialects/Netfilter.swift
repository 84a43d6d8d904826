// Netfilter's packet log: iptables LOG, nft log, and the many front ends that write with them.
//
// Read first: Linux net/netfilter/nf_log_syslog.c, dump_ipv4_packet(), dump_ipv6_packet() and
// nf_log_dump_tcp_header(): they fix the order of the words. What stands before `IN=` is the
// prefix its rule's author chose; the kernel logs no verdict.

import Bytes
import Facts

public struct Netfilter: Dialect {
    public init() {}

    public var id: DialectID { .netfilter }
    public var title: String { "netfilter: iptables, nftables, UFW, firewalld, OpenWrt, UniFi" }
    public var howToGet: [String] {
        [
            "From the journal: journalctl -k -o short-iso-precise > kernel.log",
            "From files: /var/log/kern.log or /var/log/messages; UFW also keeps /var/log/ufw.log.",
            "From the ring buffer: dmesg --time-format iso, which carries the year and the zone.",
            "nftables: put log prefix \"DROP wan: \" flags tcp sequence,options before the verdict.",
            "iptables: -j LOG --log-prefix \"DROP wan: \" --log-tcp-sequence --log-tcp-options "
                + "just before the DROP rule.",
            "firewalld: firewall-cmd --set-log-denied=all; UFW: ufw logging high.",
            "OpenWrt: option log '1' in the wan zone of /etc/config/firewall, then logread.",
            "The kernel's own words on packets it calls INVALID: "
                + "sysctl net.netfilter.nf_conntrack_log_invalid=6",
        ]
    }
    public var limits: [String] {
        [
            "The kernel logs no verdict: it is read from the prefix, and labels can lie.",
            "A prefix without a word such as DROP or ACCEPT leaves it open what became of the packet.",
            "Sequence numbers and options stand there only if the logging rule asks for them.",
            "No closing of a connection is logged: conntrack -E -o timestamp tells those.",
            "Kernel uptimes such as [12345.678] are no times; such lines need a syslog header.",
            "A limit on the logging rule hides lines, and bursts are lost first.",
        ]
    }

    public func read(
        _ line: borrowing Line, _ envelope: Envelope, _ context: inout Context,
        into entry: inout Entry
    ) -> Reading {
        // A journal's export is JSON: half a document is no prefix.
        if line.has("{\"", at: envelope.body) { return .notMine }
        guard let fieldsStart = findFields(line, envelope.body) else {
            return readWithoutFields(line, envelope, &entry)
        }
        let prefix = findPrefix(line, envelope, fieldsStart, &context.clock, &entry)
        let isConntrack = line.has("nf_ct_", at: prefix.start)
        var fields = NetfilterFields()
        fields.collect(line, fieldsStart)
        if fields.source.isEmpty, fields.isNotIP { return .nothing }
        // Linux include/net/netfilter/nf_log.h NF_LOG_DEFAULT_MASK: conntrack asks for options.
        fields.logsOptions = isConntrack
        if let damage = fields.fill(line, &context, &entry) { return .damaged(damage) }
        if isConntrack {
            readConntrackReason(line, prefix, &context.names, &entry)
        } else {
            readPrefix(line, prefix, &context.names, &context.prefixes, &entry)
            fields.judgeForm(&entry)
        }
        if context.everyField || !isBlockedOpening(&entry) {
            // A header called truncated says nothing sure of its own length.
            if entry.reason == .truncated { fields.logsOptions = false }
            fields.fillRest(line, &entry)
        }
        return .entry
    }

    @inline(__always)
    private func isBlockedOpening(_ entry: inout Entry) -> Bool {
        entry.action == .block && entry.ipProtocol == Entry.tcp
            && entry.known.rawValue & Known.flags.rawValue != 0 && entry.flags.opens
    }

    /// The offset of the `IN=` that an ` OUT=` follows.
    private func findFields(_ line: borrowing Line, _ start: Int) -> Int? {
        var at = start
        while let hit = line.find("IN=", from: at) {
            at = hit + 3
            // An interface's name has at most fifteen bytes (IFNAMSIZ).
            if line.has(" OUT=", at: line.endOfWord(at)), line.endOfWord(at) - at <= 15 {
                return hit
            }
        }
        return nil
    }

    /// Lines that tell of no packet in full: the full table, and packets whose line lost its head
    /// or its tail.
    private func readWithoutFields(
        _ line: borrowing Line, _ envelope: Envelope, _ entry: inout Entry
    ) -> Reading {
        let dot = line.end > line.start && line[line.end - 1] == 0x2E ? 1 : 0
        if line.has(", dropping packet", at: line.end - dot - 17),
            line.find("conntrack: table full", from: line.start) != nil
        {
            entry.ipProtocol = 255
            entry.reason = .tableFull
            return .entry
        }
        let body = envelope.body
        let fromKernel = line.equals(envelope.program, "kernel")
        if let hit = line.find("IN=", from: body) {
            // Cut before or in ` OUT=`.
            let end = line.endOfWord(hit + 3)
            if fromKernel, line.end - end < 5, end - hit <= 18 { return .damaged(.cutShort) }
            return .notMine
        }
        if line.has("nf_ct_proto_", at: body) { return .damaged(.cutShort) }
        // UniFi's syslog splits long lines; the second piece starts in the middle of a key.
        if let proto = line.find(" PROTO=", from: body), line.find(" SPT=", from: proto) != nil,
            fromKernel || line.find(" kernel: ", from: body) != nil
        {
            return .damaged(.cutShort)
        }
        return .notMine
    }
}
