// The lines of an example log, made story by story and written in the order of their times.

import Bytes

/// Microseconds since the first midnight of the examples, 18 November 2026, on the device's clock.
typealias Moment = Int

struct Timeline {
    private var lines: [(time: Moment, text: String)] = []

    mutating func add(_ time: Moment, _ text: String) { lines.append((time, text)) }

    /// All lines in order of time; lines of the same time as they were added.
    var bytes: [UInt8] {
        let order = lines.indices.sorted { (lines[$0].time, $0) < (lines[$1].time, $1) }
        var writer = ByteWriter(capacity: 1 << 19)
        for index in order {
            writer.put(lines[index].text)
            writer.put("\n")
        }
        return writer.bytes
    }
}

func seconds(_ count: Double) -> Moment { Moment(count * 1_000_000) }

/// A time of the first day (the 18th) or, with `day` 1, of the second.
func clock(_ hour: Int, _ minute: Int, _ second: Int = 0, day: Int = 1) -> Moment {
    seconds(Double(day * 86400 + hour * 3600 + minute * 60 + second))
}

/// `2026-11-19T08:15:02.123456+01:00`.
func isoStamp(_ time: Moment) -> String {
    var writer = ByteWriter(capacity: 40)
    writer.put("2026-11-")
    writer.put(18 + time / clock(0, 0))
    writer.put("T")
    writer.putClock(UInt64(time / 1_000_000 % 86400))
    writer.put(".")
    writer.put(time % 1_000_000, width: 6)
    writer.put("+01:00")
    return writer.text
}

/// `Nov 19 2026 08:15:02`, and without the year where `year` is empty.
func bsdStamp(_ time: Moment, year: String = "2026 ") -> String {
    var writer = ByteWriter(capacity: 24)
    writer.put("Nov ")
    writer.put(18 + time / clock(0, 0))
    writer.put(" ")
    writer.put(year)
    writer.putClock(UInt64(time / 1_000_000 % 86400))
    return writer.text
}

/// `10.0.0.5`.
func dotted(_ address: UInt32) -> String {
    var writer = ByteWriter(capacity: 16)
    writer.putDotted(address)
    return writer.text
}

/// The moments at which a Linux host sends a segment that nobody acknowledges: the round trip
/// and 200 ms after the first, again after as much (the first repeat is a tail loss probe), then
/// at doubling gaps.
func retransmissions(of first: Moment, count: Int, gap: Moment = 240_000) -> [Moment] {
    var times = [first]
    var time = first
    var step = gap
    for index in 0..<count {
        time += step
        if index > 0 { step *= 2 }
        times.append(time)
    }
    return times
}

/// The moments of a SYN/ACK that nobody answers: 1, 3, 7, 15 and 31 seconds after the first.
func handshakeRepeats(of first: Moment) -> [Moment] {
    [0, 1, 3, 7, 15, 31].map { first + seconds($0) }
}
