// Hardware addresses as records write them.
//
// Read first: `Record`. Seen: `00:00:5e:00:53:01`, `00-00-5E-00-53-01`, `00005e005301`, and octets
// that lost their leading zero.

import Bytes

/// The six bytes that fill a field; nil when it holds anything else.
func hardwareAddress(_ line: borrowing Line, _ field: Field) -> UInt64? {
    guard field.count >= 11, field.count <= 17 else { return nil }
    var value: UInt64 = 0
    var octets = 0
    var at = field.start
    while at < field.end {
        guard octets < 6, let high = hexDigit(line[at]) else { return nil }
        var octet = high
        at += 1
        if at < field.end, let low = hexDigit(line[at]) {
            octet = high << 4 | low
            at += 1
        }
        value = value << 8 | UInt64(octet)
        octets += 1
        if at < field.end, line[at] == 0x3A || line[at] == 0x2D { at += 1 }
    }
    return octets == 6 ? value : nil
}
