// Forcepoint's records, field by field: the message that names a packet of no connection, and the
// shapes CEF and LEEF arrive in.

import Bytes
import Dialects
import Facts
import Testing

@Suite struct ForcepointTests {
    @Test(
        arguments: [
            ("Not a Valid SYN Packet [FA]", TCPFlags([.fin, .ack])),
            ("Not a valid SYN packet [SA]", [.syn, .ack]), ("NOT A VALID SYN PACKET [R]", [.rst]),
            ("Not a Valid SYN Packet [FPA] dropped", [.fin, .psh, .ack]),
        ] as [(String, TCPFlags)])
    func aPacketOfNoConnectionSaysSo(_ message: String, _ flags: TCPFlags) throws {
        let both = discarded("msg=\(message) ")
        let entry = try #require(both.entry)
        #expect(entry.action == .block)
        #expect(entry.reason == .noState)
        #expect(entry.flags == flags)
        #expect(entry.known.isSuperset(of: [.saysNoState, .flags, .ports]))
        #expect(both.text(entry.reasonText) == message)
        #expect(entry.isStray)
    }

    @Test(arguments: ["[S]", "[SEC]"])
    func aLoneOpeningIsNotCalledStateless(_ code: String) throws {
        let entry = try #require(discarded("msg=Not a Valid SYN Packet \(code) ").entry)
        #expect(entry.reason == .unknown)
        #expect(!entry.known.contains(.saysNoState))
        #expect(entry.flags.opens)
        #expect(!entry.isStray)
    }

    @Test func withoutItsCodeTheMessageStillSaysSo() throws {
        for message in ["Not a Valid SYN Packet", "Not a Valid SYN Packet [??]"] {
            let entry = try #require(discarded("msg=\(message) ").entry)
            #expect(entry.known.contains(.saysNoState))
            #expect(!entry.known.contains(.flags))
        }
    }

    @Test(arguments: ["TCP segment out of window [A]", "TCP segment is invalid [A]"])
    func aSegmentThatDoesNotFitHadAState(_ message: String) throws {
        for event in ["70613|TCP_Segment-Invalid", "70019|Connection_Discarded"] {
            let both = record(
                event, "spt=443 dpt=1 ", "act=Discard msg=\(message) rt=Nov 19 2026 07:00:00")
            let entry = try #require(both.entry)
            #expect(entry.action == .block && entry.reason == .stateMismatch)
            #expect(entry.known.contains(.flags) && entry.flags == .ack && entry.isStray)
            #expect(!entry.known.contains(.saysNoState))
        }
        let passed = record(
            "70613|TCP_Segment-Invalid", "spt=443 dpt=1 ",
            "act=Permit msg=\(message) rt=Nov 19 2026")
        let entry = try #require(passed.entry)
        #expect(entry.action == .note && entry.reason == .ignoredInState && !entry.isBlocked)
    }

    @Test func flagsAtAMessagesEndAreRead() throws {
        let stray = try #require(discarded("msg=some [odd] words [RA] ").entry)
        #expect(stray.flags == [.rst, .ack] && stray.known.contains(.flags))
        for message in ["words [RA] more", "words [??]", "words []", "words RA]", "[", "]", "[]"] {
            let entry = try #require(discarded("msg=\(message) ").entry)
            #expect(!entry.known.contains(.flags), "\(message)")
        }
    }

    @Test func aDiscardWithoutPortsIsOfALaterFragment() throws {
        let end = "act=Discard rt=Nov 19 2026 07:00:00"
        let entry = try #require(record("70019|Connection_Discarded", "", end).entry)
        #expect(entry.known.contains(.laterFragment) && !entry.known.contains(.ports))
        #expect(entry.action == .block && !entry.isStray)
        // Half of a line, half of the ports, or a connection is no fragment.
        #expect(record("70019|Connection_Discarded", "", "").entry == nil)
        #expect(record("70019|Connection_Discarded", "", "act=Discard").entry == nil)
        #expect(record("70019|Connection_Discarded", "spt=443 ", end).entry == nil)
        #expect(record("70019|Connection_Discarded", "dpt=443 ", end).entry == nil)
        #expect(record("70018|Connection_Allowed", "", "act=Allow rt=Nov 19 2026").entry == nil)
    }

