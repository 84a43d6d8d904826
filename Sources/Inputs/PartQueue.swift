// What blocks came to, on its way into one whole: threads put parts in as they finish, and one of
// them at a time joins those whose turn it is. After that each strand of connections takes in its
// entries, and different strands on different threads. Read Gatherer.swift first.

import Dialects
import Evidence
import Facts
import Glibc

/// What one block came to.
final class Part {
    var sheaf: Sheaf
    var tally = Tally()
    /// The names that its thread read first in this block.
    var names = Names()
    var input = 0
    var bytes = 0
    /// How many strands have not taken in theirs.
    fileprivate var strandsLeft = 0

    init(_ settings: Settings) { sheaf = Sheaf(settings) }
}

/// The connections of one strand.
final class Strand {
    fileprivate(set) var digest: Digest
    /// The part whose entries it takes in next, and whether a thread is at it.
    fileprivate var turn = 0
    fileprivate var isBusy = false

    init(_ settings: Settings) { digest = Digest(settings, beginsInput: true) }

    func finish() { digest.finish() }
}

/// Nobody waits for a turn while there is something to do: who has read a block sees to what
/// strands can be gone on with, and then takes the next block.
final class PartQueue: @unchecked Sendable {
    // Limit: parts that wait for their turn or for a strand, a few megabytes each. A thread that
    // would exceed it waits itself: another one is slow.
    private static let partsMax = 12

    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let advanced = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private let join: (Part) -> Void
    private let settings: Settings
    let strands: [Strand]
    // All guarded by the mutex, as is what strands and parts keep for themselves.
    private var parts: [Int: Part] = [:]
    private var spare: [Part] = []
    /// The part that is to be joined next.
    private var turn = 0
    private var isJoining = false

    /// `join` is called for each part in the order of their numbers, never twice at once.
    init(_ settings: Settings, join: @escaping (Part) -> Void) {
        self.settings = settings
        self.join = join
        strands = (0..<Sheaf.strands).map { _ in Strand(settings) }
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(advanced, nil)
    }

    deinit {
        pthread_cond_destroy(advanced)
        pthread_mutex_destroy(mutex)
        advanced.deallocate()
        mutex.deallocate()
    }

    /// A part to fill, perhaps one used before: its sheaf is not yet emptied.
    func take() -> Part {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return spare.popLast() ?? Part(settings)
    }

    /// Puts a part in, and sees to all that can be done now and that no other thread is at.
    func put(_ number: Int, _ part: Part) {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        part.strandsLeft = strands.count
        parts[number] = part
        while true {
            if !isJoining, let next = parts[turn] {
                joinUnlocked(next)
            } else if let strand = mostBehind {
                advanceUnlocked(strand)
            } else if parts.count > PartQueue.partsMax {
                pthread_cond_wait(advanced, mutex)
            } else {
                return
            }
        }
    }

    private func joinUnlocked(_ part: Part) {
        isJoining = true
        pthread_mutex_unlock(mutex)
        join(part)
        pthread_mutex_lock(mutex)
        isJoining = false
        turn += 1
        pthread_cond_broadcast(advanced)
    }

    /// The strand that has the most to take in and that nobody is at.
    private var mostBehind: Int? {
        var found: Int?
        for number in strands.indices where !strands[number].isBusy && strands[number].turn < turn {
            if found.map({ strands[number].turn < strands[$0].turn }) ?? true { found = number }
        }
        return found
    }

    private func advanceUnlocked(_ number: Int) {
        let strand = strands[number]
        guard let part = parts[strand.turn] else { return }
        strand.isBusy = true
        pthread_mutex_unlock(mutex)
        strand.digest.take(part.sheaf, strand: number)
        pthread_mutex_lock(mutex)
        strand.isBusy = false
        part.strandsLeft -= 1
        if part.strandsLeft == 0 {
            parts[strand.turn] = nil
            spare.append(part)
        }
        strand.turn += 1
        pthread_cond_broadcast(advanced)
    }
}
