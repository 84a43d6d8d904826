// Hardware addresses as records write them.
//
// Read first: `Record`. Seen: `00:00:5e:00:53:01`, `00-00-5E-00-53-01`, `00005e005301`, and octets
// that lost their leading zero.

import Bytes

/// The six bytes that fill a field; nil when it holds anything else.
func hardwareAddress(_ line: borrowing Line, _ field: Field) -> UInt64? {
    guard field.count >= 11, field.count <= 17 else { return nil }
    if field.count == 17, let value = wholeAddress(line, field.start) { return value }
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

/// Six octets of two digits each with a mark between every two; nil when it is anything else.
private func wholeAddress(_ line: borrowing Line, _ at: Int) -> UInt64? {
    guard isMark(line[at + 8]), let high = threeOctets(line.word(at)),
        let low = threeOctets(line.word(at + 9))
    else { return nil }
    return high << 24 | low
}

/// The octets of `00:5e:53`, which eight bytes hold.
private func threeOctets(_ word: UInt64) -> UInt64? {
    guard isMark(UInt8(truncatingIfNeeded: word >> 16)),
        isMark(UInt8(truncatingIfNeeded: word >> 40))
    else { return nil }
    let bytes = lowercasedBytes(word)
    // Adding carries what is no less than a bound into its byte's top bit: digits are 0x30 to 0x39,
    // letters 0x61 to 0x66.
    let low = bytes & 0x7F7F_7F7F_7F7F_7F7F
    let digits = (low &+ 0x5050_5050_5050_5050) & ~(low &+ 0x4646_4646_4646_4646)
    let letters = (low &+ 0x1F1F_1F1F_1F1F_1F1F) & ~(low &+ 0x1919_1919_1919_1919)
    let wanted: UInt64 = 0x8080_0080_8000_8080
    guard (digits | letters) & ~bytes & wanted == wanted else { return nil }
    // A letter's low half counts from nine; its bit 0x40 tells it from a digit.
    let values = (bytes & 0x0F0F_0F0F_0F0F_0F0F) &+ ((bytes >> 6) & 0x0101_0101_0101_0101) &* 9
    return octet(values) << 16 | octet(values >> 24) << 8 | octet(values >> 48)
}

/// The octet of two digits' values, the first in the lowest byte.
private func octet(_ values: UInt64) -> UInt64 { (values & 0xF) << 4 | (values >> 8) & 0xF }

private func isMark(_ byte: UInt8) -> Bool { byte == 0x3A || byte == 0x2D }
