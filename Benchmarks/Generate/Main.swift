// stray-generate: makes the logs that the benchmarks and `Examples/` are built from. The same seed
// gives the same bytes on every machine.

import Bytes
import Glibc

@main struct Generate {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        do throws(Failure) {
            switch arguments.first {
            case "filterlog": try writeFilterlog(Array(arguments.dropFirst()))
            case "capture": try writeCapture(Array(arguments.dropFirst()))
            case "examples": try writeExamples(Array(arguments.dropFirst()))
            default: throw Failure.usage
            }
        } catch {
            complain(error)
        }
    }

    private static func writeFilterlog(_ arguments: [String]) throws(Failure) {
        let options = try GenerateOptions(arguments, amount: "--bytes")
        let output = if let path = options.path { try Output(path: path) } else { Output() }
        var log = BenchmarkLog(seed: options.seed)
        var writer = ByteWriter(capacity: 1 << 20)
        var written = 0
        while written + writer.count < options.amount {
            log.step(&writer)
            guard writer.count > (1 << 20) - 4096 else { continue }
            written += writer.count
            try output.write(writer.bytes)
            writer.removeAll()
        }
        try output.write(writer.bytes)
    }

    private static func writeCapture(_ arguments: [String]) throws(Failure) {
        let options = try GenerateOptions(arguments, amount: "--connections")
        let output = if let path = options.path { try Output(path: path) } else { Output() }
        var capture = BenchmarkCapture(connections: options.amount, seed: options.seed)
        var writer = ByteWriter(capacity: 1 << 20)
        writer.put(captureHeader)
        while capture.step(&writer) {
            guard writer.count > (1 << 20) - 4096 else { continue }
            try output.write(writer.bytes)
            writer.removeAll()
        }
        try output.write(writer.bytes)
    }

    private static func writeExamples(_ arguments: [String]) throws(Failure) {
        guard arguments.count == 1, let folder = arguments.first else { throw Failure.usage }
        for example in allExamples {
            try Output(path: "\(folder)/\(example.name)").write(example.make())
        }
    }

    private static func complain(_ failure: Failure) -> Never {
        let text: String
        let status: Int32
        switch failure {
        case .usage:
            text = """
                stray-generate: arguments: not understood; try one of
                  stray-generate filterlog --bytes N [--seed S] [--out FILE]
                  stray-generate capture --connections N [--seed S] [--out FILE]
                  stray-generate examples DIR
                """
            status = 2
        case .cannotWrite(let path, let code):
            let reason = String(cString: strerror(code))
            text = "stray-generate: \(path): \(reason); try a place that can be written"
            status = 3
        }
        try? Output(descriptor: 2).write(Array((text + "\n").utf8))
        exit(status)
    }
}

enum Failure: Error {
    case usage
    case cannotWrite(String, Int32)
}

private struct GenerateOptions {
    /// How much is made.
    var amount = 0
    var seed: UInt64 = 1
    var path: String?

    init(_ arguments: [String], amount name: String) throws(Failure) {
        var at = 0
        while at + 1 < arguments.count {
            let value = arguments[at + 1]
            switch arguments[at] {
            case name: amount = Int(value) ?? 0
            case "--seed":
                guard let number = UInt64(value) else { throw .usage }
                seed = number
            case "--out": path = value
            default: throw .usage
            }
            at += 2
        }
        guard at == arguments.count, amount > 0 else { throw .usage }
    }
}
