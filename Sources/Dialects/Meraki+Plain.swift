// The common line of a Meraki MX, read without a record: TCP or UDP between two addresses,
// with both ports, translated at its source or not at all.
//
// Read `Meraki` first. Whatever is not exactly as here is left to it, so this file decides nothing:
// it must only give what its record would have given.

import Bytes
import Facts

extension Meraki {
    /// The fields of such a line, by their number.
    private enum Place {
        static let source = 0
        static let destination = 1
        static let sourcePort = 2
        static let destinationPort = 3
        static let ipProtocol = 4
        static let natSource = 5
        static let natPort = 6
        /// What nothing is asked of.
        static let other = 7
    }

    /// Fills in what the pairs behind `start` tell. False when they are others; then the entry is as
    /// it was.
    @inline(__always)
    func readPlain(_ line: borrowing Line, _ start: Int, into entry: inout Entry) -> Bool {
        // Not a variable for each: nine of them would be moved about at every pair.
        var fields: [8 of Field] = .init(repeating: Field(0, 0))
        guard gatherPlain(line, start, &fields),
            let source = Address(line, fields[Place.source]),
            let destination = Address(line, fields[Place.destination]),
            let sourcePort = line.decimal16(fields[Place.sourcePort]),
            let destinationPort = line.decimal16(fields[Place.destinationPort])
        else { return false }
        let isTCP = line.equals(fields[Place.ipProtocol], "tcp")
        guard isTCP || line.equals(fields[Place.ipProtocol], "udp") else { return false }
        let from = Endpoint(source, sourcePort)
        let (natSource, natPort) = (fields[Place.natSource], fields[Place.natPort])
        if !natSource.isEmpty || !natPort.isEmpty {
            guard let address = Address.v4(line, natSource), address != 0,
                let port = line.decimal16(natPort), port > 0
            else { return false }
            let seen = Endpoint(Address(v4: address), port)
            if seen != from { entry.natSource = seen }
        }
        entry.source = from
        entry.destination = Endpoint(destination, destinationPort)
        entry.ipProtocol = isTCP ? Entry.tcp : Entry.udp
        entry.known.insert(.ports)
        return true
    }

    /// The first field of each name, as a record takes them; false where there are names or values
    /// that only a record is made for.
    @inline(__always)
    private func gatherPlain(
        _ line: borrowing Line, _ start: Int, _ fields: inout [8 of Field]
    ) -> Bool {
        var at = start
        while let (key, value) = barePair(line, &at) {
            guard !value.isEmpty, let place = place(line, key) else { return false }
            if fields[place].isEmpty { fields[place] = value }
        }
        return at == line.end
    }

    @inline(__always)
    private func place(_ line: borrowing Line, _ key: Field) -> Int? {
        // A zero byte at its end would make a name another that is shorter.
        guard key.count > 2, line[key.end &- 1] != 0 else { return nil }
        guard key.count <= 8 else {
            if line.equals(key, "translated_src_ip") { return Place.natSource }
            return line.equals(key, "translated_port") ? Place.natPort : nil
        }
        switch line.word(key.start) & (~0 &>> UInt64(truncatingIfNeeded: 64 &- 8 &* key.count)) {
        case Key.source: return Place.source
        case Key.destination: return Place.destination
        case Key.sport: return Place.sourcePort
        case Key.dport: return Place.destinationPort
        case 0x6C6F_636F_746F_7270: return Place.ipProtocol  // `protocol`
        case 0x63_616D: return Place.other  // `mac`
        default: return nil
        }
    }
}
