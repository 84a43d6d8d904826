// netfilter's timeouts and switches, each by the name of its sysctl.
//
// Read first: Linux Documentation/networking/nf_conntrack-sysctl.rst, which lists them.

/// TCP's timeouts in seconds, by the state after a packet.
struct NetfilterTCPTimeouts: Equatable, Sendable {
    // By the number of the phase: none, SS, SR, ES, FW, CW, LA, TW, CL, S2. S2 has no sysctl.
    fileprivate var byPhase: [10 of UInt32] = [0, 120, 60, 432_000, 120, 60, 30, 120, 10, 120]
    /// Many repeats without an answer, or a closed window.
    var maxRetrans: UInt32 = 300
    /// Data in flight.
    var unacknowledged: UInt32 = 300

    @inline(__always)
    subscript(phase: NetfilterPhase) -> UInt32 { byPhase[Int(phase.rawValue)] }

    // Written out: a row of fixed length is not Equatable.
    static func == (a: NetfilterTCPTimeouts, b: NetfilterTCPTimeouts) -> Bool {
        a.maxRetrans == b.maxRetrans && a.unacknowledged == b.unacknowledged
            && a.byPhase.indices.allSatisfy { a.byPhase[$0] == b.byPhase[$0] }
    }
}

public struct NetfilterSettings: Sendable {
    let transitions = TransitionTable()
    var kernel = NetfilterKernel.v6_18
    var traits = KernelTraits(.v6_18)
    var tcp = NetfilterTCPTimeouts()
    var isLoose = true
    var isLiberal = false
    var maxRepeats: UInt8 = 3
    var ignoresInvalidReset = false
    var checksChecksums = true
    var udp: UInt32 = 30
    var udpStream: UInt32 = 120
    var icmp: UInt32 = 30
    var icmpv6: UInt32 = 30
    var gre: UInt32 = 30
    var greStream: UInt32 = 180
    var sctpCookieWait: UInt32 = 3
    var sctpEstablished: UInt32 = 210
    var generic: UInt32 = 600
    /// Zero: no limit.
    var max = 262_144
    var buckets = 262_144

    public init() {}
}

/// A setting's names and what it takes.
private struct Setting {
    enum Place {
        case seconds(WritableKeyPath<NetfilterSettings, UInt32>)
        case phase(NetfilterPhase)
        case flag(WritableKeyPath<NetfilterSettings, Bool>)
        case number(WritableKeyPath<NetfilterSettings, Int>, ClosedRange<Int>)
        case repeats
        case kernel
    }

    /// The sysctl's name without `nf_conntrack_`.
    var name: String
    /// As pf would say it, or without `tcp_`.
    var alias: String?
    var place: Place

    init(_ name: String, _ alias: String? = nil, _ place: Place) {
        self.name = name
        self.alias = alias
        self.place = place
    }

    func isCalled(_ wanted: String) -> Bool {
        wanted == name || wanted == alias || wanted == "nf_conntrack_\(name)"
    }

