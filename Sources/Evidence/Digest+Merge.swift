// Joining the digests of two parts of a log into that of both.

import Bytes
import Facts

extension Digest {
    /// Adds the digest of what directly follows.
    public mutating func merge(_ later: Digest) {
        precondition(settings == later.settings && !later.beginsInput && book == nil)
        let positionsBefore = positions
        let entriesBefore = entries
        let linesBefore = lines
        func moved(_ life: Life) -> Life {
            var life = life
            life.move(positions: positionsBefore, numbers: entriesBefore, lines: linesBefore)
            return life
        }
        // Places in the tables may move.
        recent = LooseMemory()
        positions += later.positions
        entries += later.entries
        lines += later.lines
        // First what was already over in the later part, then what lives on; each list from the
        // longest unheard of, so that the order of last mention stays one.
        for life in later.heads.values { endAfter(moved(life)) }
        for mayIdle in [false, true] {
            let mentions = later.live.mentions(mayIdle: mayIdle)
            for number in 0..<mentions.count {
                live.expect(mentions, number, of: later.live)
                guard let place = later.live.place(mentions, number) else { continue }
                let hash = later.live.slots[place].hash
                if live.find(later.live.slots[place].dossier.key, hash) == nil {
                    live.adopt(
                        place, of: later.live, positions: positionsBefore, numbers: entriesBefore,
                        lines: linesBefore)
                } else {
                    self.place(moved(later.live.life(place)), hash)
                }
            }
        }
        letGo()
        func move(_ facts: inout CaseFacts) {
            facts.move(numbers: entriesBefore, lines: linesBefore)
        }
        cases.join(later.cases, moved: move)
        loose.join(later.loose, moved: move)
        world.join(later.world)
        totals.join(later.totals)
    }

    /// Ends a life that was over in the later part, after joining it to the one it goes on with.
    private mutating func endAfter(_ life: Life) {
        guard let found = live.find(life.dossier.key) else {
            end(life)
            return
        }
        let goesOn = live.slots[found].dossier.continues(with: life.dossier, settings)
        var mine = live.life(found)
        live.remove(found)
        var life = life
        if !goesOn { life.dossier.follow(mine.dossier, settings) }
        if goesOn {
            mine.join(life)
            end(mine)
        } else {
            end(mine)
            end(life)
        }
    }

    /// Both in one.
    public func merging(_ later: Digest) -> Digest {
        var both = self
        both.merge(later)
        return both
    }
}
