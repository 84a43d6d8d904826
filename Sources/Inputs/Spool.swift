// Keeps what can be read only once (a pipe, standard input), for those who read it twice.

import Glibc

/// The same inputs, each of them readable again. A pipe is copied to a file without a name, which
/// goes when the program ends.
public func rereadable(_ inputs: [Input]) throws(InputError) -> [Input] {
    var all: [Input] = []
    for input in inputs {
        all.append(isFile(input) ? input : try spooled(input))
    }
    return all
}

/// A file can be read again; what cannot be looked at is left to the reading to complain of.
private func isFile(_ input: Input) -> Bool {
    guard let path = input.path else { return false }
    var info = stat()
    let text = path.map { CChar(bitPattern: $0) } + [0]
    return stat(text, &info) != 0 || info.st_mode & S_IFMT != S_IFIFO
}

/// The same input, with as much of a pipe as a small log has kept in a file without a name: so
/// that it is known whether it is one.
public func withStartKept(_ input: Input) throws(InputError) -> Input {
    isFile(input) || isRegular(STDIN_FILENO, input)
        ? input : try spooled(input, upTo: smallBytesMax + 1)
}

private func isRegular(_ descriptor: Int32, _ input: Input) -> Bool {
    guard input.path == nil else { return false }
    var info = stat()
    return fstat(descriptor, &info) == 0 && info.st_mode & S_IFMT == S_IFREG
}

/// Copies an input; what goes beyond `most` stays where it is, to be read from there.
private func spooled(_ input: Input, upTo most: Int = .max) throws(InputError) -> Input {
    let source = try ByteStreamSource(input)
    var isWhole = false
    defer { if isWhole { source.close() } }
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    // mkstemp(3) wants six of them to put its own letters in.
    let room = String(repeating: "X", count: 6)
    var name = Array("\(folder)/stray-\(room)".utf8CString)
    let file = mkstemp(&name)
    guard file >= 0 else { throw .cannotSpool(code: errno) }
    unlink(name)
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    var copied = 0
    while copied < most {
        let got = buffer.withUnsafeMutableBytes {
            read(source.descriptor, $0.baseAddress, $0.count)
        }
        if got == 0 {
            isWhole = true
            break
        }
        copied += max(got, 0)
        guard got > 0 else {
            if errno == EINTR { continue }
            throw .cannotRead(input.name, code: errno)
        }
        var done = 0
        while done < got {
            let count = buffer.withUnsafeBytes {
                write(file, $0.baseAddress.map { $0 + done }, got - done)
            }
            guard count > 0 else { throw .cannotSpool(code: errno) }
            done += count
        }
    }
    keepTime(of: source.descriptor, on: file)
    var again = Input(path: Array("/proc/self/fd/\(file)".utf8), node: input.node)
    again.name = input.name
    if !isWhole { again.rest = source.descriptor }
    return again
}

/// A log without years is dated by when its file was last written: `< FILE` has such a time.
private func keepTime(of source: Int32, on copy: Int32) {
    var info = stat()
    guard fstat(source, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return }
    futimens(copy, [info.st_atim, info.st_mtim])
}

/// The descriptor of an input, opened if it is not standard input.
private struct ByteStreamSource {
    let descriptor: Int32

    init(_ input: Input) throws(InputError) {
        guard let path = input.path else {
            descriptor = STDIN_FILENO
            return
        }
        descriptor = open(path.map { CChar(bitPattern: $0) } + [0], O_RDONLY | O_CLOEXEC)
        if descriptor < 0 { throw .cannotOpen(input.name, code: errno) }
    }

    func close() {
        if descriptor != STDIN_FILENO { Glibc.close(descriptor) }
    }
}
