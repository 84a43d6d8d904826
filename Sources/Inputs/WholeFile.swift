// A file read whole, packed or not: for files of rules, which are small beside logs.

/// The bytes of a file; nil where there are more than `most`.
public func wholeFile(_ path: [UInt8], most: Int) throws(InputError) -> [UInt8]? {
    let stream = try ByteStream(Input(path: path, node: nil))
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 8)
    defer { buffer.deallocate() }
    var bytes: [UInt8] = []
    while true {
        let got = try stream.read(into: buffer)
        if got == 0 { return bytes }
        guard bytes.count + got <= most else { return nil }
        bytes += buffer[..<got]
    }
}
