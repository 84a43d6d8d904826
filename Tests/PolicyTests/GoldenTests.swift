// Whole files as pfSense and OPNsense write them: what is read of them, and what they answer.

import Facts
import Foundation
import Policy
import Testing

private let names = ["pfsense.rules", "opnsense.rules"]

@Suite struct PolicyGoldenTests {
    /// GOLDEN_UPDATE=1 writes them anew; read the difference before it is committed.
    @Test(arguments: names)
    func filesAreReadAsWritten(_ name: String) throws {
        let read = told(PolicyRules(parsing: try golden(name)))
        let file = goldenFolder.appending(path: name.replacing(".rules", with: ".out"))
        if ProcessInfo.processInfo.environment["GOLDEN_UPDATE"] != nil {
            try read.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == read)
    }

    private func told(_ rules: PolicyRules) -> String {
        var out = ""
        for note in rules.notes {
            out +=
                "\(note.place.line):\(note.place.column): \(note.kind): \(note.what): "
                + "\(note.meaning)\n"
        }
        for (number, rule) in rules.rules.enumerated() {
            var line = "\(number) line \(rule.place.line) \(rule.kind)"
            if let action = rule.action { line += " \(action)" }
            if rule.isQuick { line += " quick" }
            if rule.isLogged { line += " log" }
            if let numbers = rule.numbers { line += " @\(numbers.lowerBound)+\(numbers.count)" }
            if let identifier = rule.identifier { line += " id \(identifier)" }
            if rule.impliesFlags { line += " implied-flags" }
            if rule.kind == .filter { line += " \(rule.options.kind)" }
            if rule.options.binding != .inherited { line += " \(rule.options.binding)" }
            for timeout in rule.options.timeouts { line += " \(timeout.name)=\(timeout.seconds)" }
            if rule.options.allowsOptions { line += " allow-opts" }
            for label in rule.labels { line += " \"\(label)\"" }
            out += line + "\n"
        }
        let settings = rules.settings
        out += "timeouts \(settings.timeouts.map { "\($0.name)=\($0.seconds)" })\n"
        out += "limits \(settings.limits.map { "\($0.name)=\($0.seconds)" })\n"
        out +=
            "skip \(settings.skip) policy \(settings.statePolicy) block \(settings.blockPolicy)\n"
        return out
    }
}
