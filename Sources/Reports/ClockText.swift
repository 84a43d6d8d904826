// How far the clocks of the inputs are apart, in words and numbers. Read `Account` first.

import Bytes

extension Account {
    /// A line for each input whose clock was found to be off: its times were corrected.
    func clockLines() -> [String] {
        guard let clockReference else { return [] }
        return inputs.indices.compactMap { place in
            guard let offset = inputs[place].clockOffset, offset != 0 else { return nil }
            var text = ByteWriter()
            if offset > 0 { text.put("+") }
            text.putSeconds(offset)
            let name = label(of: place)
            return "\(name): clock \(text.text) s against \(label(of: clockReference)), corrected"
        }
    }

    private func label(of place: Int) -> String { inputs[place].node ?? inputs[place].name }
}

extension ByteWriter {
    /// Microseconds as seconds, to the tenth: no estimate by log stamps is better.
    mutating func putSeconds(_ microseconds: Int64) {
        let tenths = (abs(microseconds) + 50_000) / 100_000
        if microseconds < 0, tenths > 0 { put("-") }
        put(Int(tenths / 10))
        put(".")
        put(Int(tenths % 10))
    }
}
