// Bytes as a file of rules: pf's, or what nft prints as JSON.

import FuzzShared

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    fuzzPolicy(UnsafeBufferPointer(start: start, count: count))
    return 0
}
