import Bytes
import Dialects
import Facts
import Glibc

@main struct Main {
    static func main() {
        let fd = open(CommandLine.arguments[1], O_RDONLY)
        let size = 4 << 20
        var buf = [UInt8](repeating: 0, count: size + 65536 + 64)
        var reader = LineReader(
            clock: Clock(zone: .utc, yearRule: .writtenUpTo(Instant(seconds: 1_795_132_799))))
        reader.context.everyField = CommandLine.arguments.count > 2; var entry = Entry()
        var carry = 0
        var sum: UInt64 = 0
        while true {
            let got = buf.withUnsafeMutableBytes { read(fd, $0.baseAddress! + carry, size - carry) }
            if got <= 0 { break }
            let total = carry + got
            var lastStart = 0
            do {
                let span = buf.span
                var split = LineSplitter(span.bytes, from: 0, count: total)
                while split.next(startingBefore: total) {
                    if split.offset > total { break }
                    lastStart = split.offset
                    if reader.read(
                        Line(span.bytes, from: split.line.start, to: split.line.end), into: &entry)
                    {
                        sum &+= UInt64(entry.flags.rawValue) &+ UInt64(entry.sequence)
                    }
                }
            }
            carry = total - lastStart
            _ = buf.withUnsafeMutableBytes { p in
                memmove(p.baseAddress!, p.baseAddress! + lastStart, carry)
            }
        }
        print(reader.tally.lines, reader.tally.entries, reader.tally.rejected, sum)
    }
}
