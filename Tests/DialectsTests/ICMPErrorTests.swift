// Which ICMP messages each dialect's reader calls errors: they answer a packet, a ping does not.

import Bytes
import Dialects
import Facts
import Testing

@Suite struct ICMPErrorTests {
    @Test(arguments: [
        ("unreachport,192.0.2.199,tcp,22", true), ("unreachport,192.0.2.9,UDP,5336", true),
        ("unreachproto,192.0.2.9,47", true), ("needfrag,192.0.2.9,1400", true),
        ("unreach,host 192.0.2.9 unreachable - admin prohibited filter36", true),
        ("timexceed,time exceeded in-transit36", true),
        ("paramprob, parameter problem - octet 2036", true), ("source quench36", true),
        ("request,37728,164", false), ("reply,37728,164", false), ("tstamp,1,2", false),
        ("redirect,redirect 192.0.2.9 to host 192.0.2.136", false), ("type-??36", false),
        ("", false),
        ("datalength=36,unreach,port-unr,,,", true), ("datalength=36,timex,transit,,,", true),
        ("datalength=36,paramprob,badhead,,,", true), ("datalength=36,squench,0,,,", true),
        ("datalength=36,redir,redir-host,,,", false), ("datalength=8,echoreq,,1,1,", false),
        ("datalength=8,unknown(3),0,,,", false), ("datalength=1,truncated-icmp=1,,,,", false),
    ])
    func filterlogOfIPv4(_ words: String, _ isError: Bool) throws {
        #expect(try isICMPError(v4Filter + words) == isError)
        // A later fragment has no message of its own.
        let later = v4Filter.replacing(",43880,0,none", with: ",43880,1480,none")
        #expect(try !isICMPError(later + words))
    }

    @Test(arguments: [
        ("datalength=88,unreach,port-unr,,,", true), ("datalength=88,toobig,0,,,1400", true),
        ("datalength=88,timex,transit,,,", true), ("datalength=88,paramprob,nxthdr,,,", true),
        ("datalength=88,neighbrsol,0,,,", false), ("datalength=88,echoreq,0,1,2,", false),
        // pfSense tells no type of ICMPv6.
        ("", false),
    ])
    func filterlogOfIPv6(_ words: String, _ isError: Bool) throws {
        #expect(try isICMPError(v6Filter + words) == isError)
    }

    /// Another protocol's columns may begin with any word.
    @Test func filterlogOfAnotherProtocol() throws {
        let other = v4Filter.replacing(",1,icmp,", with: ",47,gre,")
        #expect(try !isICMPError(other + "datalength=36,unreach,"))
    }

    @Test(arguments: [
        ("PROTO=ICMP TYPE=3 CODE=3 ", true), ("PROTO=ICMP TYPE=4 CODE=0 ", true),
        ("PROTO=ICMP TYPE=11 CODE=0 ", true), ("PROTO=ICMP TYPE=12 CODE=0 ", true),
        ("PROTO=ICMP TYPE=5 CODE=1 ", false), ("PROTO=ICMP TYPE=8 CODE=0 ID=3 SEQ=3 ", false),
        ("PROTO=ICMP TYPE=1 CODE=3 ", false), ("PROTO=ICMP TYPE=300 CODE=3 ", false),
        ("PROTO=ICMPv6 TYPE=1 CODE=4 ", true), ("PROTO=ICMPv6 TYPE=2 CODE=0 ", true),
        ("PROTO=ICMPv6 TYPE=3 CODE=0 ", true), ("PROTO=ICMPv6 TYPE=4 CODE=0 ", true),
        ("PROTO=ICMPv6 TYPE=11 CODE=0 ", false), ("PROTO=ICMPv6 TYPE=128 CODE=0 ", false),
        ("PROTO=ICMP INCOMPLETE [2 bytes] ", false), ("PROTO=UDP SPT=3 DPT=3 LEN=8 TYPE=3 ", false),
        // Half a number may be of 30 to 39.
        ("PROTO=ICMP TYPE=3", false), ("PROTO=ICMP", false),
    ])
    func netfilter(_ words: String, _ isError: Bool) throws {
        #expect(try isICMPError(kernel + words) == isError)
    }

