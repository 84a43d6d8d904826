// Where output goes: standard output, or a file that appears only when it is whole.

import Bytes
import Glibc

/// Buffered output. Nothing but this writes to standard output.
package struct Output: ~Copyable {
    private let file: Int32
    /// The file under way and the one it becomes; nil on standard output and on devices.
    private let pending: (temporary: [CChar], final: [CChar])?
    private var isFinished = false
    private let name: String
    /// What is written next; call `flushIfFull` now and then, `finish` at the end.
    package var writer = ByteWriter(capacity: 1 << 16)

    /// Standard output for nil. A file's directory must be writable now, so that nobody waits
    /// for a result that cannot be kept.
    package init(to path: [UInt8]?) throws(Stop) {
        guard let path else {
            name = "standard output"
            file = 1
            pending = nil
            return
        }
        let shown = String(decoding: path, as: UTF8.self)
        let target = Output.followed(path.map { CChar(bitPattern: $0) } + [0])
        var status = stat()
        let exists = stat(target, &status) == 0
        let isRegular = !exists || status.st_mode & S_IFMT == S_IFREG
        var temporary = target
        if isRegular {
            temporary.removeLast()
            temporary += ".stray-\(getpid())".utf8.map { CChar(bitPattern: $0) } + [0]
        }
        let flags = isRegular ? O_WRONLY | O_CREAT | O_EXCL : O_WRONLY
        let opened = open(temporary, flags | O_CLOEXEC, 0o666)
        guard opened >= 0 else {
            throw .complaint(
                Complaint(
                    shown, "cannot be written: \(systemReason(errno))",
                    "name a file in a directory of yours", status: .failed))
        }
        if exists, isRegular { fchmod(opened, status.st_mode & 0o777) }
        name = shown
        file = opened
        pending = isRegular ? (temporary, target) : nil
    }

    /// A link's target, so that the link stays a link; the path itself when it is none.
    private static func followed(_ path: [CChar]) -> [CChar] {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return Array(UnsafeBufferPointer(start: real, count: strlen(real) + 1))
    }

    /// Writes out what has gathered, once it is worth a system call.
    package mutating func flushIfFull() throws(Stop) {
        if writer.count >= 1 << 16 { try flush() }
    }

    package mutating func flush() throws(Stop) {
        let bytes = writer.bytes
        writer.removeAll()
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { raw in
                write(file, raw.baseAddress.map { $0 + done }, raw.count - done)
            }
            if count < 0 {
                if errno == EINTR { continue }
                if errno == EPIPE { throw .closedPipe }
                throw failure()
            }
            done += count
        }
    }

    /// Writes the rest; a file gets its name.
    package mutating func finish() throws(Stop) {
        try flush()
        guard let pending else { return }
        guard rename(pending.temporary, pending.final) == 0 else { throw failure() }
        isFinished = true
    }

    private func failure() -> Stop {
        .complaint(
            Complaint(
                name, "cannot be written: \(systemReason(errno))", "make room and run again",
                status: .failed))
    }

    deinit {
        if let pending, !isFinished { unlink(pending.temporary) }
        if file != 1 { close(file) }
    }
}
