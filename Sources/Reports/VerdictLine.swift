// A verdict as a line of NDJSON: what `stray replay --format ndjson` prints for each packet.
//
// Read first: `Verdict` in Replay; docs/schema/verdict.schema.json is held against it.

import Bytes
import Facts
import Policy
import Replay
import Tracking

/// Writes verdicts, and remembers how the model calls its phases.
public struct VerdictWriter: Sendable {
    private let zone: Zone
    private let phaseOf: @Sendable (UInt16, UInt8) -> String
    private var phases: [UInt32: String] = [:]

    /// `phaseOf`: the model's name for a phase of a protocol.
    public init(zone: Zone, phaseOf: @escaping @Sendable (UInt16, UInt8) -> String) {
        self.zone = zone
        self.phaseOf = phaseOf
    }

    public mutating func phaseName(_ phase: UInt16, _ ipProtocol: UInt8) -> String {
        let key = UInt32(phase) << 8 | UInt32(ipProtocol)
        if let known = phases[key] { return known }
        let name = phaseOf(phase, ipProtocol)
        phases[key] = name
        return name
    }

    /// A line for one packet.
    public mutating func put(
        _ packet: Packet, _ verdict: Verdict, gone: EndedState?, rule: String?, at place: Place,
        names: Names, to out: inout ByteWriter
    ) {
        putPacket(packet, place, names, &out)
        out.put(",\"verdict\":\"")
        out.put(verdict.passes ? "pass" : "block")
        out.put("\",\"state\":\"")
        out.put(verdict.kind.name.description)
        out.put("\",\"tcp\":")
        if packet.isTCP, verdict.hasState {
            out.putJSON(phaseName(verdict.phase, packet.ipProtocol))
        } else {
            out.put("null")
        }
        out.put(",\"rule\":")
        if let rule { out.putJSON(rule) } else { out.put("null") }
        out.put(",\"reason\":")
        if verdict.reason == .unknown {
            out.put("null")
        } else {
            out.putQuoted(verdict.reason.name)
        }
        putMore(packet, verdict, gone, place, &out)
        out.put("}\n")
    }

    private func putPacket(
        _ packet: Packet, _ place: Place, _ names: Names, _ out: inout ByteWriter
    ) {
        out.put("{\"n\":")
        out.put(place.number)
        out.put(",\"time\":")
        out.putTime(packet.time, zone)
        out.put(",\"interface\":")
        out.putName(packet.interface, names)
        let hasPorts = !packet.form.contains(.laterFragment) && !packet.isICMP
        for (name, port, end) in [
            ("src", "sport", packet.source), ("dst", "dport", packet.destination),
        ] {
            out.put(",\"\(name)\":")
            out.putAddress(end.address, names)
            out.put(",\"\(port)\":")
            if hasPorts { out.put(end.port) } else { out.put("null") }
        }
        out.put(",\"proto\":\"")
        out.put(protocolName(packet.ipProtocol) ?? "\(packet.ipProtocol)")
        out.put("\",\"flags\":")
        let hasFlags = packet.isTCP && packet.form.isDisjoint(with: [.laterFragment, .short])
        if hasFlags { out.putJSON(packet.flags.text) } else { out.put("null") }
    }

    /// What stands beside the fields of the contract.
    private mutating func putMore(
        _ packet: Packet, _ verdict: Verdict, _ gone: EndedState?, _ place: Place,
        _ out: inout ByteWriter
    ) {
        out.put(",\"input\":")
        out.putJSON(place.input)
        out.put(",\"packet\":")
        out.put(place.line)
        out.put(packet.direction == .outward ? ",\"direction\":\"out\"" : ",\"direction\":\"in\"")
        out.put(",\"course\":\"")
        out.put(verdict.course.name)
        out.put("\",\"says\":")
        let says = verdict.says.description
        if says.isEmpty { out.put("null") } else { out.putJSON(says) }
        let isStray = !verdict.passes && packet.cannotOpen
        out.put(isStray ? ",\"stray\":true" : ",\"stray\":false")
        out.put(verdict.opened ? ",\"opened\":true" : ",\"opened\":false")
        out.put(",\"expires\":")
        if verdict.hasState { out.putTime(verdict.expiry, zone) } else { out.put("null") }
        out.put(",\"gone\":")
        guard let gone else { return out.put("null") }
        out.put("{\"why\":\"")
        out.put(gone.why.name)
        out.put("\",\"state\":")
        out.putJSON(phaseName(gone.phase, gone.ipProtocol))
        out.put(",\"began\":")
        out.putTime(gone.began, zone)
        out.put(",\"renewed\":")
        out.putTime(gone.renewed, zone)
        out.put(",\"ended\":")
        out.putTime(gone.ended, zone)
        out.put("}")
    }
}

extension Verdict.Course {
    var name: String {
        switch self {
        case .judged: "judged"
        case .held: "held"
        case .fragmentDropped: "fragment-dropped"
        case .again: "again"
        case .neverSeen: "never-seen"
        }
    }
}

extension EndedState.Why {
    var name: String {
        switch self {
        case .expired: "expired"
        case .closed: "closed"
        case .evicted: "evicted"
        case .flushed: "flushed"
        }
    }
}
