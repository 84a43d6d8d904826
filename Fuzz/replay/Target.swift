// Bytes as packets, through every model of a firewall.

import FuzzShared

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    fuzzReplay(UnsafeBufferPointer(start: start, count: count))
    return 0
}
