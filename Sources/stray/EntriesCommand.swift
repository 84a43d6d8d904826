// `stray entries`: every dialect in, one shape out.

import Bytes
import Evidence
import Facts
import Inputs
import Reports

enum EntriesCommand {
    static func run(_ request: EntriesRequest) throws(Stop) -> ExitStatus {
        var options = ReadOptions(request.reading)
        options.selection = request.selection
        var inputs = request.reading.inputs.map { Input(path: $0.path, node: $0.node) }
        if inputs.count > 1 { inputs = try readAgain(inputs) }
        let arrangement = Arrangement(inputs, options)
        var output = try Output(to: request.manner.output)
        let printer = EntryPrinter(
            request.format.ofEntry, zone: request.reading.zone, version: version)
        printer.putHead(judged: false, to: &output.writer)
        var number = 0
        var stop: Stop?
        let walk = EntryWalk(arrangement, options)
        let everything = options.selection.isEverything
        walk.run { walked, names in
            number += 1
            guard everything || options.selection.admits(walked.entry) else { return true }
            let place = Place(
                number: number, input: arrangement.inputs[walked.input].name, line: walked.line)
            printer.put(walked.entry, at: place, names: names, nil, to: &output.writer)
            do throws(Stop) { try output.flushIfFull() } catch { stop = error }
            return stop == nil
        }
        if let stop { throw stop }
        try output.finish()
        return complain(walk.reports, request.manner) ? .failed : .fine
    }
}

extension Format {
    /// As a form of single entries; `Request` lets no other through.
    var ofEntry: EntryForm {
        switch self {
        case .csv: .csv
        case .ecs: .ecs
        case .ocsf: .ocsf
        default: .ndjson
        }
    }
}
