// Bytes as lines of the dialect netfilter.

import Facts
import FuzzShared

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    fuzzLines(UnsafeBufferPointer(start: start, count: count), only: DialectID.netfilter)
    return 0
}
