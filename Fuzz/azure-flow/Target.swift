// Bytes as lines of the dialect azure-flow.

import Facts
import FuzzShared

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    fuzzLines(UnsafeBufferPointer(start: start, count: count), only: DialectID.azureFlow)
    return 0
}
