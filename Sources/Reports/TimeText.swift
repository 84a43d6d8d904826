// Times as text, always with an offset.

import Bytes
import Facts

extension ByteWriter {
    /// `"2026-11-19T08:15:02.123Z"` in a zone, quoted; `null` when unknown.
    public mutating func putTime(_ time: Instant, _ zone: Zone) {
        guard time.isKnown else {
            put("null")
            return
        }
        put("\"")
        putISO(time, zone)
        put("\"")
    }

    /// The same without quotes.
    mutating func putISO(_ time: Instant, _ zone: Zone) {
        let (civil, offset) = local(time, zone)
        putDate(civil)
        put("T")
        putTimeOfDay(civil)
        put(".")
        put(civil.microsecond / 1000, width: 3)
        if offset == 0 {
            put("Z")
        } else {
            put(offset < 0 ? "-" : "+")
            put(abs(offset) / 3600, width: 2)
            put(":")
            put(abs(offset) / 60 % 60, width: 2)
        }
    }

    mutating func putDate(_ civil: CivilTime) {
        put(civil.year, width: 4)
        put("-")
        put(civil.month, width: 2)
        put("-")
        put(civil.day, width: 2)
    }

    mutating func putTimeOfDay(_ civil: CivilTime) {
        put(civil.hour, width: 2)
        put(":")
        put(civil.minute, width: 2)
        put(":")
        put(civil.second, width: 2)
    }
}

/// The clock reading of a moment in a zone, and the zone's offset then.
func local(_ time: Instant, _ zone: Zone) -> (civil: CivilTime, offset: Int) {
    var seconds = time.microseconds / 1_000_000
    var micro = time.microseconds % 1_000_000
    if micro < 0 {
        micro += 1_000_000
        seconds -= 1
    }
    let offset = zone.offset(atUTC: seconds)
    return (CivilTime(secondsUTC: seconds + Int64(offset), microsecond: Int(micro)), offset)
}
