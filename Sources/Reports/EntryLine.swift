// An entry as a line of NDJSON: what `stray entries` and `stray why --entries` print.

import Bytes
import Facts

/// Where an entry stood.
public struct Place: Sendable {
    /// The entry's number in the whole run, from 1.
    public var number: Int
    public var input: String
    /// The line in that input, from 1.
    public var line: Int

    public init(number: Int, input: String, line: Int) {
        self.number = number
        self.input = input
        self.line = line
    }
}

extension ByteWriter {
    /// The fields every entry line has, from `{` to the flags; the line is left open.
    public mutating func putEntryHead(
        _ entry: Entry, at place: Place, zone: Zone, names: Names
    ) {
        put("{\"type\":\"entry\",\"n\":")
        put(place.number)
        put(",\"input\":")
        putJSON(place.input)
        put(",\"line\":")
        put(place.line)
        put(",\"time\":")
        putTime(entry.time, zone)
        put(",\"node\":")
        putName(entry.node, names)
        put(",")
        putEntryFacts(entry, names: names)
    }

    /// The part of the line that depends on the entry alone: from `"dialect"` to `"flags"`.
    public mutating func putEntryFacts(_ entry: Entry, names: Names) {
        put("\"dialect\":\"")
        put(entry.dialect.name.description)
        put("\",\"interface\":")
        putName(entry.interface, names)
        put(",\"direction\":")
        put(["null", "\"in\"", "\"out\""][Int(entry.direction.rawValue)])
        put(",\"action\":\"")
        put(entry.action.name.description)
        put("\",\"rule\":")
        putName(entry.rule, names)
        put(",\"reason\":")
        if entry.reason == .unknown { put("null") } else { putQuoted(entry.reason.name) }
        put(",\"proto\":")
        putProtocol(entry.ipProtocol)
        putEndpoint("src", "sport", entry.source, entry, names)
        putEndpoint("dst", "dport", entry.destination, entry, names)
        put(",\"flags\":")
        if entry.hasTCPFlags { putJSON(entry.flags.text) } else { put("null") }
    }

    /// What the dialect has beyond the common fields; absent where it has not.
    public mutating func putEntryExtras(_ entry: Entry, names: Names) {
        let known = entry.known
        func number(_ key: String, _ value: UInt64, _ bit: Known, _ writer: inout ByteWriter) {
            guard known.contains(bit) else { return }
            writer.put(",\"\(key)\":")
            writer.put(value)
        }
        number("seq", UInt64(entry.sequence), .sequence, &self)
        number("ack", UInt64(entry.acknowledgement), .acknowledgement, &self)
        number("window", UInt64(entry.window), .window, &self)
        number("length", UInt64(entry.length), .length, &self)
        number("ttl", UInt64(entry.ttl), .ttl, &self)
        number("ipid", UInt64(entry.ipID), .ipID, &self)
        if known.contains(.options) {
            put(",\"options\":[")
            putOptions(entry.options)
            put("]")
        }
        if known.contains(.macs) {
            put(",\"mac\":{\"dst\":")
            putMAC(entry.macDestination)
            put(",\"src\":")
            putMAC(entry.macSource)
            put("}")
        }
        putTranslation(entry, names)
        if !entry.reasonText.isNone {
            put(",\"reasonText\":")
            putJSON(names.bytes(entry.reasonText))
        }
        if known.contains(.duration) {
            put(",\"duration\":")
            put(entry.durationMicroseconds / 1_000_000)
            put(".")
            put(entry.durationMicroseconds % 1_000_000 / 1000, width: 3)
        }
        number("bytes", entry.bytes, .bytes, &self)
        number("connectionId", entry.connectionID, .connectionID, &self)
        if !entry.otherInterface.isNone {
            put(",\"otherInterface\":")
            putName(entry.otherInterface, names)
        }
        if entry.count > 1 {
            put(",\"packets\":")
            put(entry.count)
        }
        if known.contains(.knowsAnswered) {
            put(",\"answered\":")
            put(known.contains(.answered) ? "true" : "false")
        }
        if known.contains(.laterFragment) { put(",\"fragment\":true") }
        if known.contains(.icmpError) { put(",\"icmpError\":true") }
        if known.contains(.elsewhere) { put(",\"elsewhere\":true") }
    }

    /// The addresses and ports behind the translation, where the line tells them.
    private mutating func putTranslation(_ entry: Entry, _ names: Names) {
        if !entry.natSource.address.isNone || !entry.natDestination.address.isNone {
            put(",\"nat\":{\"src\":")
            putAddress(entry.natSource.address, names)
            put(",\"sport\":")
            put(entry.natSource.port)
            put(",\"dst\":")
            putAddress(entry.natDestination.address, names)
            put(",\"dport\":")
            put(entry.natDestination.port)
            put("}")
        }
    }

    mutating func putQuoted(_ text: StaticString) {
        put("\"")
        put(text.description)
        put("\"")
    }

    mutating func putName(_ name: Name, _ names: Names) {
        if name.isNone { put("null") } else { putJSON(names.bytes(name)) }
    }

    mutating func putAddress(_ address: Address, _ names: Names) {
        if address.isNone {
            put("null")
        } else if let label = address.label {
            putJSON(names.bytes(label))
        } else {
            put("\"")
            put(address, names)
            put("\"")
        }
    }

    private mutating func putEndpoint(
        _ key: String, _ portKey: String, _ end: Endpoint, _ entry: Entry, _ names: Names
    ) {
        put(",\"\(key)\":")
        putAddress(end.address, names)
        put(",\"\(portKey)\":")
        if entry.known.contains(.ports) { put(end.port) } else { put("null") }
    }

    private mutating func putProtocol(_ number: UInt8) {
        if number == 255 {
            put("null")
        } else {
            put("\"")
            put(protocolName(number) ?? "\(number)")
            put("\"")
        }
    }

    private mutating func putOptions(_ options: TCPOptions) {
        let names: [(TCPOptions, String)] = [
            (.mss, "mss"), (.windowScale, "wscale"), (.sackPermitted, "sackOK"),
            (.timestamps, "TS"), (.sack, "sack"), (.other, "other"),
        ]
        var first = true
        for (option, name) in names where options.contains(option) {
            if !first { put(",") }
            first = false
            putJSON(name)
        }
    }

    private mutating func putMAC(_ mac: UInt64) {
        put("\"")
        for shift in stride(from: 40, through: 0, by: -8) {
            if shift < 40 { put(":") }
            putHex((mac >> UInt64(shift)) & 0xFF, width: 2)
        }
        put("\"")
    }
}

// IANA "Assigned Internet Protocol Numbers", those that firewalls log.
/// The name of an IP protocol; nil for one that is told by its number.
func protocolName(_ number: UInt8) -> String? {
    switch number {
    case 1: "icmp"
    case 2: "igmp"
    case 6: "tcp"
    case 17: "udp"
    case 41: "ipv6"
    case 47: "gre"
    case 50: "esp"
    case 51: "ah"
    case 58: "icmpv6"
    case 89: "ospf"
    case 103: "pim"
    case 112: "carp"
    case 132: "sctp"
    default: nil
    }
}
