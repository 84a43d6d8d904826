// What the machine is asked: its arguments, its terminal, its clock.

import Facts
import Glibc
import Inputs

enum Machine {
    /// The words behind the program's name, as their bytes.
    static var words: [Word] {
        (1..<max(1, Int(CommandLine.argc))).compactMap { index in
            guard let text = CommandLine.unsafeArgv[index] else { return nil }
            let raw = UnsafeRawBufferPointer(start: text, count: strlen(text))
            return Word(Array(raw))
        }
    }

    static var surroundings: Surroundings {
        var clock = timespec()
        clock_gettime(CLOCK_REALTIME, &clock)
        let now = Instant(
            microseconds: Int64(clock.tv_sec) * 1_000_000 + Int64(clock.tv_nsec) / 1000)
        let dumb = getenv("TERM").map { strcmp($0, "dumb") == 0 } ?? false
        let noColor = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
        return Surroundings(
            now: now, noColor: noColor || dumb, showsUnicode: showsUnicode, columns: columns,
            inputIsTerminal: isatty(0) != 0,
            outputIsTerminal: isatty(1) != 0, errorIsTerminal: isatty(2) != 0,
            zone: { (name) throws(ZoneFailure) in try loadZone(name) })
    }

    /// By the first that is set of what setlocale(3) asks for a character set; where none is set,
    /// nothing is known against Unicode.
    private static var showsUnicode: Bool {
        for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
            guard let text = getenv(name), text.pointee != 0 else { continue }
            return isUTF8(locale: String(cString: text))
        }
        return true
    }

    /// Makes all threads share one heap. glibc gives each its own, where what one has freed is of
    /// no use to the others: three megabytes more for a replay, whose threads hardly ever allocate.
    static func shareHeap() {
        // mallopt(3) is in no module of the toolchain; on another C library there is none.
        typealias Function = @convention(c) (CInt, CInt) -> CInt
        guard let mallopt = dlsym(nil, "mallopt") else { return }
        let arenaMax: CInt = -8
        _ = unsafeBitCast(mallopt, to: Function.self)(arenaMax, 1)
    }

    /// How many lines the terminal shows; nil where it does not say.
    static var rows: Int? {
        var size = winsize()
        guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0 else { return nil }
        return Int(size.ws_row)
    }

    /// `COLUMNS` where it is exported, else what the terminal says, else 80.
    private static var columns: Int {
        if let text = getenv("COLUMNS"), let number = Int(String(cString: text)), number > 0 {
            return number
        }
        var size = winsize()
        guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}

/// Whether a locale's name tells of UTF-8: `de_DE.UTF-8`, `C.utf8`.
package func isUTF8(locale: String) -> Bool {
    guard let dot = locale.firstIndex(of: ".") else { return false }
    let set = locale[locale.index(after: dot)...].prefix { $0 != "@" }
    return ["utf-8", "utf8"].contains(set.lowercased())
}
