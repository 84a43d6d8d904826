// Addresses and ports of a rule: `{ 10.0.0.0/8, !<bad>, (em0:network) } port { 22, 80:90 }`.
//
// Read first: pf.conf(5), "from source port source to dest port dest". What is a name of an
// interface and what a name of a host only the firewall knows; here it goes by how names look.

import Bytes
import Facts

extension PfParser {
    mutating func hosts(isSource: Bool) throws(PfSyntaxError) -> [PfHost] {
        var all: [PfHost] = []
        // `from port 22` leaves the address out.
        if peek().isWord("port") || peek().isWord("os") || (isSource && peek().isWord("to")) {
            return []
        }
        try list("an address") { (parser) throws(PfSyntaxError) in all.append(try parser.host()) }
        // `any` alone asks nothing.
        if all.allSatisfy({ $0.what == .any && !$0.isNegated }) { return [] }
        return all
    }

    mutating func host() throws(PfSyntaxError) -> PfHost {
        var isNegated = false
        while takeSymbol("!") { isNegated.toggle() }
        let token = peek()
        var host = PfHost(what: .any, isNegated: isNegated, place: token.place)
        if takeSymbol("<") {
            let table = try name("the name of a table")
            try expectSymbol(">")
            host.what = .table(table.text)
            return host
        }
        if takeSymbol("(") {
            let interface = try name("an interface")
            try expectSymbol(")")
            host.what = interfaceAddresses(interface)
            host.isLive = true
            try prefix(&host)
            return host
        }
        guard token.kind == .word || token.kind == .quoted else {
            throw wrong(token, "an address, a network, <table>, (interface) or any")
        }
        take()
        switch token.text {
        case "any": return host
        case "no-route", "urpf-failed": host.what = .unknown(.route)
        case "self": host.what = .ownAddresses
        case "route":
            _ = try name("a route's label")
            host.what = .unknown(.route)
        default: try address(token, &host)
        }
        return host
    }

    private mutating func address(
        _ token: PfToken, _ host: inout PfHost
    ) throws(PfSyntaxError) {
        if let low = PfParser.literal(token.text) {
            host.what = .range(low.address, low.address)
            if takeSymbol("/") {
                try range(&host, low.address, prefix: try length(low.address))
            } else if takeSymbol("-") {
                let high = try name("the last address of the range")
                guard let last = PfParser.literal(high.text)?.address, !(last < low.address),
                    last.isV4 == low.address.isV4
                else { throw wrong(high, "the last address of the range") }
                host.what = .range(low.address, last)
            } else if low.parts < 4 {
                try range(&host, low.address, prefix: low.parts * 8)
            }
            return
        }
        if let dash = token.text.firstIndex(of: "-"),
            let low = PfParser.literal(String(token.text[..<dash]))?.address,
            let high = PfParser.literal(String(token.text[token.text.index(after: dash)...]))?
                .address, !(high < low), low.isV4 == high.isV4
        {
            host.what = .range(low, high)
            return
        }
        // What looks like an address and is none is a slip, not a name.
        let first = token.text.utf8.first ?? 0
        if isDigit(first), token.text.utf8.allSatisfy({ isDigit($0) || $0 == 0x2E }) {
            throw wrong(token, "an address, like 192.0.2.1 or 2001:db8::1")
        }
        host.what = interfaceAddresses(token)
        try prefix(&host)
    }

    /// `/24` behind a name: all addresses of the networks of that size; which, nobody knows here.
    private mutating func prefix(_ host: inout PfHost) throws(PfSyntaxError) {
        guard takeSymbol("/") else { return }
        _ = try number("a prefix length, 0 to 128", most: 128)
        host.what = .unknown(.interfaceAddress)
    }

    private mutating func length(_ address: Address) throws(PfSyntaxError) -> Int {
        let most = address.isV4 ? 32 : 128
        return try number("a prefix length, 0 to \(most)", most: most)
    }

    private func range(_ host: inout PfHost, _ address: Address, prefix: Int) throws(PfSyntaxError)
    {
        guard let network = Network(address, prefixLength: prefix) else {
            throw wrong(last, "a network")
        }
        host.what = .range(network.first, network.last)
    }

    /// An interface, with what of it is meant behind a colon; or a host's name.
    private mutating func interfaceAddresses(_ token: PfToken) -> PfHost.What {
        let parts = token.text.split(separator: ":", omittingEmptySubsequences: false)
        let name = String(parts[0])
        let modifiers = parts.dropFirst()
        if name == "self" { return .ownAddresses }
        guard modifiers.allSatisfy({ ["network", "0"].contains($0) }) else {
            return .unknown(.interfaceAddress)
        }
        let isName = name.utf8.contains(0x2E) && !PfParser.isVLAN(name)
        guard !isName else {
            noteOnce(
                .assumed, token.place, name,
                "the addresses of a host name are asked for when pf loads its rules; the rule may "
                    + "match any address")
            return .unknown(.hostName)
        }
        return .interface(name, network: modifiers.contains("network"))
    }

