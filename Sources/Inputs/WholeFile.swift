// A file read whole, packed or not: for files of rules, which are small beside logs.

/// The bytes of a file; nil where there are more than `most`.
public func wholeFile(_ path: [UInt8], most: Int) throws(InputError) -> [UInt8]? {
    let stream = try ByteStream(Input(path: path, node: nil))
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
        let got = try read(stream, &buffer)
        if got == 0 { return bytes }
        guard bytes.count + got <= most else { return nil }
        bytes += buffer[..<got]
    }
}

private func read(_ stream: ByteStream, _ buffer: inout [UInt8]) throws(InputError) -> Int {
    try buffer.withUnsafeMutableBytes { (raw) throws(InputError) in try stream.read(into: raw) }
}
