// What blocks came to, on its way into one whole: threads put parts in as they finish, and one of
// them at a time joins those whose turn it is. Read Gatherer.swift first.

import Dialects
import Evidence
import Facts
import Glibc

/// What one block came to.
final class Part {
    var digest: Digest
    var tally = Tally()
    /// The names that its thread read first in this block.
    var names = Names()
    var input = 0
    var bytes = 0

    init(_ settings: Settings) { digest = Digest(settings, beginsInput: false) }
}

/// Nobody waits for a turn while there is something to read: who finishes a part out of turn goes
/// on to the next block, and whoever finishes the one that was missing joins all that are ready.
final class PartQueue: @unchecked Sendable {
    // Limit: parts that wait, some megabytes each. A thread that would exceed it waits itself: the
    // one that reads the missing part is slow, or joining is.
    private static let waitingMax = 8

    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let advanced = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private let join: (Part) -> Void
    private let settings: Settings
    // All guarded by the mutex.
    private var waiting: [Int: Part] = [:]
    private var spare: [Part] = []
    private var turn = 0
    private var isJoining = false

    /// `join` is called for each part in the order of their numbers, never twice at once.
    init(_ settings: Settings, join: @escaping (Part) -> Void) {
        self.settings = settings
        self.join = join
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(advanced, nil)
    }

    deinit {
        pthread_cond_destroy(advanced)
        pthread_mutex_destroy(mutex)
        advanced.deallocate()
        mutex.deallocate()
    }

    /// A part to fill, perhaps one used before: its digest is not yet emptied.
    func take() -> Part {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return spare.popLast() ?? Part(settings)
    }

    /// Puts a part in, and joins what can be joined now unless another thread does.
    func put(_ number: Int, _ part: Part) {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        waiting[number] = part
        while true {
            if !isJoining, let next = waiting.removeValue(forKey: turn) {
                joinUnlocked(next)
            } else if waiting.count > PartQueue.waitingMax {
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
        spare.append(part)
        pthread_cond_broadcast(advanced)
    }
}
