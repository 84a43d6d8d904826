// Threads that take turns. Swift's task pool must not be blocked, and these do wait for each
// other; so they are plain threads.

import Glibc

/// Runs `body` on `count` threads at once, the caller's among them, and waits for all.
func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    final class Job: Sendable {
        let number: Int
        let body: @Sendable (Int) -> Void
        init(_ number: Int, _ body: @escaping @Sendable (Int) -> Void) {
            self.number = number
            self.body = body
        }
    }
    var threads: [pthread_t] = []
    for number in 1..<max(1, count) {
        var thread = pthread_t()
        let job = Unmanaged.passRetained(Job(number, body))
        let failed = pthread_create(
            &thread, nil,
            { raw in
                guard let raw else { return nil }
                let job = Unmanaged<Job>.fromOpaque(raw).takeRetainedValue()
                job.body(job.number)
                return nil
            }, job.toOpaque())
        if failed == 0 { threads.append(thread) } else { job.release() }
    }
    body(0)
    for thread in threads { pthread_join(thread, nil) }
}

/// A lock, and a queue in which each waits for its number to be called.
final class Turnstile: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let called = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var turn = 0

    init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(called, nil)
    }

    deinit {
        pthread_cond_destroy(called)
        pthread_mutex_destroy(mutex)
        called.deallocate()
        mutex.deallocate()
    }

    func locked<Result>(_ body: () -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body()
    }

    /// Waits until it is the turn of `number`, runs `body`, and calls the next.
    func inTurn(_ number: Int, _ body: () -> Void) {
        pthread_mutex_lock(mutex)
        while turn != number { pthread_cond_wait(called, mutex) }
        pthread_mutex_unlock(mutex)
        body()
        pthread_mutex_lock(mutex)
        turn += 1
        pthread_cond_broadcast(called)
        pthread_mutex_unlock(mutex)
    }
}
