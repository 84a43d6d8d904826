// The names of rules and interfaces that captures give by number, made once for each.
//
// Read `Names` first. A few rules write nearly all of a firewall's log, and their text is not in the
// packet: it would have to be put together for each.

import Bytes
import Facts
import Wire

struct RuleNames: Sendable {
    private struct Rule: Sendable {
        var words = SIMD8<UInt64>(repeating: 0)
        var interface = Name.none
        var rule = Name.none
    }

    private struct Interface: Sendable {
        var index: UInt32 = 0
        var name = Name.none
    }

    // Limit: how many are remembered; another in the place of one is made anew. Two neighbours are a
    // pair in which a rule may stand.
    private var known = [Rule](repeating: Rule(), count: 256)
    private var interfaces = [Interface](repeating: Interface(), count: 64)

    /// Fills in the interface and the rule of a packet that pf logged; its header stands at `start`.
    mutating func fill(
        _ header: borrowing PFLogHeader, _ window: RawSpan, _ start: Int,
        _ names: inout Names, _ entry: inout Entry
    ) {
        let words = header.ruleWords
        let mixed = (words[0] ^ words[4] &* 0x9FB2_1C65_1E98_DF25) &* 0x9E37_79B9_7F4A_7C15
        var slot = Int(truncatingIfNeeded: mixed &>> 56)
        if known[slot].words != words || known[slot].rule.isNone {
            slot ^= 1
            if known[slot].words != words || known[slot].rule.isNone {
                slot ^= 1
                known[slot ^ 1] = known[slot]
                known[slot] = make(header, window, start, &names)
            }
        }
        entry.interface = known[slot].interface
        entry.rule = known[slot].rule
    }

    private func make(
        _ header: borrowing PFLogHeader, _ window: RawSpan, _ start: Int, _ names: inout Names
    ) -> Rule {
        let field = header.interface
        let line = Line(window, from: start, to: start + header.payloadOffset)
        let rule = PaddedText(text(header, line, start))
        return Rule(
            words: header.ruleWords,
            interface: names.keep(line, Field(start + field.start, start + field.end)),
            rule: rule.withLine { names.keep($0, $0.whole) })
    }

    /// pfSense's tracker where there is one, since it outlives a reload; otherwise the number, in an
    /// anchor as tcpdump writes it: `12.anchor.3`.
    private func text(
        _ header: borrowing PFLogHeader, _ line: borrowing Line, _ start: Int
    ) -> [UInt8] {
        var writer = ByteWriter(capacity: 64)
        if let identifier = header.identifier {
            writer.put(identifier)
            return writer.bytes
        }
        writer.put(header.ruleNumber)
        guard let inner = header.anchorRuleNumber else { return writer.bytes }
        let anchor = header.anchor
        if !anchor.isEmpty {
            writer.put(".")
            writer.put(line.copy(Field(start + anchor.start, start + anchor.end)))
        }
        writer.put(".")
        writer.put(inner)
        return writer.bytes
    }

    /// `if3`: the index is all that some captures have of an interface.
    mutating func interface(_ index: UInt32, _ names: inout Names) -> Name {
        let slot = Int(index & 63)
        if interfaces[slot].index != index || interfaces[slot].name.isNone {
            interfaces[slot] = Interface(index: index, name: names.keep("if\(index)"))
        }
        return interfaces[slot].name
    }
}
