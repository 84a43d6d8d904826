// gzip, bzip2, xz and zstd through libarchive, which is loaded when the first such file comes:
// it draws in a dozen libraries (ICU among them), and a plain log should not wait for those.

import Glibc

/// One compressed stream being unpacked.
final class Archive {
    private let library: Library
    private let handle: OpaquePointer
    private let source: ArchiveSource
    private let name: String
    // What libarchive unpacked last and nobody has taken yet; it stays there until it is asked
    // for more.
    private var ready: UnsafeRawBufferPointer.SubSequence = UnsafeRawBufferPointer(
        start: nil, count: 0)[...]

    /// Bytes of the compressed file taken so far.
    var consumed: Int { source.consumed }

    init(descriptor: Int32, head: [UInt8], name: String) throws(InputError) {
        guard let library = Library.shared, let handle = library.new() else {
            throw .noDecompressor(name)
        }
        self.library = library
        self.handle = handle
        self.name = name
        source = ArchiveSource(descriptor: descriptor, head: head)
        _ = library.supportFilters(handle)
        _ = library.supportRaw(handle)
        // The source lives as long as this object, and the handle does not outlive it.
        let client = Unmanaged.passUnretained(source).toOpaque()
        var entry: OpaquePointer?
        let opened = library.open(handle, client, nil, readCompressed, nil)
        guard opened == 0, library.nextHeader(handle, &entry) == 0 else {
            // The handle is freed by `deinit`, which also runs for an object whose fields are set.
            throw .damagedArchive(name, reason: library.message(handle))
        }
    }

    deinit { _ = library.free(handle) }

    /// The next bytes, as many as libarchive has at hand; 0 at the end.
    // Block by block: `archive_read_data` fills the whole buffer or, where the file is cut short,
    // throws away what it had put there before.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
        while ready.isEmpty {
            var start: UnsafeRawPointer?
            var count = 0
            var offset: Int64 = 0
            let status = library.dataBlock(handle, &start, &count, &offset)
            // archive.h: ARCHIVE_EOF is 1, ARCHIVE_OK 0, a warning -20, what is worse lies below.
            if status == 1 { return 0 }
            guard status >= -20 else {
                throw .damagedArchive(name, reason: library.message(handle))
            }
            ready = UnsafeRawBufferPointer(start: start, count: count)[...]
        }
        let taken = ready.prefix(buffer.count)
        buffer.copyBytes(from: taken)
        ready = ready.dropFirst(taken.count)
        return taken.count
    }
}

/// Hands the compressed bytes to libarchive.
private final class ArchiveSource {
    let descriptor: Int32
    var head: [UInt8]
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var consumed = 0

    init(descriptor: Int32, head: [UInt8]) {
        self.descriptor = descriptor
        self.head = head
    }

    func next() -> (UnsafeRawPointer?, Int) {
        var got = 0
        if !head.isEmpty {
            got = head.count
            for place in 0..<got { buffer[place] = head[place] }
            head = []
        } else {
            repeat {
                got = buffer.withUnsafeMutableBytes {
                    Glibc.read(descriptor, $0.baseAddress, $0.count)
                }
            } while got < 0 && errno == EINTR
        }
        consumed += max(0, got)
        // The array's storage stays where it is until the next call: nothing changes it before.
        return (buffer.withUnsafeBytes { $0.baseAddress }, got)
    }
}

private let readCompressed: ReadCallback = { _, client, out in
    guard let client, let out else { return -1 }
    let (bytes, count) = Unmanaged<ArchiveSource>.fromOpaque(client).takeUnretainedValue().next()
    out.pointee = bytes
    return count
}

private typealias ReadCallback =
    @convention(c) (
        OpaquePointer?, UnsafeMutableRawPointer?, UnsafeMutablePointer<UnsafeRawPointer?>?
    ) -> Int

/// The few functions of libarchive that are needed (libarchive 3, archive.h).
private final class Library: Sendable {
    typealias New = @convention(c) () -> OpaquePointer?
    typealias One = @convention(c) (OpaquePointer) -> Int32
    typealias Open =
        @convention(c) (
            OpaquePointer, UnsafeMutableRawPointer?, UnsafeRawPointer?, ReadCallback,
            UnsafeRawPointer?
        ) -> Int32
    typealias Next = @convention(c) (OpaquePointer, UnsafeMutablePointer<OpaquePointer?>) -> Int32
    typealias DataBlock =
        @convention(c) (
            OpaquePointer, UnsafeMutablePointer<UnsafeRawPointer?>, UnsafeMutablePointer<Int>,
            UnsafeMutablePointer<Int64>
        ) -> Int32
    typealias Text = @convention(c) (OpaquePointer) -> UnsafePointer<CChar>?

    static let shared = Library()

    let new: New
    let supportFilters: One
    let supportRaw: One
    let open: Open
    let nextHeader: Next
    let dataBlock: DataBlock
    let free: One
    private let errorText: Text

    private init?() {
        guard let handle = dlopen("libarchive.so.13", RTLD_NOW) ?? dlopen("libarchive.so", RTLD_NOW)
        else { return nil }
        func symbol<Function>(_ name: String, _ type: Function.Type) -> Function? {
            dlsym(handle, name).map { unsafeBitCast($0, to: type) }
        }
        guard let new = symbol("archive_read_new", New.self),
            let filters = symbol("archive_read_support_filter_all", One.self),
            let raw = symbol("archive_read_support_format_raw", One.self),
            let open = symbol("archive_read_open", Open.self),
            let next = symbol("archive_read_next_header", Next.self),
            let dataBlock = symbol("archive_read_data_block", DataBlock.self),
            let free = symbol("archive_read_free", One.self),
            let text = symbol("archive_error_string", Text.self)
        else { return nil }
        self.new = new
        supportFilters = filters
        supportRaw = raw
        self.open = open
        nextHeader = next
        self.dataBlock = dataBlock
        self.free = free
        errorText = text
    }

    func message(_ handle: OpaquePointer) -> String {
        errorText(handle).map { String(cString: $0) } ?? "unknown format"
    }
}