    /// `igb0.100`.
    private static func isVLAN(_ name: String) -> Bool {
        guard let dot = name.firstIndex(of: ".") else { return false }
        let tail = name[name.index(after: dot)...]
        return !tail.isEmpty && tail.utf8.allSatisfy(isDigit)
    }

    /// An address; of IPv4 also its first parts, as in `10/8`. `parts`: how many there were.
    static func literal(_ text: String) -> (address: Address, parts: Int)? {
        let padded = PaddedText(text)
        if let whole = padded.withLine({ Address($0, $0.whole) }) { return (whole, 4) }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count) else { return nil }
        var value: UInt32 = 0
        for part in parts {
            guard part.utf8.allSatisfy(isDigit), let number = UInt8(part) else { return nil }
            value = value << 8 | UInt32(number)
        }
        return (Address(v4: value << UInt32(8 * (4 - parts.count))), parts.count)
    }

    // MARK: Ports

    /// `port 22`, `port { 80, 8000:8080 }`, `port > 1023`; empty where nothing is said.
    mutating func ports() throws(PfSyntaxError) -> [PortRange] {
        guard takeWord("port") else { return [] }
        var all: [PortRange] = []
        try list("a port") { (parser) throws(PfSyntaxError) in all.append(try parser.portItem()) }
        return all
    }

    mutating func portItem() throws(PfSyntaxError) -> PortRange {
        let sign = peek()
        if sign.kind == .symbol, ["=", "!=", "<", "<=", ">", ">="].contains(sign.text) {
            take()
            let port = try port()
            return try compared(port, sign)
        }
        let first = try name("a port")
        if let colon = first.text.firstIndex(of: ":"), first.kind == .word {
            let low = try portNumber(String(first.text[..<colon]), first)
            let tail = String(first.text[first.text.index(after: colon)...])
            if tail.isEmpty {
                return try joined(low, try port(), first)
            }
            let high =
                tail == "*" ? PortRange(low: 65535, high: 65535) : try portNumber(tail, first)
            return try joined(low, high, first)
        }
        let low = try portNumber(first.text, first)
        if takeSymbol("><") {
            let high = try port()
            guard !low.isUnknown, !high.isUnknown else { return unknownPort }
            guard Int(low.low) + 1 < Int(high.low) else { throw wrong(last, "a higher port") }
            return PortRange(low: low.low + 1, high: high.low - 1)
        }
        if takeSymbol("<>") {
            var out = try joined(low, try port(), first)
            out.isNegated = true
            return out
        }
        return low
    }

    private var unknownPort: PortRange { PortRange(low: 0, high: 65535, isUnknown: true) }

    private mutating func port() throws(PfSyntaxError) -> PortRange {
        let token = try name("a port")
        return try portNumber(token.text, token)
    }

    private mutating func portNumber(
        _ text: String, _ token: PfToken
    ) throws(PfSyntaxError) -> PortRange {
        if let number = UInt16(text) ?? PfNames.services[text] {
            return PortRange(low: number, high: number)
        }
        guard let first = text.utf8.first,
            !isDigit(first) || text.utf8.contains(where: { !isDigit($0) })
        else { throw wrong(token, "a port, 0 to 65535") }
        noteOnce(
            .assumed, token.place, "port \(text)",
            "its number is not known here; the rule may match any port")
        return unknownPort
    }

    private func joined(
        _ low: PortRange, _ high: PortRange, _ token: PfToken
    ) throws(PfSyntaxError) -> PortRange {
        guard !low.isUnknown, !high.isUnknown else { return unknownPort }
        guard low.low <= high.low else { throw wrong(token, "the lower port first") }
        return PortRange(low: low.low, high: high.low)
    }

    private func compared(_ port: PortRange, _ sign: PfToken) throws(PfSyntaxError) -> PortRange {
        guard !port.isUnknown else { return unknownPort }
        let value = port.low
        switch sign.text {
        case "!=": return PortRange(low: value, high: value, isNegated: true)
        case "<":
            guard value > 0 else { throw wrong(sign, "a port above 0 behind it") }
            return PortRange(low: 0, high: value - 1)
        case "<=": return PortRange(low: 0, high: value)
        case ">":
            guard value < 65535 else { throw wrong(sign, "a port below 65535 behind it") }
            return PortRange(low: value + 1, high: 65535)
        case ">=": return PortRange(low: value, high: 65535)
        default: return port
        }
    }
}

extension Network {
    /// The last address of the network.
    var last: Address {
        let bits = first.isV4 ? prefixLength + 96 : prefixLength
        return Address(
            high: first.high | ~(~UInt64(0) << UInt64(64 - min(bits, 64))),
            low: first.low | ~(~UInt64(0) << UInt64(128 - max(bits, 64))))
    }
}
