// What goes wrong at the command's edge, and how it is told: one line on standard error.

import Bytes
import Glibc

/// How the run ended, as interfaces promise it to scripts.
package enum ExitStatus: Int32, Sendable {
    /// It ran, and nothing needs a hand.
    case fine = 0
    /// It ran, and at least one finding needs a hand.
    case needsHand = 1
    case badArguments = 2
    /// An input could not be read or held nothing recognisable, or the output could not be
    /// written.
    case failed = 3
}

/// Why the run stops.
package enum Stop: Error, Equatable, Sendable {
    case complaint(Complaint)
    /// Who read our output has gone (`| head`): no error, nothing to say.
    case closedPipe
}

/// `stray: PLACE: WHAT; TRY`.
package struct Complaint: Error, Equatable, Sendable {
    /// The option, the file, the line; empty when it is the run as a whole.
    package var place: String
    package var what: String
    /// What to do about it.
    package var advice: String
    package var status: ExitStatus

    package init(
        _ place: String, _ what: String, _ advice: String = "",
        status: ExitStatus = .badArguments
    ) {
        self.place = place
        self.what = what
        self.advice = advice
        self.status = status
    }

    /// The line as it is printed, safe for a terminal.
    package var line: String {
        var writer = ByteWriter()
        writer.put("stray: ")
        if !place.isEmpty {
            writer.putSafe(place)
            writer.put(": ")
        }
        writer.putSafe(what)
        if !advice.isEmpty {
            writer.put("; ")
            writer.putSafe(advice)
        }
        writer.put("\n")
        return writer.text
    }

    /// Says it on standard error: the one way errors and warnings are told.
    package func tell() {
        let bytes = Array(line.utf8)
        // Nothing can be done about an error that cannot be told.
        _ = write(2, bytes, bytes.count)
    }
}

/// What the system says of an error number.
package func systemReason(_ number: Int32) -> String {
    switch number {
    case ENOENT: "no such file or directory"
    case EACCES, EPERM: "permission denied"
    case ENOSPC: "no space left"
    case EISDIR: "is a directory"
    default: strerror(number).map { String(cString: $0).lowercased() } ?? "error \(number)"
    }
}
