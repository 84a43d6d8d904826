// The firewall's own rules beside a finding: "Your rule, rules.debug:116: …", and why it did not
// pass the packet.

import Bytes
import Facts

/// What one rule has to do with the packets of a finding.
public struct RuleAccount: Equatable, Sendable {
    public var file: String
    /// The line in that file; of nft's JSON, that on which the rule's object begins.
    public var line: Int
    /// As it stands there.
    public var text: String
    /// `pass-opening`, `block`, …: the names that JSON gives it.
    public var would: String
    public var because: String

    public init(file: String, line: Int, text: String, would: String, because: String) {
        self.file = file
        self.line = line
        self.text = text
        self.would = would
        self.because = because
    }

    /// What it does, before its reason.
    var claim: String {
        switch would {
        case "pass-opening": "it would have passed the connection's opening"
        case "pass-other-end": "it is for the other direction"
        case "nearly-pass": "it is the pass rule that comes nearest"
        case "pass-but-for": "it passes this packet, but is not the one that decides"
        case "pass": "it passes this packet"
        default: "it blocks this packet"
        }
    }

    /// Two lines: the rule, and what it does.
    public func put(_ out: inout TerminalWriter) {
        let isBlock = would == "block"
        // Limit: a rule of a thousand addresses is cut; its line is named.
        let shown = text.count > 240 ? text.prefix(240) + "…" : text[...]
        out.fill(
            [Styled("\(file):\(line): \(shown)", .cyan)],
            first: isBlock ? "rule that blocked: " : "your rule: ", indent: 3, hanging: 8)
        out.fill([Styled("\(claim): \(because).")], indent: 8, hanging: 8)
    }

    public func putJSON(_ out: inout ByteWriter) {
        out.put("{\"line\":")
        out.put(line)
        out.put(",\"text\":")
        out.putJSON(text)
        out.put(",\"would\":")
        out.putJSON(would)
        out.put(",\"because\":")
        out.putJSON(because)
        out.put("}")
    }
}
