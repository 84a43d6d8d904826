// The hash of everything: two rounds of multiply and fold, seeded.
//
// Tables in memory are seeded by a constant, so that the same input gives the same output on every
// run (law 6). What an attacker could gain by colliding keys is bounded elsewhere: every table has
// a cap, and probing is bounded by the table's load.

@inlinable
public func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
}

@inlinable
public func hash(_ a: UInt64, _ b: UInt64) -> UInt64 {
    mix(mix(a ^ 0x9E37_79B9_7F4A_7C15, b ^ 0xE703_7ED1_A0B4_28DB), 0x8EBC_6AF0_9C88_C6E3)
}

@inlinable
public func hash(_ a: UInt64, _ b: UInt64, _ c: UInt64) -> UInt64 {
    hash(hash(a, b), c)
}

/// A text of the program itself, told apart by where it lies: the same text may have two places.
@inlinable
public func place(of text: StaticString) -> UInt64 {
    unsafe UInt64(UInt(bitPattern: text.utf8Start))
}

extension Line {
    /// The hash of a field's bytes; the same bytes hash alike wherever they stand.
    @inlinable @inline(__always)
    public func hash(_ field: Field) -> UInt64 {
        // Most names are short: the same as below, without a loop and a call.
        guard UInt(bitPattern: field.count &- 1) < 7 else { return longHash(field) }
        let tail = word(field.start) & (~0 &>> UInt64(64 &- 8 &* field.count))
        let value = UInt64(truncatingIfNeeded: field.count) ^ 0xA076_1D64_78BD_642F ^ tail
        return mix(mix(value, 0x8EBC_6AF0_9C88_C6E3), 0x5899_65CC_7537_4CC3)
    }

    @inlinable
    func longHash(_ field: Field) -> UInt64 {
        var value: UInt64 = UInt64(truncatingIfNeeded: field.count) ^ 0xA076_1D64_78BD_642F
        var at = field.start
        while at &+ 8 <= field.end {
            value = mix(value ^ word(at), 0xE703_7ED1_A0B4_28DB)
            at &+= 8
        }
        let rest = field.end &- at
        if rest > 0 {
            let tail = word(at) & (~0 &>> UInt64(64 &- 8 &* rest))
            value = mix(value ^ tail, 0x8EBC_6AF0_9C88_C6E3)
        }
        return mix(value, 0x5899_65CC_7537_4CC3)
    }
}
