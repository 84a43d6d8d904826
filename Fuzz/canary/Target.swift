// It must crash: a harness in which this target does not crash proves nothing about the others.

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    // Found by coverage alone: no seed has it.
    if bytes.count > 2, bytes[0] == 0x52, bytes[1] == 0x53 {
        precondition(bytes[2] != 0x54, "the canary")
    }
    return 0
}
