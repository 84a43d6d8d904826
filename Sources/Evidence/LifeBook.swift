// Which case each stray came to: kept only when every entry's cause is asked for, because it grows
// with the log (four bytes a stray, eight a connection).

import Bytes
import Facts

public struct LifeBook: Sendable {
    /// The life of each stray, in order.
    private var lives: [Int32] = []
    /// The case of each life's strays, by end; -1 while it lives.
    private var lowCases: [Int32] = []
    private var highCases: [Int32] = []
    private var keys: [CaseKey] = []
    private var index = IndexTable()
    var isStray = false

    private let keysMax: Int

    /// `keysMax`: how many cases it tells apart at most; what comes to others is not known then.
    public init(keysMax: Int = .max) { self.keysMax = keysMax }

    mutating func begin() -> Int32 {
        lowCases.append(-1)
        highCases.append(-1)
        return Int32(lowCases.count - 1)
    }

    mutating func note(_ life: Int32) {
        if isStray { lives.append(life) }
    }

    mutating func settle(_ life: Int32, low: Bool, _ key: CaseKey) {
        let hash = key.tableHash
        let number: Int
        if let known = index.find(hash, { keys[$0] == key }) {
            number = known
        } else if keys.count >= keysMax {
            return
        } else {
            number = keys.count
            keys.append(key)
            index.insert(hash, number)
        }
        if low { lowCases[Int(life)] = Int32(number) } else { highCases[Int(life)] = Int32(number) }
    }

    /// The case of the stray with the given number among strays, from 0; `low` tells whether its
    /// sender is the smaller end of the connection.
    public func caseOf(stray: Int, low: Bool) -> CaseKey? {
        guard stray < lives.count else { return nil }
        let life = Int(lives[stray])
        let number = low ? lowCases[life] : highCases[life]
        return number < 0 ? nil : keys[Int(number)]
    }
}
