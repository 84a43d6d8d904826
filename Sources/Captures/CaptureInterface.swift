// An interface as a capture describes it: its kind of headers, its name, its clock.
//
// Read first: draft-ietf-opsawg-pcapng §4.2, if_tsresol and if_tsoffset.

import Bytes
import Facts
import Wire

/// What stands before the IP header.
enum LinkKind: Sendable {
    case ethernet
    case cooked
    case cooked2
    case loopback
    case raw
    case pflog
    case nflog
    /// One that is not read: its packets are counted as others.
    case other

    /// By the number in the file: LINKTYPE_* of tcpdump.org. 12 and 14 are DLT_RAW of the BSDs.
    init(linkType: UInt32) {
        self =
            switch linkType {
            case 0, 108: .loopback
            case 1: .ethernet
            case 12, 14, 101, 228, 229: .raw
            case 113: .cooked
            case 117: .pflog
            case 239: .nflog
            case 276: .cooked2
            default: .other
            }
    }
}

struct CaptureInterface: Sendable {
    var link: LinkKind
    var name = Name.none
    /// The most that is captured of a packet; zero where there is no such limit.
    var snapLength = 0
    /// `if_tsresol`: ten, or with the top bit two, to the power of minus this.
    var resolution: UInt8 = 6
    /// Added to every time.
    var offsetSeconds: Int64 = 0

    // The end of the year 9999: no clock shows more, and no time of ours has five digits there.
    private static var secondsMax: Int64 { 253_402_300_799 }

    /// The moment of a time stamp; unknown where it lies beyond all calendars.
    func time(_ ticks: UInt64) -> Instant {
        let microseconds: UInt64
        if resolution == 6 {
            microseconds = ticks
        } else if resolution == 9 {
            microseconds = ticks / 1000
        } else {
            guard let slow = scaled(ticks) else { return .unknown }
            microseconds = slow
        }
        let limit = UInt64(CaptureInterface.secondsMax) * 1_000_000
        guard microseconds <= limit else { return .unknown }
        if offsetSeconds == 0 { return Instant(microseconds: Int64(microseconds)) }
        guard abs(offsetSeconds.clamped) <= CaptureInterface.secondsMax else { return .unknown }
        let moved = Int64(microseconds) + offsetSeconds * 1_000_000
        guard moved >= 0, moved <= Int64(limit) else { return .unknown }
        return Instant(microseconds: moved)
    }

    private func scaled(_ ticks: UInt64) -> UInt64? {
        if resolution & 0x80 != 0 {
            return UInt64(exactly: (UInt128(ticks) * 1_000_000) >> UInt128(resolution & 0x7F))
        }
        var value = ticks
        for _ in resolution..<max(resolution, 6) {
            let (more, overflow) = value.multipliedReportingOverflow(by: 10)
            if overflow { return nil }
            value = more
        }
        // Below 10⁻²⁶ nothing is left of any stamp.
        for _ in 6..<min(max(resolution, 6), 27) { value /= 10 }
        return value
    }
}

extension Int64 {
    /// The same without the one value that has no positive.
    fileprivate var clamped: Int64 { self == .min ? .max : self }
}
