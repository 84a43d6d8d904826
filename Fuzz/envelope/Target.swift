// Bytes as lines of any dialect, which is also the way to every syslog header.

import FuzzShared

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    fuzzLines(UnsafeBufferPointer(start: start, count: count), only: nil)
    return 0
}