    /// Made when a setting is set: key paths are no constants that tasks may share.
    static var all: [Setting] {
        let byState: [(String, NetfilterPhase)] = [
            ("syn_sent", .synSent), ("syn_recv", .synReceived), ("established", .established),
            ("fin_wait", .finWait), ("close_wait", .closeWait), ("last_ack", .lastAck),
            ("time_wait", .timeWait), ("close", .close),
        ]
        return byState.map { Setting("tcp_timeout_\($0.0)", "tcp.\($0.0)", .phase($0.1)) } + [
            Setting("tcp_timeout_max_retrans", "tcp.max_retrans", .seconds(\.tcp.maxRetrans)),
            Setting(
                "tcp_timeout_unacknowledged", "tcp.unacknowledged",
                .seconds(\.tcp.unacknowledged)),
            Setting("tcp_loose", "loose", .flag(\.isLoose)),
            Setting("tcp_be_liberal", "be_liberal", .flag(\.isLiberal)),
            Setting("tcp_ignore_invalid_rst", "ignore_invalid_rst", .flag(\.ignoresInvalidReset)),
            Setting("tcp_max_retrans", "max_retrans", .repeats),
            Setting("checksum", nil, .flag(\.checksChecksums)),
            Setting("udp_timeout", "udp.timeout", .seconds(\.udp)),
            Setting("udp_timeout_stream", "udp.stream", .seconds(\.udpStream)),
            Setting("icmp_timeout", "icmp.timeout", .seconds(\.icmp)),
            Setting("icmpv6_timeout", "icmpv6.timeout", .seconds(\.icmpv6)),
            Setting("gre_timeout", "gre.timeout", .seconds(\.gre)),
            Setting("gre_timeout_stream", "gre.stream", .seconds(\.greStream)),
            Setting("sctp_timeout_cookie_wait", "sctp.cookie_wait", .seconds(\.sctpCookieWait)),
            Setting("sctp_timeout_established", "sctp.established", .seconds(\.sctpEstablished)),
            Setting("generic_timeout", "generic.timeout", .seconds(\.generic)),
            // Limit: what the table's numbers can name.
            Setting("max", nil, .number(\.max, 0...1_000_000_000)),
            Setting("buckets", nil, .number(\.buckets, 1...1_000_000_000)),
            Setting("kernel", nil, .kernel),
        ]
    }
}

extension NetfilterSettings {
    /// Changes a setting by its own name: `nf_conntrack_tcp_timeout_established`, or without the
    /// prefix, or `tcp.established`.
    mutating func set(_ name: String, to value: String) throws(SettingFault) {
        let name = name.hasPrefix("net.netfilter.") ? String(name.dropFirst(14)) : name
        guard let setting = Setting.all.first(where: { $0.isCalled(name) }) else {
            throw .unknownName(nearest: NetfilterSettings.nearest(name))
        }
        switch setting.place {
        case .seconds(let path): self[keyPath: path] = try seconds(value)
        case .phase(let phase): tcp.byPhase[Int(phase.rawValue)] = try seconds(value)
        case .flag(let path):
            guard value == "0" || value == "1" else { throw .badValue(expected: "0 or 1") }
            self[keyPath: path] = value == "1"
        case .number(let path, let range):
            guard let number = Int(value), range.contains(number) else {
                throw .badValue(expected: "a number from \(range.lowerBound) on")
            }
            self[keyPath: path] = number
        case .repeats:
            guard let number = UInt8(value) else {
                throw .badValue(expected: "a number from 0 to 255")
            }
            maxRepeats = number
        case .kernel:
            guard let chosen = NetfilterKernel(rawValue: value) else {
                let names = NetfilterKernel.allCases.map(\.rawValue).joined(separator: ", ")
                throw .badValue(expected: "one of \(names)")
            }
            kernel = chosen
            traits = KernelTraits(chosen)
        }
    }

    /// `300`, `30s`, `5m`, `24h`, `5d`.
    private func seconds(_ value: String) throws(SettingFault) -> UInt32 {
        let units: [Character: UInt64] = ["s": 1, "m": 60, "h": 3600, "d": 86400]
        let unit = value.last.flatMap { units[$0] }
        let digits = unit == nil ? value[...] : value.dropLast()
        // Limit: the kernel counts in 32 bits of at most a thousandth of a second, with a sign.
        let longest: UInt64 = 2_147_483
        if digits.allSatisfy(\.isASCII), digits.first?.isNumber == true,
            let number = UInt64(digits), number <= longest, number * (unit ?? 1) <= longest
        {
            return UInt32(number * (unit ?? 1))
        }
        throw .badValue(expected: "a time such as 30, 5m, 24h or 5d, at most 24 days")
    }

    /// The name that shares most pairs of letters.
    private static func nearest(_ name: String) -> String? {
        func pairs(_ text: String) -> Set<String> {
            Set(zip(text, text.dropFirst()).map { "\($0)\($1)" })
        }
        let wanted = pairs(name)
        let rated = Setting.all.flatMap { [$0.name, $0.alias ?? $0.name] }
            .map { (name: $0, shared: wanted.intersection(pairs($0)).count) }
        guard let best = rated.max(by: { $0.shared < $1.shared }), best.shared >= 3 else {
            return nil
        }
        return best.name
    }
}
