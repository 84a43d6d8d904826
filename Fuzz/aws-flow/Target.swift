// Bytes as lines of the dialect aws-flow.

import Facts
import FuzzShared

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    fuzzLines(UnsafeBufferPointer(start: start, count: count), only: DialectID.awsFlow)
    return 0
}
