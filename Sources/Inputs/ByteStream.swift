// The bytes of one input, from first to last: a plain file, a pipe, or what libarchive unpacks.

import Glibc

/// An input being read. It is used by one thread at a time.
final class ByteStream {
    let name: String
    /// Bytes in the file as it lies on disk, 0 when unknown (pipes).
    let size: Int
    /// When the file was last written; nil for pipes.
    let modified: Int64?
    private var descriptor: Int32
    /// What is read when the file is at its end.
    private var rest: Int32?
    private var archive: Archive?
    /// The first bytes, read to see what the file is.
    private var head: [UInt8] = []
    private var headOffset = 0
    /// What stopped the reading, until it is told.
    private var failure: InputError?
    /// Bytes taken from the file so far, compressed or not.
    private(set) var consumed = 0

    init(_ input: Input) throws(InputError) {
        name = input.path == nil ? "standard input" : input.name
        let path = input.path.map { $0.map { CChar(bitPattern: $0) } + [0] }
        let opened = path.map { open($0, O_RDONLY | O_CLOEXEC) } ?? STDIN_FILENO
        if opened < 0 { throw .cannotOpen(name, code: errno) }
        var info = stat()
        if fstat(opened, &info) != 0 { throw .cannotOpen(name, code: errno) }
        if info.st_mode & S_IFMT == S_IFDIR { throw .isDirectory(name) }
        let isFile = info.st_mode & S_IFMT == S_IFREG
        size = isFile ? Int(info.st_size) : 0
        modified = isFile ? Int64(info.st_mtim.tv_sec) : nil
        descriptor = opened
        rest = input.rest
        head = try readHead()
        if isCompressed(head) {
            archive = try Archive(descriptor: descriptor, head: head, name: name)
            head = unpackedHead()
        }
    }

    deinit {
        archive = nil
        if descriptor != STDIN_FILENO { close(descriptor) }
    }

    /// What a capture begins with, so that it can be told apart from a log.
    var looksLikeCapture: Bool {
        guard head.count >= 4 else { return false }
        let magics: [[UInt8]] = [
            [0xD4, 0xC3, 0xB2, 0xA1], [0xA1, 0xB2, 0xC3, 0xD4], [0x4D, 0x3C, 0xB2, 0xA1],
            [0xA1, 0xB2, 0x3C, 0x4D], [0x0A, 0x0D, 0x0D, 0x0A],
            // A format that is not read, and is told apart to say so.
            [0xA1, 0xB2, 0xCD, 0x34], [0x34, 0xCD, 0xB2, 0xA1],
        ]
        return magics.contains { Array(head.prefix(4)) == $0 }
    }

    /// Fills a buffer as far as it goes; 0 at the end. What came before a failure is given out
    /// first, and the failure told when more is asked for.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
        var filled = 0
        if let failure, headOffset == head.count { throw failure }
        while filled < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
            do throws(InputError) {
                let got = try readSome(into: rest)
                if got == 0 { break }
                filled += got
            } catch {
                guard filled > 0 else { throw error }
                failure = error
                break
            }
        }
        return filled
    }

    private func readSome(
        into buffer: UnsafeMutableRawBufferPointer
    ) throws(InputError) -> Int {
        var got = min(buffer.count, head.count - headOffset)
        if got > 0 {
            buffer.copyBytes(from: head[headOffset..<(headOffset + got)])
            headOffset += got
        } else if let archive {
            got = try archive.read(into: buffer)
        } else {
            got = try readDescriptor(buffer)
        }
        consumed = archive?.consumed ?? consumed + got
        return got
    }

    private func readDescriptor(
        _ buffer: UnsafeMutableRawBufferPointer
    ) throws(InputError) -> Int {
        while true {
            let got = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if got == 0, let next = rest {
                if descriptor != STDIN_FILENO { close(descriptor) }
                descriptor = next
                rest = nil
                continue
            }
            if got >= 0 { return got }
            if errno != EINTR { throw .cannotRead(name, code: errno) }
        }
    }

    /// The first bytes of what is packed; what goes wrong is told when they are asked for.
    private func unpackedHead() -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 4)
        var count = 0
        while count < bytes.count {
            let got = bytes.withUnsafeMutableBytes { buffer -> Int in
                do throws(InputError) {
                    return try archive?.read(into: .init(rebasing: buffer[count...])) ?? 0
                } catch {
                    failure = error
                    return 0
                }
            }
            if got == 0 { break }
            count += got
        }
        return Array(bytes.prefix(count))
    }

    // A pipe may give a byte at a time; the longest of the marks looked for has six.
    private func readHead() throws(InputError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 4096)
        var count = 0
        while count < 6 {
            var failure: InputError?
            let got = bytes.withUnsafeMutableBytes { buffer -> Int in
                do throws(InputError) {
                    return try readDescriptor(.init(rebasing: buffer[count...]))
                } catch {
                    failure = error
                    return 0
                }
            }
            if let failure { throw failure }
            if got == 0 { break }
            count += got
        }
        return Array(bytes.prefix(count))
    }
}

/// The first bytes of gzip, bzip2, xz, zstd, lz4 and compress files.
func isCompressed(_ head: [UInt8]) -> Bool {
    let magics: [[UInt8]] = [
        [0x1F, 0x8B], [0x42, 0x5A, 0x68], [0xFD, 0x37, 0x7A, 0x58, 0x5A], [0x28, 0xB5, 0x2F, 0xFD],
        [0x04, 0x22, 0x4D, 0x18], [0x1F, 0x9D],
    ]
    return magics.contains { head.starts(with: $0) }
}
