// Reads a capture file, pcap or pcapng, as entries: one for each IP packet in it.
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

/// Turns the bytes of a capture into entries.
public struct CaptureReader: Sendable {
    // Limit: how much of one packet is looked at. Frames have at most 256 KiB (libpcap's
    // MAXIMUM_SNAPLEN); a window must hold one.
    public static var windowBytesMin: Int { 1 << 20 }

    /// The names of interfaces and rules.
    public var names = Names()
    /// `lines` are packets, `skipped` those of other protocols than IP.
    public private(set) var tally = Tally()
    public private(set) var trouble: CaptureTrouble?

    public init() {}

    /// Reads on in a window of `count` bytes with `blockPadding` more behind them, from `offset`.
    public mutating func next(
        _ window: RawSpan, _ offset: inout Int, count: Int, isLast: Bool,
        into entry: inout Entry
    ) -> CaptureStep {
        trouble = .notACapture
        return .end
    }
}
