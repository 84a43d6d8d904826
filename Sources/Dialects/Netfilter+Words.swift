// What the words of a rule's prefix say: the verdict, and what the rule looks for.
//
// Read `Netfilter+Prefix` first. The kernel logs no verdict (Linux net/netfilter/nf_log_syslog.c
// prints the prefix as it is), so that the author's words are all there is.

import Bytes
import Facts

/// What the words of the prefixes last read say: a few rules write nearly all of a log.
struct PrefixMemory: Sendable {
    // Limit: sixteen prefixes; a seventeenth may push one of them out and is read anew.
    private var known: [16 of (name: Name, words: PrefixWords)] = .init(
        repeating: (.none, PrefixWords()))

    /// What the prefix says that has this name.
    mutating func words(
        _ line: borrowing Line, _ prefix: Field, of name: Name
    ) -> PrefixWords {
        let slot = Int(truncatingIfNeeded: name.hash & 15)
        if known[slot].name != name { known[slot] = (name, PrefixWords(line, prefix)) }
        return known[slot].words
    }
}

/// What the words of a prefix say.
struct PrefixWords: Sendable {
    var blocks = false
    var passes = false
    /// `.match` where they say nothing more.
    var reason = Reason.match
    /// They say that the packet belonged to no connection; the flags may say otherwise.
    var saysNoState: Bool { reason == .invalid || reason == .noState }

    // What the words before told; a word alone often means nothing.
    private var isFirst = true
    private var isUFW = false
    private var namesStates = false
    private var isBehindNot = false
    private var isBehindNew = false
    private var isBehindInvalid = false

    /// What no words say.
    init() {}

    init(_ line: borrowing Line, _ prefix: Field) {
        var at = prefix.start
        while at < prefix.end {
            guard PrefixWords.isLetter(line[at]) else {
                at += 1
                continue
            }
            let start = at
            while at < prefix.end, PrefixWords.isLetter(line[at]) { at += 1 }
            judge(line, Field(start, at), in: prefix)
            isFirst = false
        }
        if blocks { passes = false }
        if let letter = verdictLetter(line, prefix) {
            blocks = letter == .block
            passes = letter == .pass
        }
    }

    private mutating func judge(_ line: borrowing Line, _ word: Field, in prefix: Field) {
        if isBehindInvalid { judgeInvalid(line, word) }
        let wasBehindNot = isBehindNot
        isBehindNot = false
        switch word.count {
        case 1, 2: break
        case 3:
            judgeShort(line, word, isBehindNot: wasBehindNot, in: prefix)
        default:
            for text in PrefixWords.blocking where ends(line, word, text) { blocks = true }
            for text in PrefixWords.passing where ends(line, word, text) {
                if wasBehindNot { blocks = true } else { passes = true }
            }
            judgeReason(line, word)
        }
    }

    private mutating func judgeShort(
        _ line: borrowing Line, _ word: Field, isBehindNot: Bool, in prefix: Field
    ) {
        let isSuSE = line.has("SFW2", at: prefix.start)
        if line.equalsIgnoringCase(word, "new") {
            isBehindNew = true
        } else if line.equalsIgnoringCase(word, "not") {
            self.isBehindNot = true
        } else if line.equalsIgnoringCase(word, "syn") {
            if isBehindNew, isBehindNot { reason = .noState }
        } else if isFirst, line.equals(word, "UFW") {
            isUFW = true
        } else if line.equals(word, "INV") {
            // `STATE-POLICY-INV` of VyOS, `SFW2-...-INV`; `INV-LAN-10` is somebody's own word.
            if namesStates || isSuSE { reason = .invalid }
        } else if isSuSE, line.equals(word, "ACC") {
            // `SFW2-INext-ACC-TCP` of SuSEfirewall2.
            passes = true
        }
    }

    private mutating func judgeReason(_ line: borrowing Line, _ word: Field) {
        if ends(line, word, "invalid") {
            reason = .invalid
            isBehindInvalid = true
        } else if line.equalsIgnoringCase(word, "state") {
            namesStates = true
        } else if line.equalsIgnoringCase(word, "newnotsyn") {
            reason = .noState
        } else if isUFW, line.equals(word, "LIMIT") {
            reason = .rateLimit
        } else if line.equalsIgnoringCase(word, "rpfilter") {
            reason = .antiSpoofing
        } else if line.equalsIgnoringCase(word, "logflags") {
            // Shorewall's chain of the option `tcpflags`.
            reason = .invalidFlags
        }
    }

    /// `INVALID FLAGS`, `INVALID SRC`: the packet is called invalid, not its state.
    private mutating func judgeInvalid(_ line: borrowing Line, _ word: Field) {
        // `INVALID TCP FLAGS`.
        if line.equalsIgnoringCase(word, "tcp") { return }
        isBehindInvalid = false
        if begins(line, word, "flag") {
            reason = .invalidFlags
        } else if line.equalsIgnoringCase(word, "ip") {
            reason = .match
        } else {
            for text in PrefixWords.partsOfPackets where begins(line, word, text) {
                reason = .match
            }
        }
    }

    /// `[WAN_IN-default-D]`, `[WAN_LOCAL-D-2147483647]`, `AvxRl gw1 D`: the verdict is a letter,
    /// and words before it are of the ruleset's name.
    private func verdictLetter(_ line: borrowing Line, _ prefix: Field) -> Action? {
        guard prefix.count >= 4 else { return nil }
        var at = prefix.end - 1
        if line[prefix.start] == 0x5B, line[at] == 0x5D {
            at -= 1
            if isDigit(line[at]) {
                while at > prefix.start, isDigit(line[at]) { at -= 1 }
                guard line[at] == 0x2D else { return nil }
                at -= 1
            }
            guard at > prefix.start + 1, line[at - 1] == 0x2D else { return nil }
        } else {
            guard line.has("Avx", at: prefix.start), line[at - 1] == 0x20 else { return nil }
        }
        return switch line[at] {
        case 0x44, 0x52: .block
        case 0x41: .pass
        default: nil
        }
    }

    private func begins(_ line: borrowing Line, _ word: Field, _ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard word.count >= count else { return false }
        return line.equalsIgnoringCase(Field(word.start, word.start + count), text)
    }

    /// Whether a word ends with another: authors glue their own words before it (`IPTDROP`).
    private func ends(_ line: borrowing Line, _ word: Field, _ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard word.count >= count else { return false }
        return line.equalsIgnoringCase(Field(word.end - count, word.end), text)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { lowercased(byte) &- 0x61 < 26 }

    private static let blocking: [StaticString] = [
        "drop", "dropped", "dropping", "reject", "rejected", "deny", "denied", "block", "blocked",
        "discard", "discarded",
    ]
    private static let passing: [StaticString] = [
        "accept", "accepted", "allow", "allowed", "pass", "passed", "permit", "permitted",
    ]
    private static let partsOfPackets: [StaticString] = [
        "src", "source", "dst", "dest", "addr", "mac", "port", "proto", "option", "header",
        "length", "ttl", "checksum", "iface", "interface",
    ]
}
