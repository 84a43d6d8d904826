// Names keep their text, equal names are equal, and tables join without renumbering.

import Bytes
import Facts
import TestSupport
import Testing

@Suite struct NamesTests {
    @Test func aNameKeepsItsBytes() {
        var random = Seeded()
        var names = Names()
        var kept: [[UInt8]: Name] = [:]
        for _ in 0..<5000 {
            let text = random.bytes(0...12, of: "ab\u{1}")
            let name = PaddedText(text).withLine { names.keep($0, $0.whole) }
            #expect(names.bytes(name) == text, "\(random)")
            #expect(kept[text, default: name] == name, "\(random)")
            kept[text] = name
        }
        #expect(Set(kept.values).count == kept.count, "\(random)")
    }

    @Test func nothingHasNoName() {
        var names = Names()
        #expect(names.keep("") == .none && names.bytes(.none) == [] && Name.none.isNone)
    }

    @Test func aTextAndAFieldAreTheSameName() {
        var names = Names()
        let field = PaddedText("x igb0,").withLine { names.keep($0, Field(2, 6)) }
        #expect(names.keep("igb0") == field && names.text(field) == "igb0")
    }

    @Test func tablesJoinInEitherOrder() {
        var left = Names()
        var right = Names()
        let a = left.keep("igb0")
        let b = right.keep("igb1")
        _ = right.keep("igb0")
        var one = left
        one.merge(right)
        var other = right
        other.merge(left)
        #expect(one == other && one.text(a) == "igb0" && one.text(b) == "igb1")
    }

    @Test func anUnknownNameIsShownByItsNumber() {
        #expect(Names().text(Name(hash: 0xAB)) == "#00000000000000ab")
    }

    @Test func pastTheCapNamesStayEqualAndLoseTheirText() {
        var names = Names()
        for number in 0..<Names.countMax { _ = names.keep("label \(number)") }
        let late = names.keep("one too many")
        #expect(names.keep("one too many") == late)
        #expect(names.text(late).hasPrefix("#"))
        #expect(names.text(names.keep("label 0")) == "label 0")
    }
}
