// What no golden log shows of a netfilter line: whether its words deny the packet a connection.

import Bytes
import Dialects
import Facts
import Testing

@Suite struct NetfilterTests {
    @Test(arguments: [
        "STATE_INVALID_DROP: ", "[UFW AUDIT INVALID] ", "drop wan invalid ct state: ",
        "DROP_CTINVALID ", "[STATE-POLICY-INV-D]", "SFW2-INext-DROP-DEFLT-INV ", "INVALID: ",
        "New not syn: ", "DROP_NEWNOTSYN ", "nf_ct_proto_6: invalid new ",
    ])
    func wordsDenyAState(_ prefix: String) {
        #expect(read(prefix, "ACK FIN").known.contains(.saysNoState))
        #expect(!read(prefix, "SYN").known.contains(.saysNoState) || prefix.hasPrefix("nf_ct"))
    }

    @Test(arguments: [
        "DROP ", "INV-LAN-10 ", "DROP INVALID SRC ", "INVALID FLAGS: ", "INVALID TCP FLAGS: ",
        "[UFW LIMIT BLOCK] ", "Shorewall:rpfilter:DROP:", "Shorewall:logflags:DROP:",
        "NEW CONNECTION ", "NOT SYN ",
    ])
    func wordsLeaveTheStateOpen(_ prefix: String) {
        #expect(!read(prefix, "ACK FIN").known.contains(.saysNoState))
    }

    /// A rule's name is no proof against a packet that opens a connection.
    @Test func newNotSYNOnASYNIsAMatch() {
        #expect(read("New not syn: ", "SYN").reason == .match)
        #expect(read("New not syn: ", "ACK").reason == .noState)
    }

    /// A packet refused by a rule that says nothing of states: its form is what the line tells.
    @Test func theFormOfABlockedPacketIsItsReason() {
        #expect(read("DROP ", "ACK", form: "MF ").reason == .fragment)
        #expect(read("DROP ", "SYN", form: "OPT (94040000) ").reason == .ipOption)
        #expect(read("DROP ", "SYN", form: "MF OPT (94040000) ").reason == .fragment)
        #expect(read("DROP ", "SYN", form: "DF ").reason == .match)
        // Behind PROTO= they are TCP's options.
        #expect(read("DROP ", "SYN", behind: "OPT (020405B4) ").reason == .match)
        // What was let through, and what nothing is known of, was not refused for it.
        #expect(read("ACCEPT ", "SYN", form: "OPT (94040000) ").reason == .match)
        #expect(read("seen ", "SYN", form: "MF ").reason == .match)
        // Options are no matter of a state.
        let invalid = read("INVALID DROP ", "ACK", form: "OPT (94040000) ")
        #expect(invalid.reason == .invalid && invalid.known.contains(.saysNoState))
    }

    @Test(arguments: ["TCP", "UDP", "ICMP", "ESP"])
    func anIncompleteHeaderIsTruncated(_ name: String) {
        let entry = read(line: "DROP ", "DF PROTO=\(name) INCOMPLETE [4 bytes] ")
        #expect(entry.reason == .truncated && !entry.known.contains(.ports))
        #expect(entry.action == .block && !entry.isStray)
    }

    @Test func anotherPacketsIncompleteHeaderIsNotThisOnes() {
        let quoted =
            "[SRC=10.0.0.1 DST=192.0.2.55 LEN=1500 TTL=63 ID=2 PROTO=TCP INCOMPLETE [8 bytes] ] "
        let entry = read(line: "DROP ", "PROTO=ICMP TYPE=3 CODE=4 \(quoted)MTU=1400 ")
        #expect(entry.reason == .match)
    }

    @Test func aLaterFragmentIsAFragment() {
        let entry = read(line: "DROP ", "FRAG:185 PROTO=UDP ")
        #expect(entry.reason == .fragment && entry.known.contains(.laterFragment))
        #expect(read(line: "ACCEPT ", "FRAG:185 PROTO=UDP ").reason == .match)
    }

    private func read(
        _ prefix: String, _ flags: String, form: String = "DF ", behind: String = ""
    ) -> Entry {
        read(
            line: prefix,
            "\(form)PROTO=TCP SPT=443 DPT=41025 WINDOW=2048 RES=0x00 \(flags) URGP=0 \(behind)")
    }

    private func read(line prefix: String, _ words: String) -> Entry {
        let text =
            "Jul  4 12:00:00 gw1 kernel: \(prefix)IN=eth0 OUT= SRC=192.0.2.55 DST=10.0.0.1 LEN=40 "
            + "TTL=49 ID=1 \(words)"
        var reader = LineReader(clock: testClock)
        var entry = Entry()
        let isEntry = PaddedText(text).withLine { reader.read($0, into: &entry) }
        #expect(isEntry)
        return entry
    }
}
