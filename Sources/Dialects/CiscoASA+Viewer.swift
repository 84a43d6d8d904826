// Messages as people copy them: out of the log viewer of ASDM, and without their percent sign.
//
// Read first: `CiscoASA`. The viewer puts bars between the columns; the sentence is the last one.

import Bytes
import Facts

extension CiscoASA {
    /// `6|Nov 19 2026|08:15:01|302014|198.51.100.35|443|10.1.1.24|51568|Teardown TCP …`, of other
    /// versions `6|Nov 19 2026 08:15:01|302014: Teardown TCP …`.
    func findViewed(
        _ line: borrowing Line, _ body: Int, _ clock: inout Clock
    ) -> (id: UInt32, sentence: Int, time: Instant?)? {
        guard isDigit(line[body]), line[body + 1] == 0x7C, body + 2 < line.end,
            let second = line.find(0x7C, from: body + 2, before: min(line.end, body + 40))
        else { return nil }
        let stamp = Field(body + 2, second)
        let number = Field(second + 1, line.endOfDigits(second + 1))
        if number.count == 6, line[number.end] == 0x3A, let id = line.decimal(number) {
            return (id, line.skipBlanks(number.end + 1), clock.readStamp(line, stamp.start)?.0)
        }
        guard let third = line.find(0x7C, from: second + 1, before: min(line.end, second + 16)),
            let local = clock.read(line, date: stamp, time: Field(second + 1, third))
        else { return nil }
        let digits = Field(third + 1, line.endOfDigits(third + 1))
        guard digits.count == 6, line[digits.end] == 0x7C, let id = line.decimal(digits) else {
            return nil
        }
        // Two addresses and two ports, which the sentence says too.
        var at = digits.end + 1
        for _ in 0..<4 {
            guard let bar = line.find(0x7C, from: at) else { return nil }
            at = bar + 1
        }
        let seconds = clock.toUTC(local.seconds)
        return (id, line.skipBlanks(at), Instant(microseconds: seconds * 1_000_000 + local.micro))
    }
}
