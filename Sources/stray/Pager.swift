// A text longer than the screen, through a pager, as man(1) shows its pages.

import Glibc

/// Shows a text through $STRAY_PAGER, $PAGER or less, where it is longer than the screen. False
/// where it is not, or no pager can be had: then it is to be printed as ever.
func showThroughPager(_ text: [UInt8]) -> Bool {
    guard isatty(1) != 0, Machine.rows.map({ lineCount(text) >= $0 }) ?? false else {
        return false
    }
    guard let command = pagerCommand({ getenv($0).map { String(cString: $0) } }) else {
        return false
    }
    // As git and man do: quit where all fits, show colours, leave the text on the screen.
    setenv("LESS", "FRX", 0)
    return run(command, text)
}

func lineCount(_ text: [UInt8]) -> Int { text.count { $0 == 0x0A } }

/// The command for the shell; nil where none is wanted. A variable that is set and empty, or `cat`,
/// says that none is.
package func pagerCommand(_ variable: (String) -> String?) -> String? {
    for name in ["STRAY_PAGER", "PAGER"] {
        guard let value = variable(name) else { continue }
        return value.isEmpty || value == "cat" ? nil : value
    }
    return "less -FRX"
}

/// Runs a command of the user's with a text as its input; false when it could not be run, so that
/// nothing was shown.
private func run(_ command: String, _ text: [UInt8]) -> Bool {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return false }
    // The pager must not hold the end that it waits for.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
    let words = ["/bin/sh", "-c", command]
    var arguments = words.map { strdup($0) } + [nil]
    defer { arguments.forEach { free($0) } }
    var child: pid_t = 0
    let spawned = posix_spawn(&child, "/bin/sh", &actions, nil, &arguments, environ) == 0
    close(ends[0])
    if spawned { send(text, to: ends[1]) }
    close(ends[1])
    guard spawned else { return false }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    // sh exits with 126 or 127 when it cannot run the command.
    let code = status & 0x7F == 0 ? (status >> 8) & 0xFF : 0
    return code != 126 && code != 127
}

/// Writes all of it, or as much as is read: who leaves the pager early wants no more.
private func send(_ text: [UInt8], to file: Int32) {
    var done = 0
    while done < text.count {
        let count = text.withUnsafeBytes { raw in
            write(file, raw.baseAddress.map { $0 + done }, raw.count - done)
        }
        if count < 0, errno != EINTR { return }
        done += max(0, count)
    }
}
