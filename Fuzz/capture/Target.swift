// Bytes as a capture file.

import FuzzShared

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    fuzzCapture(UnsafeBufferPointer(start: start, count: count))
    return 0
}
