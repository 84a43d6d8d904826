// What stood between stamp and message in the last line: nearly always the same in the next.
//
// Comparing a few words costs a fifth of finding host and program anew (measured: 9 against 45
// instructions a line and a share of all branch misses).

import Bytes

/// The host and program part of the last header.
public struct EnvelopeMemory: Sendable {
    // Limit: a longer part is read anew each time.
    private static let bytesMax = 48

    private var words: [6 of UInt64] = .init(repeating: 0)
    private var count = 0
    private var host = Field(0, 0)
    private var program = Field(0, 0)

    public init() {}

    /// Remembers the part from `start` to the message, when a program name stands in it: only
    /// then does nothing behind it decide how it is read.
    mutating func keep(_ line: borrowing Line, _ start: Int, _ envelope: Envelope) {
        count = 0
        guard !envelope.program.isEmpty, envelope.program.start >= start,
            envelope.host.isEmpty || envelope.host.start >= start,
            envelope.body - start <= EnvelopeMemory.bytesMax, envelope.body < line.end
        else { return }
        count = envelope.body - start
        for index in 0..<6 {
            words[index] = index * 8 < count ? masked(line, start, index) : 0
        }
        host = Field(envelope.host.start - start, envelope.host.end - start)
        program = Field(envelope.program.start - start, envelope.program.end - start)
        if envelope.host.isEmpty { host = Field(-start, -start) }
    }

    /// Fills in what is remembered, if the same bytes stand at `start`.
    @inline(__always)
    mutating func recall(
        _ line: borrowing Line, _ start: Int, into envelope: inout Envelope
    ) -> Bool {
        guard count > 0, start + count < line.end else { return false }
        var index = 0
        while index &* 8 < count {
            if masked(line, start, index) != words[index] { return false }
            index &+= 1
        }
        // The message may start with blanks that belong to no header.
        guard line[start + count] != 0x20 else { return false }
        if host.count > 0 { envelope.host = Field(host.start + start, host.end + start) }
        envelope.program = Field(program.start + start, program.end + start)
        envelope.body = start + count
        return true
    }

    /// A word of the part, without what stands behind the part.
    @inline(__always)
    private func masked(_ line: borrowing Line, _ start: Int, _ index: Int) -> UInt64 {
        let word = line.word(start &+ index &* 8)
        let rest = count &- index &* 8
        return rest >= 8 ? word : word & ((1 &<< UInt64(rest &* 8)) &- 1)
    }
}
