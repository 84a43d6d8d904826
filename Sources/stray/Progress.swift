// How far the reading has come, on standard error, for those who wait at a terminal.

import Bytes
import Glibc
import Synchronization

/// Shown after half a second, ten times a second at most, and gone at the end. Any thread may
/// tell it of bytes done.
package final class Progress: Sendable {
    private let isShown: Bool
    /// Bytes in all; zero when nobody knows (a pipe).
    private let total: Int
    private let done = Atomic<Int>(0)
    private let began = ContinuousClock.now
    private let state = Mutex<(next: Duration, width: Int)>((.milliseconds(500), 0))
    private let sink: @Sendable (String) -> Void

    package init(total: Int, _ manner: Manner) {
        self.total = total
        isShown = manner.progress
        sink = { text in _ = write(2, text, text.utf8.count) }
    }

    /// More bytes were done.
    package func add(_ bytes: Int) {
        guard isShown else { return }
        let sum = done.add(bytes, ordering: .relaxed).newValue
        let elapsed = ContinuousClock.now - began
        // A thread that finds another one printing has better things to do.
        _ = state.withLockIfAvailable { state in
            guard elapsed >= state.next else { return }
            state.next = elapsed + .milliseconds(100)
            let text = progressText(done: sum, total: total, elapsed: elapsed)
            // Blanks, not an escape sequence, wipe what was longer before.
            let pad = String(repeating: " ", count: max(0, state.width - text.utf8.count))
            state.width = text.utf8.count
            sink("\r" + text + pad)
        }
    }

    /// Takes the line away. To be called before anything else is told on standard error.
    package func finish() {
        state.withLock { state in
            guard state.width > 0 else { return }
            sink("\r" + String(repeating: " ", count: state.width) + "\r")
            state.width = 0
        }
    }
}

/// `stray: 41 % of 1.2 GB, 310 MB/s, 3 s left`.
package func progressText(done: Int, total: Int, elapsed: Duration) -> String {
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
    let rate = seconds > 0 ? Double(done) / seconds : 0
    let speed = bytesText(Int(rate)) + "/s"
    guard total > 0, done <= total else { return "stray: \(bytesText(done)) read, \(speed)" }
    let percent = Int(Double(done) / Double(total) * 100)
    let left = rate > 0 ? Int((Double(total - done) / rate).rounded(.up)) : 0
    return "stray: \(percent) % of \(bytesText(total)), \(speed), \(left) s left"
}

/// `512 B`, `1.2 GB`: three figures at most, by thousands.
package func bytesText(_ bytes: Int) -> String {
    let units = ["B", "kB", "MB", "GB", "TB", "PB"]
    var value = Double(max(0, bytes))
    var unit = 0
    while value >= 999.5, unit < units.count - 1 {
        value /= 1000
        unit += 1
    }
    let tenths = Int((value * 10).rounded())
    let text =
        unit > 0 && tenths < 100 ? "\(tenths / 10).\(tenths % 10)" : "\(Int(value.rounded()))"
    return "\(text) \(units[unit])"
}
