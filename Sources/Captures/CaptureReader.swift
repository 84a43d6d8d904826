// Reads a capture file, pcap or pcapng, as entries: one for each IP packet in it. Or as packets, for
// those who judge them.
//
// Read first: draft-ietf-opsawg-pcap and draft-ietf-opsawg-pcapng.
//
// The caller owns the bytes. It lays a *window* of the file in a padded block (as for lines), asks
// for entries until the reader `needsMore`, moves what stands from the offset on to the front, and
// fills up behind it. So a packet is never copied, memory is one window whatever the file's size,
// and the blocks of `Inputs` serve as they are. What the reader remembers between two windows is a
// few numbers: byte order, interfaces, how much is to be skipped.
//
//     var reader = CaptureReader()
//     var at = 0
//     while true {
//         switch reader.next(bytes.span.bytes, &at, count: count, isLast: atEnd, into: &entry) {
//         case .entry: use(entry, reader.tally.lines)
//         case .needsMore: (move bytes[at..<count] to the front, read on, at = 0)
//         case .end: return reader.tally, reader.trouble
//         }
//     }

import Bytes
import Dialects
import Facts
import Wire

/// What became of asking for the next packet.
public enum CaptureStep: Equatable, Sendable {
    /// The entry was filled in; `tally.lines` is the number of its packet, from 1.
    case entry
    /// Nothing more can be read from this window; what stands before the offset is done with.
    case needsMore
    /// Nothing more is read: the input is over, or `trouble` says why not.
    case end
}

/// Why a capture could not be read to its end.
public enum CaptureTrouble: UInt8, CaseIterable, Sendable {
    case notACapture
    case unknownVersion
    case modifiedFormat
    /// A length that cannot be: where the next packet begins is not known any more.
    case structureLost
    /// The file ends in the middle of a packet: it was cut, or is still being written.
    case cutOff

    public var name: StaticString {
        switch self {
        case .notACapture: "it is no pcap or pcapng file"
        case .unknownVersion: "its version of the capture format is not known"
        case .modifiedFormat:
            "it is in the modified pcap format of old Linux patches; write it anew with editcap"
        case .structureLost: "a length in it cannot be, and what follows cannot be found"
        case .cutOff: "it ends in the middle of a packet"
        }
    }
}

/// Where a packet lies in the window, and what the file says of it.
struct CapturedPacket {
    var start: Int
    var end: Int
    /// How long it was before it was cut to what was captured.
    var wireLength: Int
    var time: Instant
    var interface: Int
    var direction = Direction.unknown
}

/// Turns the bytes of a capture into entries.
public struct CaptureReader: Sendable {
    // Limit: how much of one record is looked at. Frames have at most 256 KiB (libpcap's
    // MAXIMUM_SNAPLEN); a window must hold one record of this size.
    public static var windowBytesMin: Int { 1 << 20 }

    enum Format { case unknown, pcap, pcapng }

    /// What a record was.
    enum Record {
        case packet(CapturedPacket)
        /// Of no packet, or of one that cannot be found; it was counted.
        case done
        /// The window ends in it.
        case incomplete(isPacket: Bool)
        case trouble(CaptureTrouble)
    }

    /// The names of interfaces and rules.
    public var names = Names()
    /// `lines` are packets, `skipped` those of other protocols than IP.
    public private(set) var tally = Tally()
    public private(set) var trouble: CaptureTrouble?
    var format = Format.unknown
    var bigEndian = false
    var interfaces: [CaptureInterface] = []
    var rules = RuleNames()
    // What is left of a record that was too long to be looked at whole.
    private var skipping = 0

    public init() {}

    /// Reads on in a window of `count` bytes with `blockPadding` more behind them, from `offset`.
    /// `isLast` says that nothing follows the window.
    public mutating func next(
        _ window: RawSpan, _ offset: inout Int, count: Int, isLast: Bool,
        into entry: inout Entry
    ) -> CaptureStep {
        while let found = findNext(window, &offset, count: count, isLast: isLast) {
            if readPacket(window, found, into: &entry) { return .entry }
        }
        return trouble == nil && !isLast ? .needsMore : .end
    }

    /// The same, for those who judge packets themselves.
    public mutating func next(
        _ window: RawSpan, _ offset: inout Int, count: Int, isLast: Bool,
        into packet: inout Packet
    ) -> CaptureStep {
        while let found = findNext(window, &offset, count: count, isLast: isLast) {
            if readPacket(window, found, into: &packet) { return .entry }
        }
        return trouble == nil && !isLast ? .needsMore : .end
    }