    /// The packet that a message quotes has a type of its own.
    @Test func netfilterQuotesAnotherPacket() throws {
        func quote(_ type: Int) -> String {
            "[SRC=10.0.0.1 DST=192.0.2.55 LEN=84 TTL=63 ID=2 PROTO=ICMP TYPE=\(type) CODE=0 ] "
        }
        #expect(try isICMPError(kernel + "PROTO=ICMP TYPE=3 CODE=1 " + quote(8)))
        #expect(try !isICMPError(kernel + "PROTO=ICMP TYPE=5 CODE=1 " + quote(3)))
        let cut = "[SRC=10.0.0.1 DST=192.0.2.5 LEN=84 PROTO=TCP INCOMPLETE [8 bytes] ] TYPE=3 "
        #expect(try !isICMPError(kernel + "PROTO=ICMP TYPE=5 CODE=1 " + cut))
        #expect(try !isICMPError(kernel + "PROTO=ICMP " + quote(3)))
    }

    @Test(arguments: [(0, false), (3, true), (4, true), (5, false), (8, false), (11, true)])
    func ciscoSentences(_ type: Int, _ isError: Bool) throws {
        for sentence in [
            "106023: Deny icmp src outside:192.0.2.1 dst inside:10.0.0.5 (type \(type), code 1) by "
                + "access-group \"in\" [0x0, 0x0]",
            "106023: Deny icmp src outside:192.0.2.1(LOCAL\\a b) dst inside:10.0.0.5(c) "
                + "(type \(type), code 1) by access-group \"in\" [0x0, 0x0]",
            "106014: Deny inbound icmp src outside:192.0.2.1 dst inside:10.0.0.5 "
                + "(type \(type), code 1)",
            "313001: Denied ICMP type=\(type), code=1 from 192.0.2.1 on interface outside",
            "313004: Denied ICMP type=\(type), from laddr 192.0.2.1 on interface outside to "
                + "10.0.0.5: no matching session",
            "313005: No matching connection for ICMP error message: icmp src outside:192.0.2.1 "
                + "dst inside:10.0.0.5 (type \(type), code 3) on outside interface.  Original IP "
                + "payload: icmp src 10.0.0.5 dst 192.0.2.9 (type 3, code 0).",
            // Of late the type and the code, of old nothing and the type.
            "106100: access-list in denied icmp outside/192.0.2.1(\(type)) -> inside/10.0.0.5(0) "
                + "hit-cnt 1 first hit [0x0, 0x0]",
            "106100: access-list in denied icmp outside/192.0.2.1(0) -> inside/10.0.0.5(\(type)) "
                + "hit-cnt 1 first hit [0x0, 0x0]",
        ] {
            #expect(try isICMPError("%ASA-4-" + sentence) == isError, "\(sentence)")
        }
    }

    @Test func ciscoIPv6AndOtherProtocols() throws {
        let deny = "%ASA-4-106023: Deny PROTO src outside:2001:db8::1 dst inside:2001:db8::2 "
        let tail = "(type 1, code 4) by access-group \"in\" [0x0, 0x0]"
        // The address runs up to the blank; the interface up to the first colon.
        #expect(try isICMPError(deny.replacing("PROTO", with: "icmp6") + tail))
        #expect(try !isICMPError(deny.replacing("PROTO", with: "gre") + tail))
        let six = "%ASA-3-313008: Denied ICMPv6 type=TT, code=0 from 2001:db8::1 on interface out"
        #expect(try isICMPError(six.replacing("TT", with: "3")))
        #expect(try !isICMPError(six.replacing("TT", with: "135")))
    }

    @Test func messagesToTheDeviceAreBlocked() throws {
        let line = "%ASA-3-313001: Denied ICMP type=8, code=0 from 192.0.2.1 on interface outside"
        let both = read(line)
        let entry = try #require(both.entry)
        #expect(entry.action == .block && entry.ipProtocol == 1 && entry.reason == .match)
        #expect(entry.source == Endpoint(v4(192, 0, 2, 1), 0) && entry.destination == .none)
        #expect(both.text(entry.interface) == "outside")
        for count in 20..<(line.utf8.count - 7) {
            #expect(read(String(line.prefix(count))).entry == nil)
        }
    }

    private func isICMPError(_ text: String) throws -> Bool {
        try #require(read(text).entry, "\(text)").known.contains(.icmpError)
    }

    private let v4Filter =
        "Nov 19 08:15:02 fw1 filterlog[7]: 4,,,1000000103,igb0,match,block,in,4,0xc0,,64,43880,0,"
        + "none,1,icmp,72,192.0.2.199,10.91.9.35,"
    private let v6Filter =
        "Nov 19 08:15:02 fw1 filterlog[7]: 4,,,1000000105,igb0,match,block,in,6,0x00,0x00000,255,"
        + "ICMPv6,58,88,2001:db8::1,2001:db8::2,"
    private let kernel =
        "Jul  4 12:00:00 gw1 kernel: DROP IN=eth0 OUT= SRC=192.0.2.55 DST=10.0.0.1 LEN=56 TTL=49 "
        + "ID=1 "
}
