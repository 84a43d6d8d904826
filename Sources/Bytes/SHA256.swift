// SHA-256 and Base64: with them a page names the only script and the only style it runs.
//
// Read FIPS 180-4 §6.2 and RFC 4648 §4.

/// The digest of some bytes.
public func sha256(_ message: [UInt8]) -> [UInt8] {
    var hash = SHA256.start
    var padded = message
    padded.append(0x80)
    while padded.count % 64 != 56 { padded.append(0) }
    let bits = UInt64(message.count) * 8
    for shift in stride(from: 56, through: 0, by: -8) {
        padded.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
    for block in stride(from: 0, to: padded.count, by: 64) {
        SHA256.compress(padded[block..<block + 64], into: &hash)
    }
    return hash.flatMap { word in
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
    }
}

/// Bytes in the alphabet of RFC 4648 §4, with padding.
public func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var out: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
        let group = bytes[start..<min(start + 3, bytes.count)]
        let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
        for place in 0..<4 {
            let letter = alphabet[bits >> (18 - 6 * place) & 63]
            out.append(place <= group.count ? letter : 0x3D)
        }
    }
    return String(decoding: out, as: UTF8.self)
}

private enum SHA256 {
    /// The first 32 bits of the fractions of the square roots of the first 8 primes.
    static let start: [UInt32] = [
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
        0x5be0_cd19,
    ]

    /// The same of the cube roots of the first 64 primes.
    static let constants: [UInt32] = [
        0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
        0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
        0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
        0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
        0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
        0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
        0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
        0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
        0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
        0xc671_78f2,
    ]

    static func compress(_ block: ArraySlice<UInt8>, into hash: inout [UInt32]) {
        var words = stride(from: block.startIndex, to: block.endIndex, by: 4).map { at in
            block[at..<at + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        }
        for place in 16..<64 {
            let a = words[place - 15]
            let b = words[place - 2]
            let small = turned(a, 7) ^ turned(a, 18) ^ a >> 3
            let large = turned(b, 17) ^ turned(b, 19) ^ b >> 10
            words.append(words[place - 16] &+ small &+ words[place - 7] &+ large)
        }
        var w = hash
        for place in 0..<64 {
            let e = w[4]
            let choice = (e & w[5]) ^ (~e & w[6])
            let sumE = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)
            let first = w[7] &+ sumE &+ choice &+ constants[place] &+ words[place]
            let a = w[0]
            let majority = (a & w[1]) ^ (a & w[2]) ^ (w[1] & w[2])
            let sumA = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)
            w = [first &+ sumA &+ majority, a, w[1], w[2], w[3] &+ first, e, w[5], w[6]]
        }
        for place in 0..<8 { hash[place] &+= w[place] }
    }

    private static func turned(_ word: UInt32, _ bits: UInt32) -> UInt32 {
        word >> bits | word << (32 - bits)
    }
}
