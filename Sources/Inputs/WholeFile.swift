// A file that is read whole: rules, which are small.

import Glibc

// Limit: the largest file of rules that is read; the largest known rule sets have some megabytes.
private let wholeFileMax = 64 << 20

/// The bytes of a file, unpacked if it is packed.
public func wholeFile(_ path: [UInt8]) throws(InputError) -> [UInt8] {
    let stream = try ByteStream(Input(path: path))
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count < wholeFileMax {
        var got = 0
        var failure: InputError?
        block.withUnsafeMutableBytes { buffer in
            do throws(InputError) { got = try stream.read(into: buffer) } catch { failure = error }
        }
        if let failure { throw failure }
        if got == 0 { return bytes }
        bytes += block[..<got]
    }
    throw .tooLarge(stream.name)
}
