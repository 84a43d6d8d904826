// Reads logs and throws the entries away: what recognition and parsing cost by themselves.
//
// usage: stray-bench FILE [THREADS]

import Dialects
import Facts
import Glibc
import Inputs

@main struct Read {
    static func main() {
        let words = CommandLine.arguments
        guard words.count > 1 else {
            print("usage: stray-bench FILE [THREADS]")
            exit(2)
        }
        var options = ReadOptions()
        options.threads = words.count > 2 ? Int(words[2]) ?? 1 : 2
        options.now = Instant(seconds: Int64(time(nil)))
        let reports = readOnly([Input(path: Array(words[1].utf8))], options)
        for report in reports {
            let tally = report.tally
            print("\(tally.lines) lines, \(tally.entries) entries, \(tally.rejected) rejected")
        }
    }
}
