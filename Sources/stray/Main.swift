// The command. Words come in, a request is made of them, a command answers it, a status goes out.

import Bytes
import Facts
import Glibc
import Inputs

@main struct Main {
    static func main() {
        // A reader that has gone shows as an error of `write`, which is no error of ours.
        signal(SIGPIPE, SIG_IGN)
        exit(run(Machine.words).rawValue)
    }

    private static func run(_ words: [Word]) -> ExitStatus {
        do {
            return try answer(try Request(Typed(words), Machine.surroundings))
        } catch let complaint as Complaint {
            complaint.tell()
            return complaint.status
        } catch Stop.complaint(let complaint) {
            complaint.tell()
            return complaint.status
        } catch {
            return .fine
        }
    }

    private static func answer(_ request: Request) throws(Stop) -> ExitStatus {
        switch request {
        case .why(let why): return try WhyCommand.run(why)
        case .entries(let entries): return try EntriesCommand.run(entries)
        case .explain(let explain): return try ExplainCommand.run(explain)
        case .replay(let replay): return try ReplayCommand.run(replay)
        case .tune(let tune): return try TuneCommand.run(tune)
        case .flags(let flags): return try FlagsCommand.run(flags)
        case .cause(let cause): return try CauseCommand.run(cause)
        case .dialects(let dialects): return try DialectsCommand.run(dialects)
        case .completions(let shell, let manner):
            return try print(Array(completions(for: shell).utf8), manner)
        case .help(let help):
            let bytes = help.isManual ? manualPage(help.command) : helpText(help).bytes
            return try print(bytes, help.manner)
        case .version:
            var output = try Output(to: nil)
            output.writer.put("stray \(version)\n")
            try output.finish()
            return .fine
        }
    }
}

/// Prints a text that is ready as a whole.
func print(_ bytes: [UInt8], _ manner: Manner) throws(Stop) -> ExitStatus {
    var output = try Output(to: manner.output)
    output.writer.put(bytes)
    try output.finish()
    return .fine
}
