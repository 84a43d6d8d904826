// Whether two entries tell of the same packet. Read `Alignment` first: it asks.
//
// What can be told: two entries of one protocol, the same ends and the same flags, of which no
// field that both have differs, are the same packet for certain when they share an IP
// identification other than zero: a sender gives the next packet another one (RFC 6864 §4.1 lets it
// repeat where a packet cannot be fragmented, and there Linux and Windows still count on), and a
// retransmission is another packet.
//
// What cannot be told: without that (IPv6, a log that omits it, a stack that writes zero) a
// retransmission looks like its original, and time has to decide (`Likeness.byTime`). A packet
// that a translation, a randomised sequence number (Cisco ASA) or `scrub random-id` (pf) changed
// on its way is another packet here: then both entries stay, which loses nothing.

import Facts

/// How alike two entries are.
enum Likeness: Equatable {
    case different
    /// Nothing speaks against it, and their stamps allow it.
    case byTime
    case certain
}

/// One entry beside the resolution of its stamp.
struct Sighting {
    var entry: Entry
    /// Microseconds from one stamp to the next: a second for most logs.
    var resolution: Int64

    // How late a log may be written after its packet, and how far two corrected clocks may still be
    // apart, each half of it. Less than the shortest time after which TCP sends again on a timer
    // (200 ms in Linux, TCP_RTO_MIN).
    static var slack: Int64 { 50_000 }
    /// Stamps finer than this tell one packet from the next sending of it.
    static var fine: Int64 { 1000 }

    /// Whether the entry tells of one packet that can be known again.
    static func isPacket(_ entry: Entry) -> Bool {
        guard entry.action == .seen || entry.action == .pass || entry.isBlocked,
            entry.count == 1, entry.known.isDisjoint(with: [.repeated, .laterFragment])
        else { return false }
        guard entry.ipProtocol == Entry.tcp else { return true }
        return entry.known.contains(.ports) && (entry.known.contains(.flags) || entry.isBlocked)
    }

    func likeness(_ other: Sighting) -> Likeness {
        guard !entry.contradicts(other.entry) else { return .different }
        let both = entry.known.intersection(other.entry.known)
        if both.contains(.ipID), entry.ipID != 0, entry.ipID == other.entry.ipID {
            return isNear(other) ? .certain : .different
        }
        return both.contains(.ports) && mayCoincide(other) ? .byTime : .different
    }

    /// Whether they are no further apart than entries are held back: what stays longer because
    /// nothing else comes is not to be compared for that.
    private func isNear(_ other: Sighting) -> Bool {
        guard let distance = other.entry.time.since(entry.time) else { return true }
        return abs(distance) <= Alignment.microsecondsHeld
    }

    /// Whether both stamps allow the same moment. A stamp is the start of its second (or less),
    /// not its middle.
    private func mayCoincide(_ other: Sighting) -> Bool {
        guard entry.time.isKnown, other.entry.time.isKnown else { return false }
        let distance = other.entry.time.microseconds &- entry.time.microseconds
        let slack = 2 * Sighting.slack
        return distance < resolution + slack && -distance < other.resolution + slack
    }
}

extension Entry {
    /// Whether a field that both entries have differs, so that they are two packets.
    func contradicts(_ other: Entry) -> Bool {
        guard source == other.source, destination == other.destination,
            ipProtocol == other.ipProtocol,
            !hasTCPFlags || !other.hasTCPFlags || flags == other.flags
        else { return true }
        let both = known.intersection(other.known)
        if both.contains(.sequence), sequence != other.sequence { return true }
        if both.contains(.ipID), ipID != other.ipID { return true }
        if both.contains(.length), length != other.length { return true }
        if both.contains(.window), window != other.window { return true }
        return both.contains(.acknowledgement) && hasTCPFlags && flags.contains(.ack)
            && acknowledgement != other.acknowledgement
    }

    /// Fills in what another entry of the same packet knows and this one does not.
    mutating func enrich(from other: Entry) {
        let news = other.known.subtracting(known)
        if news.contains(.flags) { flags = other.flags }
        if news.contains(.sequence) { sequence = other.sequence }
        if news.contains(.acknowledgement) { acknowledgement = other.acknowledgement }
        if news.contains(.window) { window = other.window }
        if news.contains(.length) { length = other.length }
        if news.contains(.ttl) { ttl = other.ttl }
        if news.contains(.ipID) { ipID = other.ipID }
        if news.contains(.options) { options = other.options }
        if news.contains(.macs) {
            macSource = other.macSource
            macDestination = other.macDestination
        }
        known.formUnion(news.intersection(Entry.ofThePacket))
        // A rule's refusal does not say what the capture shows of the packet's form.
        if other.action == .seen, other.reason.isAnomaly, !reason.isAnomaly, isBlocked {
            reason = other.reason
        }
        if node.isNone { node = other.node }
        if direction == .unknown, interface.isNone || interface == other.interface {
            direction = other.direction
        }
        if interface.isNone { interface = other.interface }
    }

    /// What belongs to the packet, and not to the line that tells of it.
    private static var ofThePacket: Known {
        [
            .flags, .sequence, .acknowledgement, .window, .length, .ttl, .ipID, .options, .macs,
            .elsewhere,
        ]
    }
}