    private func record(_ event: String, _ ports: String, _ end: String) -> ReadLine {
        read(
            "CEF:0|FORCEPOINT|Firewall|6.10.6|\(event)|0|src=198.51.100.6 dst=10.0.0.142 "
                + "\(ports)proto=6 \(end)")
    }

    @Test func aDiscardWithARuleAloneIsPolicy() throws {
        let both = discarded("cs2Label=NatRuleId cs2=7.1 cs1=2099999.2 cs1Label=RuleID ")
        let entry = try #require(both.entry)
        #expect(entry.reason == .match)
        #expect(both.text(entry.rule) == "2099999.2")
        let spoofed = try #require(discarded("msg=spoofed packet ").entry)
        #expect(spoofed.reason == .antiSpoofing)
        #expect(!spoofed.known.contains(.saysNoState))
    }

    @Test func valuesHoldBlanks() throws {
        let both = discarded("")
        let entry = try #require(both.entry)
        #expect(both.text(entry.node) == "NGFW1 node 1")
        #expect(both.text(entry.interface) == "1")
        #expect(entry.source == Endpoint(v4(198, 51, 100, 6), 443))
        #expect(entry.destination == Endpoint(v4(10, 0, 0, 142), 59358))
    }

    @Test func theSyslogStampGoesBeforeTheRecordsOwn() throws {
        let record =
            "CEF:0|FORCEPOINT|Firewall|6.8.6|70018|Connection_Allowed|0|src=192.0.2.1 "
            + "dst=192.0.2.2 spt=1 dpt=2 proto=6 act=Allow rt=Nov 19 2026 07:00:00 app=HTTPS"
        #expect(read(record).entry?.time == Instant(seconds: 1_795_071_600))
        #expect(
            read("<6>Nov 19 08:00:00 h " + record).entry?.time == Instant(seconds: 1_795_075_200))
    }

    @Test func openingAndTranslation() throws {
        let both = read(
            "CEF:0|FORCEPOINT|Firewall|6.10.6|70018|Connection_Allowed|0|src=10.0.0.142 "
                + "dst=198.51.100.6 spt=59358 dpt=443 proto=6 deviceInboundInterface=130,130 "
                + "deviceOutboundInterface=1 act=Allow sourceTranslatedAddress=203.0.113.2 "
                + "destinationTranslatedAddress=198.51.100.6 sourceTranslatedPort=27237 "
                + "destinationTranslatedPort=443 app=DNS (UDP)")
        let entry = try #require(both.entry)
        #expect(entry.action == .open)
        #expect(entry.natSource == Endpoint(v4(203, 0, 113, 2), 27237))
        #expect(entry.natDestination == .none)
        #expect(both.text(entry.interface) == "130,130")
        #expect(both.text(entry.otherInterface) == "1")
    }

    @Test(arguments: ["\t", "#011"])
    func leefIsSplitAtTabsHoweverTheyArrive(_ tab: String) throws {
        let pairs = [
            "devTimeFormat=MMM dd yyyy HH:mm:ss", "src=10.0.0.160", "dst=198.51.100.6",
            "srcPort=51001", "dstPort=443", "proto=6", "devTime=Nov 19 2026 08:20:41",
            "sender=HOST_02 node 1", "msg=a\\=b c=d", "srcPostNAT=203.0.113.2",
            "srcPostNATPort=30111", "ACC_ELAPSED=30", "ACC_TX_BYTES=1200", "ACC_RX_BYTES=34000",
        ]
        let both = read(
            "LEEF:1.0|Forcepoint|Firewall|7.1.5|Connection_Closed|"
                + pairs.joined(separator: tab))
        let entry = try #require(both.entry)
        #expect(entry.action == .close)
        #expect(entry.source == Endpoint(v4(10, 0, 0, 160), 51001))
        #expect(entry.natSource == Endpoint(v4(203, 0, 113, 2), 30111))
        #expect(entry.time == Instant(seconds: 1_795_076_441))
        #expect(both.text(entry.node) == "HOST_02 node 1")
        #expect(both.text(entry.reasonText) == "a\\=b c=d")
        #expect(entry.durationMicroseconds == 30_000_000)
        #expect(entry.bytes == 35200)
    }

    @Test func secondLeefNamesItsDelimiter() throws {
        for (named, sign) in [("^", "^"), ("x5E", "^"), ("0x5E", "^"), ("x09", "\t"), ("\t", "\t")]
        {
            let both = read(
                "LEEF:2.0|Forcepoint|Firewall|7.1.5|Connection_Discarded|\(named)|src=192.0.2.1\(sign)"
                    + "dst=192.0.2.2\(sign)srcPort=443\(sign)dstPort=9\(sign)proto=6\(sign)"
                    + "msg=Not a Valid SYN Packet [A]")
            #expect(both.entry?.flags == .ack)
        }
    }

    @Test func headersCutInFrontAreKnown() {
        let rest =
            "Forcepoint|Firewall|7.1.5|Connection_Discarded|src=192.0.2.1\tdst=192.0.2.2\tproto=1"
        #expect(read("1.0|" + rest).entry?.action == .block)
        #expect(
            read(
                "0|FORCEPOINT|Firewall|6.8|70019|Connection_Discarded|0|src=192.0.2.1 "
                    + "dst=192.0.2.2 proto=1 act=Discard"
            ).entry?.action == .block)
        #expect(
            read(
                "2026-11-19T08:15:16Z kern.info h.example.net CEF: 0|FORCEPOINT|Firewall|6.8|70019|"
                    + "Connection_Discarded|0|src=192.0.2.1 dst=192.0.2.2 proto=1"
            ).entry?.action == .block)
    }

    @Test(arguments: [
        ("TCP_Segment-Invalid", "Terminate", Action.block),
        ("TCP_Segment-Invalid", "Permit", .note),
        ("TCP_Segment-Invalid", "Discard (passive)", .note),
        ("Connection_Refused", "Refuse", .block),
        ("FW_Packet-Discarded", "Discard", .block), ("FW_New-Connection", "Allow", .open),
        ("HTTP_Something", "Terminate (reset)", .block), ("HTTP_Something", "Permit", nil),
    ])
    func theVerdictIsWhatWasDone(_ event: String, _ act: String, _ action: Action?) {
        let both = read(
            "CEF:0|FORCEPOINT|Firewall|6.8|1|\(event)|0|src=192.0.2.1 dst=192.0.2.2 spt=1 dpt=2 "
                + "proto=6 act=\(act) deviceFacility=Inspection")
        #expect(both.entry?.action == action)
        if event.hasPrefix("TCP_") {
            #expect(both.entry?.reason == (action == .block ? .stateMismatch : .ignoredInState))
        }
    }

    @Test(arguments: [
        ("src=192.0.2.1 dst=192.0.2.2 spt=443 dpt=593", Damage.cutShort),
        ("src=192.0.2.1 dst=192.0.2.2 spt=443 proto=6 act=Discard", .cutShort),
        ("src=192.0.2.1 dst=192.0.2.2 spt=443 dpt=70000 proto=6", .badNumber),
        ("src=192.0.2.1 dst=\"x\" spt=443 dpt=7 proto=6", .badAddress),
        ("src=192.0.2.1 dst=192.0.2.2 proto=what", .badNumber),
    ])
    func damageIsNamed(_ pairs: String, _ damage: Damage) {
        let both = read("CEF:0|FORCEPOINT|Firewall|6.8|70019|Connection_Discarded|0|" + pairs)
        #expect(both.entry == nil)
        #expect(both.reader.tally.samples.first?.damage == damage)
    }

    @Test func otherMakersAndProductsAreLeftAlone() {
        for head in [
            "CEF:0|Acme|Firewall", "CEF:0|FORCEPOINT|Email Security", "CEF:0|FORCEPOINT|Fire",
            "LEEF:1.0|Forcepoint", "7|FORCEPOINT|Firewall",
        ] {
            let both = read(
                head + "|6.8|70019|Connection_Discarded|0|src=192.0.2.1 dst=192.0.2.2 proto=1")
            #expect(both.entry == nil)
            #expect(both.reader.tally.skipped == 1)
        }
    }

    private func discarded(_ extra: String) -> ReadLine {
        read(
            "<6>Nov 19 08:15:02 192.0.2.143 CEF:0|FORCEPOINT|Firewall|6.10.6|70019|Connection_Discarded"
                + "|0|deviceExternalId=NGFW1 node 1 dvchost=192.0.2.143 dvc=192.0.2.143 "
                + "src=198.51.100.6 dst=10.0.0.142 spt=443 dpt=59358 proto=6 "
                + "deviceInboundInterface=1 act=Discard \(extra)deviceFacility=Packet Filtering "
                + "rt=Nov 19 2026 08:15:02")
    }
}
