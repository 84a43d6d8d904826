// Networks: reading them, and what lies in them.

import Bytes
import Facts
import Testing

@Suite struct NetworkTests {
    @Test(arguments: [
        ("10.0.0.0/8", "10.0.0.0/8"), ("10.1.2.3/8", "10.0.0.0/8"), ("192.0.2.7", "192.0.2.7"),
        ("192.0.2.7/32", "192.0.2.7"), ("0.0.0.0/0", "0.0.0.0/0"),
        ("2001:db8::/32", "2001:db8::/32"),
        ("2001:db8:1:2:3:4:5:6/64", "2001:db8:1:2::/64"), ("::/0", "::/0"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("2001:db8::ffff/128", "2001:db8::ffff"), ("::ffff:10.9.0.0/104", "10.0.0.0/8"),
        ("2001:db8:8000::/33", "2001:db8:8000::/33"),
        ("2001:db8::8000:0:0:0/65", "2001:db8:0:0:8000::/65"),
    ])
    func textIsReadAndWrittenBack(_ text: String, _ expected: String) throws {
        let network = try #require(Network(text))
        var writer = ByteWriter()
        writer.put(network)
        #expect(writer.text == expected)
    }

    @Test(arguments: [
        "", "/", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "10/8",
        "2001:db8::/129",
        "fw1", "10.0.0.256", "10.0.0.0 /8", "::ffff:10.0.0.0/95", "10.0.0.0/8x", "/8",
    ])
    func whatIsNoNetworkIsRefused(_ text: String) {
        #expect(Network(text) == nil)
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.255.255", true), ("10.0.0.0/8", "11.0.0.0", false),
        ("10.0.0.0/8", "9.255.255.255", false), ("192.0.2.7", "192.0.2.7", true),
        ("192.0.2.7", "192.0.2.6", false), ("0.0.0.0/0", "203.0.113.9", true),
        ("0.0.0.0/0", "2001:db8::1", false), ("::/0", "203.0.113.9", false),
        ("::/0", "2001:db8::1", true),
        ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/32", "2001:db9::", false),
        ("2001:db8::/64", "2001:db8::ffff:ffff:ffff:ffff", true),
        ("2001:db8::/65", "2001:db8::8000:0:0:0", false), ("2001:db8::/127", "2001:db8::1", true),
        ("2001:db8::/127", "2001:db8::2", false),
    ])
    func containsWhatLiesInIt(_ network: String, _ address: String, _ expected: Bool) throws {
        let inner = try #require(Network(address)).first
        #expect(try #require(Network(network)).contains(inner) == expected)
    }

    @Test func labelsAndNothingLieNowhere() throws {
        var names = Names()
        let label = Address(label: names.keep("x.x.x.x"))
        for text in ["0.0.0.0/0", "::/0"] {
            let all = try #require(Network(text))
            #expect(!all.contains(label))
            #expect(!all.contains(.none))
        }
        #expect(Network(label) == nil)
        #expect(Network(.none, prefixLength: 0) == nil)
    }

    @Test func everyLengthSplitsAtItsBit() throws {
        for length in 1...128 {
            let network = try #require(
                Network(Address(high: .max >> 1, low: .max), prefixLength: length))
            let bit = 128 - length
            let flipped = Address(
                high: network.first.high ^ (bit >= 64 ? 1 << UInt64(bit - 64) : 0),
                low: network.first.low ^ (bit < 64 ? 1 << UInt64(bit) : 0))
            #expect(network.contains(network.first))
            #expect(!network.contains(flipped))
        }
    }
}
