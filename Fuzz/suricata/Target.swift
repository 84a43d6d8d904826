// Bytes as lines of the dialect suricata.

import Facts
import FuzzShared

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    fuzzLines(UnsafeBufferPointer(start: start, count: count), only: DialectID.suricata)
    return 0
}