    /// Where the next packet lies; nil when the window, or all, is done with.
    private mutating func findNext(
        _ window: RawSpan, _ offset: inout Int, count: Int, isLast: Bool
    ) -> CapturedPacket? {
        precondition(
            offset >= 0 && offset <= count && count + blockPadding <= window.byteCount)
        while trouble == nil {
            if skipping > 0, !skip(&offset, count) {
                if isLast { trouble = .cutOff }
                return nil
            }
            if offset == count, format != .unknown { return nil }
            switch readRecord(window, &offset, count) {
            case .packet(let found): return found
            case .done: break
            case .trouble(let found): trouble = found
            case .incomplete(let isPacket):
                guard isLast else { return nil }
                trouble = format == .unknown ? .notACapture : .cutOff
                if isPacket { rejectRecord(.cutShort) }
                offset = count
            }
        }
        return nil
    }

    /// Whether all that was to be skipped is.
    private mutating func skip(_ offset: inout Int, _ count: Int) -> Bool {
        let step = min(skipping, count - offset)
        offset += step
        skipping -= step
        return skipping == 0
    }

    private mutating func readRecord(
        _ window: RawSpan, _ offset: inout Int, _ count: Int
    ) -> Record {
        switch format {
        case .pcap: readPCAP(window, &offset, count)
        case .pcapng: readBlock(window, &offset, count)
        case .unknown: readMagic(window, &offset, count)
        }
    }

    private mutating func readMagic(
        _ window: RawSpan, _ offset: inout Int, _ count: Int
    ) -> Record {
        let octets = Octets(window, from: offset, to: count)
        guard octets.count >= 4 else { return .incomplete(isPacket: false) }
        switch octets.be32(0) {
        case 0xA1B2_C3D4, 0xA1B2_3C4D: bigEndian = true
        case 0xD4C3_B2A1, 0x4D3C_B2A1: bigEndian = false
        case 0xA1B2_CD34, 0x34CD_B2A1: return .trouble(.modifiedFormat)
        case 0x0A0D_0D0A:
            format = .pcapng
            return .done
        default: return .trouble(.notACapture)
        }
        return readPCAPHeader(octets, &offset)
    }

    /// Goes behind a record of which `seen` bytes lie in the window.
    mutating func leave(_ offset: inout Int, length: Int, seen: Int) {
        offset += seen
        skipping = length - seen
    }

    /// Counts a packet and reads it. True when it is an entry.
    private mutating func readPacket(
        _ window: RawSpan, _ found: CapturedPacket, into entry: inout Entry
    ) -> Bool {
        tally.lines &+= 1
        entry = Entry()
        entry.dialect = .capture
        entry.action = .seen
        entry.time = found.time
        entry.interface = interfaces[found.interface].name
        entry.direction = found.direction
        do throws(WireFault) {
            guard try readLink(window, found, into: &entry) else {
                tally.skipped += 1
                return false
            }
        } catch {
            reject(window, found, error)
            return false
        }
        tally.count(.capture, at: entry.time)
        return true
    }

    /// Counts a packet and reads it as a firewall would. True when it could be judged.
    private mutating func readPacket(
        _ window: RawSpan, _ found: CapturedPacket, into packet: inout Packet
    ) -> Bool {
        tally.lines &+= 1
        packet = Packet()
        packet.time = found.time
        packet.interface = interfaces[found.interface].name
        packet.direction = found.direction
        do throws(WireFault) {
            guard try readLink(window, found, into: &packet) else {
                tally.skipped += 1
                return false
            }
        } catch {
            reject(window, found, error)
            return false
        }
        tally.count(.capture, at: packet.time)
        return true
    }

    private mutating func reject(_ window: RawSpan, _ found: CapturedPacket, _ fault: WireFault) {
        let octets = Octets(window, from: found.start, to: found.end)
        tally.reject(Damage(fault), sample: hexadecimal(octets.copy(first: 48)))
    }

    /// Counts a packet of which nothing can be read.
    mutating func rejectRecord(_ damage: Damage) {
        tally.lines &+= 1
        tally.reject(damage, sample: [])
    }
}

private func hexadecimal(_ bytes: [UInt8]) -> [UInt8] {
    var writer = ByteWriter(capacity: 128)
    for byte in bytes { writer.putHex(UInt64(byte), width: 2) }
    return writer.bytes
}
