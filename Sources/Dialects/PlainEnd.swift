// `198.51.100.7:443` and `198.51.100.7.443`: an IPv4 address and its port, read in one go.
//
// Read first: `Address.v4`. Nothing else is taken: IPv6, names, masks and ports that are missing are
// read by those who call this, part by part.

import Bytes
import Facts

extension Line {
    /// The address and the port that stand at an offset, with `mark` between them, and the offset
    /// behind the port's last digit, which is the line's end or holds no digit; nil where there is
    /// anything else.
    @inline(__always)
    func plainEnd(_ at: Int, mark: UInt8) -> (endpoint: Endpoint, end: Int)? {
        guard hasRoom(at: at) else { return nil }
        let low = digits(or: 0x2E, at: at)
        let high = digits(or: 0x2E, at: at &+ 16)
        let digits = low.digits | high.digits &<< 16
        var dots = low.equal | high.equal &<< 16
        let first = dots.trailingZeroBitCount
        dots &= dots &- 1
        let second = dots.trailingZeroBitCount
        dots &= dots &- 1
        let third = dots.trailingZeroBitCount
        // The first byte behind the third dot that is no digit ends the address.
        guard third < 12 else { return nil }
        let behind = ~digits & (~1 &<< UInt32(truncatingIfNeeded: third))
        let stop = behind.trailingZeroBitCount
        let end = (behind & (behind &- 1)).trailingZeroBitCount
        let count = end &- stop &- 1
        guard stop < 16, end < 32, at &+ end <= self.end, UInt(bitPattern: count &- 1) < 5,
            self[at &+ stop] == mark
        else { return nil }
        // All digits but for the dots and the mark, one to three between each two.
        let inside = (1 as UInt32) &<< UInt32(truncatingIfNeeded: stop) &- 1
        let stops = (low.equal & inside) | (1 &<< UInt32(truncatingIfNeeded: stop))
        let pairs = digits & inside & ((digits & inside) &>> 1)
        guard (digits | stops) & inside == inside, stops & (stops &<< 1 | 1) == 0,
            pairs & (pairs &>> 2) == 0,
            let address = Address.v4(
                endingAt: (first, second, third, stop), from: 0, { word(at, $0) })
        else { return nil }
        let port = self.digits(at, stop &+ 1, count)
        guard port <= 0xFFFF else { return nil }
        return (
            Endpoint(Address(v4: address), UInt16(truncatingIfNeeded: port)), at &+ end
        )
    }

    /// Whether a word ends before an offset: a blank stands there, or the line ends.
    @inline(__always)
    func endsWord(_ at: Int) -> Bool { at == end || at < end && self[at] == 0x20 }
}
