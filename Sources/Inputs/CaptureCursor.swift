// One capture, packet by packet: lays it window by window before `CaptureReader`.

import Bytes
import Captures
import Dialects
import Facts

final class CaptureCursor {
    // Limit: what is held of a capture at a time. Twice what one packet may need, so that less is
    // moved to the front than is read.
    private static let windowBytes = 2 * CaptureReader.windowBytesMin

    private let stream: ByteStream
    private var reader = CaptureReader()
    // Limit: what is read at a time. It stays in a core's second-level cache until it was decoded.
    private static let stepBytes = 256 << 10

    // Of two steps until a packet needs more.
    private var bytes = [UInt8](repeating: 0, count: 2 * stepBytes + blockPadding)
    private var count = 0
    private var offset = 0
    private var isLast = false
    private var isOver = false
    private(set) var problem: InputError?

    var names: Names { reader.names }
    var nameCount: Int { reader.names.count }
    var tally: Tally { reader.tally }
    /// The number of the packet read last, from 1.
    var packet: Int { reader.tally.lines }

    init(_ stream: ByteStream) { self.stream = stream }

    func keep(_ name: String) -> Name { reader.names.keep(name) }

    /// Reads the next packet; false at the end.
    func next(into entry: inout Entry) -> Bool {
        while !isOver {
            if count == 0, !isLast { fill() }
            switch step(into: &entry) {
            case .entry: return true
            case .end: end(reader.trouble)
            case .needsMore:
                // A reader that wants more than a window holds would ask for ever.
                if isLast || (offset == 0 && count == CaptureCursor.windowBytes) {
                    end(reader.trouble)
                } else {
                    fill()
                }
            }
        }
        return false
    }

    /// Fills a batch with the next packets, as far as they go.
    func fill(_ batch: inout PacketBatch) {
        batch.count = 0
        // In locals, or the compiler would check at each packet that nobody else is changing them.
        var reader = CaptureReader()
        swap(&reader, &self.reader)
        defer { swap(&reader, &self.reader) }
        while !isOver, batch.count < PacketBatch.countMax {
            if count == 0, !isLast { fill() }
            switch step(&reader, into: &batch) {
            case .entry: return
            case .end: end(reader.trouble)
            case .needsMore:
                if isLast || (offset == 0 && count == CaptureCursor.windowBytes) {
                    end(reader.trouble)
                } else {
                    fill()
                }
            }
        }
    }

    /// Reads packets until the batch is full (`entry`) or the window is done with.
    private func step(_ reader: inout CaptureReader, into batch: inout PacketBatch) -> CaptureStep {
        let window = bytes
        let span = window.span
        var at = offset
        defer { offset = at }
        while batch.count < PacketBatch.countMax {
            let found = reader.next(
                span.bytes, &at, count: count, isLast: isLast, into: &batch.packets[batch.count])
            guard found == .entry else { return found }
            batch.numbers[batch.count] = reader.tally.lines
            batch.count += 1
        }
        return .entry
    }

    private func step(into entry: inout Entry) -> CaptureStep {
        let window = bytes
        let span = window.span
        return reader.next(span.bytes, &offset, count: count, isLast: isLast, into: &entry)
    }

    private func end(_ trouble: CaptureTrouble?) {
        isOver = true
        if problem == nil, let trouble {
            problem = .damagedCapture(stream.name, reason: trouble.name.description)
        }
    }

    /// Makes room for the longest packet that there may be.
    private func widen() {
        let whole = CaptureCursor.windowBytes + blockPadding
        bytes += [UInt8](repeating: 0, count: whole - bytes.count)
    }

    /// Moves the rest to the front and reads on behind it.
    private func fill() {
        let kept = count - offset
        var got = 0
        let from = offset
        if kept + CaptureCursor.stepBytes + blockPadding > bytes.count { widen() }
        let room = min(CaptureCursor.stepBytes, bytes.count - blockPadding - kept)
        bytes.withUnsafeMutableBytes { buffer in
            let left = UnsafeMutableRawBufferPointer(rebasing: buffer[..<kept])
            left.copyMemory(from: .init(rebasing: buffer[from..<(from + kept)]))
            do throws(InputError) {
                got = try stream.read(into: .init(rebasing: buffer[kept..<(kept + room)]))
            } catch {
                problem = error
            }
            for place in (kept + got)..<(kept + got + blockPadding) { buffer[place] = 0 }
        }
        isLast = got < room
        count = kept + got
        offset = 0
    }
}
