// The common line of filterlog, read without its columns: IPv4, no fragment, TCP or UDP.
//
// Read `Filterlog` first. Whatever is not exactly as here is left to it, so this file decides
// nothing: it must only give what reading column by column would have given. Nearly every line
// goes this way, at two thirds of the cost (measured: 924 against 1,386 instructions).

import Bytes
import Facts

extension Filterlog {
    /// Where the parts of the columns before the addresses stand.
    private struct Head {
        var isTCP = false
        var ttl = Field(0, 0)
        var identification = Field(0, 0)
        /// The IP packet's length.
        var total = Field(0, 0)
        /// Where the addresses start.
        var ends = 0
    }

    /// The columns behind the addresses.
    private struct Tail {
        var source: UInt32 = 0
        var destination: UInt32 = 0
        var sourcePort: UInt32 = 0
        var destinationPort: UInt32 = 0
        var length: UInt32 = 0
        var flags: TCPFlags = []
        /// Where the column behind the flags starts.
        var next = 0
    }

    /// Reads a line from its tenth column on, which stands at `start`. False when it is not of the
    /// common form; then the entry is as it was.
    @inline(__always)
    func readPlain(
        _ line: borrowing Line, _ start: Int, _ context: inout Context, _ entry: inout Entry
    ) -> Bool {
        guard let head = plainHead(line, start), let tail = plainTail(line, head) else {
            return false
        }
        entry.ipProtocol = head.isTCP ? Entry.tcp : Entry.udp
        entry.source = Endpoint(
            Address(v4: tail.source), UInt16(truncatingIfNeeded: tail.sourcePort))
        entry.destination = Endpoint(
            Address(v4: tail.destination), UInt16(truncatingIfNeeded: tail.destinationPort))
        entry.length = tail.length
        if head.isTCP, endsEarly(line, head.total, before: 40) {
            entry.known.formUnion([.ports, .length])
            judgeShort(tail.flags, &entry)
            if context.everyField || !isLoneSYN(&entry) {
                readHop(line, head.ttl, head.identification, &entry)
            }
            return true
        }
        entry.known.formUnion(head.isTCP ? [.ports, .length, .flags] : [.ports, .length])
        entry.flags = tail.flags
        let isLoneSYN = head.isTCP && tail.flags.opens && entry.action == .block
        if context.everyField || !isLoneSYN {
            readRest(line, head.isTCP ? tail.next : 0, &context, &entry)
            readHop(line, head.ttl, head.identification, &entry)
        }
        return true
    }

    /// `tos, ecn, ttl, id, offset, flags, protocol, its name, length`: columns that nothing but
    /// their number is asked of, but for the offset and the protocol.
    @inline(__always)
    private func plainHead(_ line: borrowing Line, _ start: Int) -> Head? {
        // `e`: the `error=` that a short packet has here.
        guard line[start &- 2] == 0x34, line[start] != 0x65 else { return nil }
        var commas = line.marks(of: 0x2C, at: start)
        commas.drop()
        var head = Head()
        let congestion = start &+ commas.pop()
        head.ttl = Field(congestion &+ 1, start &+ commas.pop())
        head.identification = Field(head.ttl.end &+ 1, start &+ commas.first)
        commas.drop()
        guard !commas.isEmpty else { return nil }
        // `,0,`: not a later fragment.
        guard line.word(head.identification.end) & 0xFF_FFFF == 0x2C_302C else { return nil }
        commas.drop()
        guard !commas.isEmpty else { return nil }
        let name = line.word(start &+ commas.pop())
        head.isTCP = name & 0xFF_FFFF_FFFF_FFFF == 0x2C_7063_742C_362C  // `,6,tcp,`
        guard head.isTCP || name == 0x2C70_6475_2C37_312C else { return nil }  // `,17,udp,`
        commas.drop()
        let total = start &+ commas.pop() &+ 1
        guard !commas.isEmpty else { return nil }
        head.total = Field(total, start &+ commas.first)
        head.ends = head.total.end &+ 1
        return head
    }

    /// `source, destination, sport, dport, data length`, and TCP's flags.
    @inline(__always)
    private func plainTail(_ line: borrowing Line, _ head: Head) -> Tail? {
        let base = head.ends
        // The last lines of a block go the long way.
        guard line.hasRoom(at: base) else { return nil }
        let marks = NumberMarks(line, at: base)
        var ends = marks.ends
        var dots = marks.points
        // Tuples: their parts stay in registers.
        let first = (dots.pop(), dots.pop(), dots.pop(), ends.pop())
        let second = (dots.pop(), dots.pop(), dots.pop(), ends.pop())
        let ports = (ends.pop(), ends.pop())
        // The last column of a UDP line ends where the line does.
        let length = head.isTCP ? ends.first : min(ends.first, line.end &- base)
        // Three dots in each address, and none behind them.
        guard length < 64, length <= line.end &- base, dots.first > length, first.2 < first.3,
            first.3 < second.0,
            second.2 < second.3, ports.1 < length,
            marks.areNumbers(before: length, shortBefore: second.3)
        else { return nil }
        let counts = (
            ports.0 &- second.3 &- 1, ports.1 &- ports.0 &- 1, length &- ports.1 &- 1
        )
        guard counts.0 | counts.1 | counts.2 < 8,
            let source = Address.v4(endingAt: first, from: 0, { line.word(base, $0) }),
            let destination = Address.v4(
                endingAt: second, from: first.3 &+ 1, { line.word(base, $0) })
        else { return nil }
        var tail = Tail()
        tail.source = source
        tail.destination = destination
        tail.sourcePort = line.digits(base, second.3 &+ 1, counts.0)
        tail.destinationPort = line.digits(base, ports.0 &+ 1, counts.1)
        tail.length = line.digits(base, ports.1 &+ 1, counts.2)
        guard tail.sourcePort | tail.destinationPort <= 0xFFFF else { return nil }
        guard head.isTCP else { return tail }
        ends.drop()
        // Flags with nothing behind them may be half of what they were.
        let letters = Field(base &+ length &+ 1, base &+ ends.first)
        guard !ends.isEmpty, letters.end < line.end,
            let flags = TCPFlags(letters: line, letters)
        else { return nil }
        tail.flags = flags
        tail.next = letters.end &+ 1
        return tail
    }

    /// The columns behind the flags of TCP, at `start`.
    @inline(__always)
    private func readRest(
        _ line: borrowing Line, _ start: Int, _ context: inout Context, _ entry: inout Entry
    ) {
        guard start > 0 else { return }
        context.columns.find(0x2C, in: line, from: start, first: 25)
        let count = context.columns.count
        readSegment(line, 21, count > 28 ? count : count &- 1, &context, &entry)
    }
}
