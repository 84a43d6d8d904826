// Captures as one stream of packets, the earlier one first, decoded on a thread of its own.
//
// Read first: `CaptureCursor`. One thread reads and decodes into batches, the caller's judges them:
// two cores are busy, and what comes out does not depend on it.

import Bytes
import CVector
import Captures
import Dialects
import Facts
import Glibc
import Replay

/// Packets on their way to whoever judges them.
public struct PacketBatch: Sendable {
    // Limit: packets in a batch. Half a thousand are a hundred kilobytes, which stay in a core's
    // cache from writing to reading.
    public static let countMax = 512

    /// Of which the first `count` are packets.
    public var packets = [Packet](repeating: Packet(), count: countMax)
    /// The number of each in its capture, from 1.
    public internal(set) var numbers = [Int](repeating: 0, count: countMax)
    /// The input each is of.
    public internal(set) var inputs = [UInt16](repeating: 0, count: countMax)
    public internal(set) var count = 0
    /// What was said of them, where `judge` of `run` filled it in.
    public var verdicts = VerdictBatch(count: countMax)
    /// The names that were read first in this batch.
    public internal(set) var names = Names()

    init() {}
}

/// One capture of several, read a batch ahead.
final class PacketCursor {
    private let input: Int
    private let interfaceName: String?
    private var capture: CaptureCursor?
    private var interface = Name.none
    private var batch = PacketBatch()
    private var place = 0
    private var namesTold = 0
    private(set) var report: InputReport

    init(_ input: Input, number: Int) {
        self.input = number
        report = InputReport(name: input.name)
        interfaceName = input.node
        do throws(InputError) {
            let stream = try ByteStream(input)
            if stream.looksLikeCapture {
                let cursor = CaptureCursor(stream)
                if let interfaceName { interface = cursor.keep(interfaceName) }
                capture = cursor
                report.isCapture = true
            } else {
                report.problem = .notACapture(stream.name)
            }
        } catch {
            report.problem = error
        }
    }

    /// Fills a batch with what comes next; false when nothing does.
    func fill(_ out: inout PacketBatch) -> Bool {
        guard let capture else { return false }
        capture.fill(&out)
        for place in 0..<out.count { out.inputs[place] = UInt16(truncatingIfNeeded: input) }
        if !interface.isNone {
            for place in 0..<out.count { out.packets[place].interface = interface }
        }
        tellNames(&out)
        return out.count > 0
    }

    private func tellNames(_ out: inout PacketBatch) {
        guard let capture, capture.nameCount != namesTold else { return }
        out.names.merge(capture.names.part(from: namesTold))
        namesTold = capture.nameCount
    }

    /// The time of the packet that is next; nil at the end. One without a time goes at once.
    var nextTime: Instant? {
        if place == batch.count {
            place = 0
            batch.count = 0
            guard fill(&batch) else { return nil }
        }
        return batch.packets[place].time
    }

    /// Moves the next packet to the end of a batch.
    func move(to out: inout PacketBatch) {
        out.packets[out.count] = batch.packets[place]
        out.numbers[out.count] = batch.numbers[place]
        out.inputs[out.count] = batch.inputs[place]
        if place == 0 {
            out.names.merge(batch.names)
            batch.names = Names()
        }
        out.count += 1
        place += 1
    }

    func finish() {
        guard let capture else { return }
        report.tally = capture.tally
        if report.problem == nil { report.problem = capture.problem }
    }
}

/// All captures, merged by time.
private final class PacketSource: @unchecked Sendable {
    // Limit: captures read side by side, each with a window of its own.
    static let capturesMax = 64

    let cursors: [PacketCursor]

    init(_ inputs: [Input]) {
        cursors = inputs.prefix(PacketSource.capturesMax).enumerated().map {
            PacketCursor($1, number: $0)
        }
    }

    func fill(_ batch: inout PacketBatch) -> Bool {
        batch.count = 0
        batch.names = Names()
        if cursors.count == 1 { return cursors[0].fill(&batch) }
        while batch.count < PacketBatch.countMax {
            var best: (cursor: PacketCursor, time: Instant)?
            for cursor in cursors {
                guard let time = cursor.nextTime else { continue }
                if let found = best, !(time < found.time) { continue }
                best = (cursor, time)
            }
            guard let best else { break }
            best.cursor.move(to: &batch)
        }
        return batch.count > 0
    }
}

