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

    private func read(_ prefix: String, _ flags: String) -> Entry {
        let text =
            "Jul  4 12:00:00 gw1 kernel: \(prefix)IN=eth0 OUT= SRC=192.0.2.55 DST=10.0.0.1 LEN=40 "
            + "TTL=49 ID=1 DF PROTO=TCP SPT=443 DPT=41025 WINDOW=2048 RES=0x00 \(flags) URGP=0 "
        var reader = LineReader(clock: testClock)
        var entry = Entry()
        let isEntry = PaddedText(text).withLine { reader.read($0, into: &entry) }
        #expect(isEntry)
        return entry
    }
}
