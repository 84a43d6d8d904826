// What can go wrong with an input; the sentence a person reads is made here, at the edge.

import Glibc

public enum InputError: Error, Equatable {
    case cannotOpen(String, code: Int32)
    case isDirectory(String)
    case cannotRead(String, code: Int32)
    case noDecompressor(String)
    case damagedArchive(String, reason: String)
    case damagedCapture(String, reason: String)
    case notACapture(String)
    case cannotSpool(code: Int32)

    /// Where, what, and what to do.
    public var sentence: String {
        switch self {
        case .cannotOpen(let path, let code):
            "\(path): cannot be opened (\(describe(code))); "
                + (code == EACCES
                    ? "firewall logs often belong to root or the group adm: try sudo"
                    : "check the name")
        case .isDirectory(let path):
            "\(path): is a directory; name the log files in it"
        case .cannotRead(let path, let code):
            "\(path): reading stopped (\(describe(code))); what was read until then is reported"
        case .noDecompressor(let path):
            "\(path): is compressed, and libarchive is not installed; "
                + "apt-get install libarchive13, or decompress it first"
        case .damagedArchive(let path, let reason):
            "\(path): cannot be decompressed to its end (\(reason)); "
                + "what came before is reported; copy the file again if it was cut"
        case .damagedCapture(let path, let reason):
            "\(path): the packet capture cannot be read to its end (\(reason)); "
                + "what came before is reported; copy the file again if it was cut"
        case .notACapture(let path):
            "\(path): is no packet capture; name a pcap or pcapng file (logs: stray why)"
        case .cannotSpool(let code):
            "standard input: cannot be kept for a second reading (\(describe(code))); "
                + "put the log into a file first"
        }
    }

    private func describe(_ code: Int32) -> String { String(cString: strerror(code)) }
}