/// Hands batches from one thread to the other.
private final class BatchQueue: @unchecked Sendable {
    // Limit: batches on their way; enough that neither thread waits for the other's hiccups.
    private static let countMax = 8

    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var ready: [PacketBatch] = []
    private var spare: [PacketBatch] = []
    private var made = 0
    private var isOver = false

    init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(changed, nil)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(mutex)
        changed.deallocate()
        mutex.deallocate()
    }

    /// A batch to fill; nil when nobody wants one any more.
    func takeSpare() -> PacketBatch? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if isOver { return nil }
            // In order: what is done with them after they were judged is done in their order.
            if !spare.isEmpty { return spare.removeFirst() }
            if made < BatchQueue.countMax {
                made += 1
                return PacketBatch()
            }
            pthread_cond_wait(changed, mutex)
        }
    }

    func putReady(_ batch: consuming PacketBatch) {
        pthread_mutex_lock(mutex)
        ready.append(batch)
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(mutex)
    }

    func putSpare(_ batch: consuming PacketBatch) {
        pthread_mutex_lock(mutex)
        spare.append(batch)
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(mutex)
    }

    /// The batches that came back and were not taken again, in order.
    func takeRest() -> [PacketBatch] {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        let rest = spare
        spare = []
        return rest
    }

    func finish() {
        pthread_mutex_lock(mutex)
        isOver = true
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(mutex)
    }

    /// The next batch in order; nil when all are done with.
    func takeReady() -> PacketBatch? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while ready.isEmpty {
            if isOver { return nil }
            pthread_cond_wait(changed, mutex)
        }
        return ready.removeFirst()
    }
}

/// Reads captures as packets.
public final class PacketFeed {
    private let source: PacketSource
    private let threads: Int

    /// `Input.node` names the interface that a capture was taken on.
    public init(_ inputs: [Input], threads: Int) {
        source = PacketSource(inputs)
        self.threads = threads
    }

    /// What was read of each input; whole after `run`.
    public var reports: [InputReport] { source.cursors.map(\.report) }

    /// Hands all batches on, in order; `body` returns false to stop. `after` is given each batch
    /// again, also in order, but on the thread that reads: it has the time.
    public func run(
        _ body: (inout PacketBatch) -> Bool,
        after: @escaping @Sendable (borrowing PacketBatch) -> Void = { _ in }
    ) {
        defer { for cursor in source.cursors { cursor.finish() } }
        // Two threads, each with a heap of its own, held five megabytes more, and were no faster.
        if threads > 1 { stray_share_heap() }
        guard threads > 1, let reader = Reader(source, after) else {
            var batch = PacketBatch()
            while source.fill(&batch), body(&batch) { after(batch) }
            return
        }
        while var batch = reader.queue.takeReady() {
            guard body(&batch) else { break }
            reader.queue.putSpare(batch)
        }
        reader.join()
        for batch in reader.queue.takeRest() where batch.count > 0 { after(batch) }
    }
}

/// The thread that reads.
private final class Reader: @unchecked Sendable {
    let queue = BatchQueue()
    private let source: PacketSource
    private let after: @Sendable (borrowing PacketBatch) -> Void
    private var thread = pthread_t()

    /// Nil when the system gives no thread.
    init?(_ source: PacketSource, _ after: @escaping @Sendable (borrowing PacketBatch) -> Void) {
        self.source = source
        self.after = after
        let me = Unmanaged.passRetained(self)
        let failed = pthread_create(
            &thread, nil,
            { raw in
                guard let raw else { return nil }
                Unmanaged<Reader>.fromOpaque(raw).takeRetainedValue().read()
                return nil
            }, me.toOpaque())
        if failed != 0 {
            me.release()
            return nil
        }
    }

    private func read() {
        while var batch = queue.takeSpare() {
            if batch.count > 0 { after(batch) }
            guard source.fill(&batch) else { break }
            queue.putReady(batch)
        }
        queue.finish()
    }

    func join() {
        queue.finish()
        pthread_join(thread, nil)
    }
}
