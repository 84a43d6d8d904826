// Whether inputs are small enough to be looked at more closely, entry by entry.

import Glibc

// Limit: as much as one thread reads in about half a second. What is larger is read in blocks by
// all threads, where no entry can be compared with one far before it.
let smallBytesMax = 64 << 20
// Limit: text packs to about a fifteenth; so much less is allowed for what may be packed.
private let packedMax = 4 << 20

/// Whether all inputs together are small. A pipe is as long as it likes, so it is not.
public func isSmall(_ inputs: [Input]) -> Bool {
    var total = 0
    for input in inputs {
        guard let size = sizeOf(input) else { return false }
        total += size
    }
    return total <= smallBytesMax
}

/// The bytes of a regular file, about as many as will be read; nil for all else.
private func sizeOf(_ input: Input) -> Int? {
    guard input.rest == nil else { return nil }
    var file = STDIN_FILENO
    if let path = input.path {
        file = open(path.map { CChar(bitPattern: $0) } + [0], O_RDONLY | O_CLOEXEC)
    }
    // Whoever reads it complains.
    guard file >= 0 else { return 0 }
    defer { if file != STDIN_FILENO { close(file) } }
    var info = stat()
    guard fstat(file, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return nil }
    var head = [UInt8](repeating: 0, count: 6)
    let got = head.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, 0) }
    let isPacked = got == head.count && isCompressed(head)
    return isPacked ? Int(info.st_size) * (smallBytesMax / packedMax) : Int(info.st_size)
}
