// The examples of NIST (FIPS 180-4, "SHA-256 examples") and of RFC 4648 §10.

import Bytes
import Testing

@Suite struct SHA256Tests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func digestsAreThoseOfTheStandard(_ message: String, _ digest: String) {
        #expect(hex(sha256(Array(message.utf8))) == digest)
    }

    @Test func aMillionLetters() {
        let letters = [UInt8](repeating: 0x61, count: 1_000_000)
        #expect(
            hex(sha256(letters))
                == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    /// Each length up to three blocks pads in its own way.
    @Test func digestsOfAllLengthsDiffer() {
        let all = (0..<192).map { hex(sha256([UInt8](repeating: 0, count: $0))) }
        #expect(Set(all).count == 192)
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
    func base64IsThatOfTheStandard(_ plain: String, _ coded: String) {
        #expect(base64(Array(plain.utf8)) == coded)
    }

    private func hex(_ bytes: [UInt8]) -> String {
        var out = ByteWriter()
        for byte in bytes { out.putHex(UInt64(byte), width: 2) }
        return out.text
    }
}
