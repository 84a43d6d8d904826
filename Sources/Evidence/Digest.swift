// The evidence of a log, or of a part of one, gathered in a single pass.
//
// The law: the digest of a whole is the digest of its first part merged with that of the rest,
// wherever it is cut. Blocks of a file are digested in parallel by it.
//
// Everything in a digest is one of three things. Live connections are kept whole, because they may
// go on. What is over is reduced to cases, which are few. And in a digest that does not begin its
// input, the first life of each connection is kept whole too (`heads`), because what went before
// may belong to it.

import Bytes
import Facts

public struct Digest: Sendable {
    public let settings: Settings
    /// Whether nothing can go before: then no heads need to be kept.
    public let beginsInput: Bool
    /// Entries added, of every kind.
    public internal(set) var entries = 0
    /// Lines read, entries or not: whoever reads the lines keeps it current.
    public var lines = 0
    public internal(set) var totals = Totals()
    public internal(set) var world: World
    /// The cases of strays.
    public internal(set) var cases: RollTable<CaseKey, CaseFacts>
    /// The cases of blocked packets that no connection is asked about.
    public internal(set) var loose: RollTable<CaseKey, CaseFacts>
    /// Which life each stray belongs to, when that is wanted.
    public internal(set) var book: LifeBook?
    /// Tracked entries so far.
    var positions = 0
    // Asked for every line: so most logs need no call.
    let insideIsPrivate: Bool
    var recent = LooseMemory()
    var live = LiveTable()
    var heads: [ConnectionKey: Life] = [:]

    public init(_ settings: Settings, beginsInput: Bool, book: LifeBook? = nil) {
        self.settings = settings
        insideIsPrivate = settings.insideIsPrivate
        self.beginsInput = beginsInput
        world = World(settings)
        cases = RollTable(countMax: settings.casesMax)
        loose = RollTable(countMax: settings.casesMax)
        self.book = book
    }

    @inline(__always)
    func isInside(_ address: Address) -> Bool {
        insideIsPrivate ? address.isPrivate : settings.isInside(address)
    }

    /// How many connections are kept whole right now.
    public var liveCount: Int { live.count + heads.count }

    /// Forgets everything and keeps the room.
    public mutating func removeAll() {
        entries = 0
        lines = 0
        positions = 0
        recent = LooseMemory()
        totals = Totals()
        world.removeAll()
        cases.removeAll()
        loose.removeAll()
        live.removeAll()
        heads.removeAll(keepingCapacity: true)
    }
}

// MARK: - Lives

extension Digest {
    /// Adds what became of a connection next; `hash` is that of its key.
    mutating func place(_ next: Life, _ hash: UInt32) {
        if let found = live.find(next.dossier.key, hash) {
            if live.slots[found].dossier.continues(with: next.dossier, settings) {
                live.extend(found, with: next)
                book?.note(live.slots[found].life)
                return
            }
            var life = next
            life.dossier.follow(live.slots[found].dossier, settings)
            end(found)
            begin(life, hash)
        } else {
            begin(next, hash)
        }
    }

    private mutating func begin(_ life: Life, _ hash: UInt32) {
        let number = book?.begin() ?? -1
        live.insert(life, hash, number: number)
        book?.note(number)
    }

    /// Lets go of every connection that has been silent too long.
    mutating func letGo() {
        let quiet = positions - settings.quietEntriesMax
        while let old = live.nextSilent(before: quiet, mayIdle: false) { end(old) }
        let idle = positions - settings.idleEntriesMax
        while let old = live.nextSilent(before: idle, mayIdle: true) { end(old) }
    }

    private mutating func end(_ place: Int) {
        let number = live.slots[place].life
        let life = live.life(place)
        live.remove(place)
        end(life, number: number)
    }

    /// Ends a life: it is reduced to its cases, unless what went before may belong to it.
    mutating func end(_ life: Life, number: Int32 = -1) {
        let key = life.dossier.key
        let mayContinue = !beginsInput && life.dossier.firstPosition < settings.idleEntriesMax
        if mayContinue, heads[key] == nil {
            heads[key] = life
        } else {
            settle(life, number)
        }
    }

    private mutating func settle(_ life: Life, _ number: Int32 = -1) {
        if !life.dossier.isTranslated {
            if !life.dossier.isOnlyHeld { totals.connections += 1 }
        } else if !life.dossier.strayed {
            return
        }
        let fortune = life.fortune()
        let ends = life.dossier.key
        let lowHost = HostKey(ends.low.address, inside: isInside(ends.low.address))
        let highHost = HostKey(ends.high.address, inside: isInside(ends.high.address))
        if let server = life.serverEnd {
            let host = server == ends.low ? lowHost : highHost
            world.services.update(ServiceKey(host, server.port)) { $0.join(fortune) }
        }
        world.pairs.update(PairKey(lowHost, highHost)) { $0.join(fortune) }
        guard life.dossier.strayed else { return }
        if !life.dossier.isTranslated, let minute = life.strayMinute {
            let node = life.lowSide.isNone ? life.highSide.node : life.lowSide.node
            world.moments.update(MomentKey(node, minute)) { $0.join(life.momentFacts) }
        }
        if !life.dossier.isTranslated, let ways = life.wayFacts {
            world.ways.update(ways.key) { $0.join(ways.facts) }
        }
        if !life.lowSide.isNone {
            settleSide(life, life.lowSide, beside: life.highSide, low: true, number)
        }
        if !life.highSide.isNone {
            settleSide(life, life.highSide, beside: life.lowSide, low: false, number)
        }
    }

    private mutating func settleSide(
        _ life: Life, _ side: Side, beside other: Side, low: Bool,
        _ number: Int32
    ) {
        let key = life.caseKey(of: side, beside: other, low: low, settings)
        book?.settle(number, low: low, key)
        noteBorder(life, side)
        let facts = life.caseFacts(of: side, beside: other, low: low)
        cases.update(key) { $0.join(facts) }
    }

    /// Answers to openings and what no stack sends say nothing of what a conversation wanted.
    private mutating func noteBorder(_ life: Life, _ side: Side) {
        guard side.classes.isDisjoint(with: .unnatural), !side.classes.has(.synAck) else { return }
        let isEnding = side.wantedClasses.subtracting(.closing).isEmpty
        guard !isEnding || side.classes.has(.fin) else { return }
        world.borders.update(PortKey(side.node, side.interface, Entry.tcp)) {
            if isEnding { $0.ending += 1 } else { $0.wanting += 1 }
            guard isEnding, life.dossier.opened, !life.dossier.closed,
                let silence = side.first.time.since(life.dossier.passBeforeStray)
            else { return }
            if silence < 300_000_000 { $0.endedEarly += 1 } else { $0.endedLate += 1 }
        }
    }

    /// Ends every life: nothing follows any more.
    public mutating func finish() {
        for mayIdle in [false, true] {
            let mentions = live.mentions(mayIdle: mayIdle)
            for number in 0..<mentions.count {
                guard let place = live.place(mentions, number) else { continue }
                settle(live.life(place), live.slots[place].life)
            }
        }
        for life in heads.values { settle(life) }
        live.removeAll()
        heads.removeAll()
    }
}

// MARK: - Cases

// Asked here and not of the tables, because generic code called from another room is not
// specialised for its types: that was half the cost of a case, measured.
extension Digest {
    public var caseCount: Int { cases.count + loose.count }

    /// How wide the networks are that the addresses of cases were rolled up to.
    public func breadth(loose isLoose: Bool) -> Breadth {
        isLoose ? loose.breadth : cases.breadth
    }

    /// Every case, in no order, and where it lies.
    public func forEachCase(
        _ body: (_ key: CaseKey, _ facts: CaseFacts, _ isLoose: Bool, _ place: Int) -> Void
    ) {
        for place in 0..<cases.count {
            body(cases.rows[place].key, cases.rows[place].value, false, place)
        }
        for place in 0..<loose.count {
            body(loose.rows[place].key, loose.rows[place].value, true, place)
        }
    }

    public func caseAt(_ place: Int, loose isLoose: Bool) -> (CaseKey, CaseFacts) {
        let row = isLoose ? loose.rows[place] : cases.rows[place]
        return (row.key, row.value)
    }

    /// The case that a key belongs to, as wide as it is kept now.
    public func findCase(_ key: CaseKey) -> (CaseKey, CaseFacts)? {
        guard let own = key.rolled(to: breadth(loose: key.kind != .stray)) else { return nil }
        let found = key.kind == .stray ? cases.find(own) : loose.find(own)
        return found.map { (own, $0) }
    }
}

extension Digest: Equatable {
    public static func == (a: Digest, b: Digest) -> Bool {
        a.settings == b.settings && a.beginsInput == b.beginsInput && a.entries == b.entries
            && a.lines == b.lines && a.totals == b.totals && a.positions == b.positions
            && a.world == b.world && a.cases == b.cases && a.loose == b.loose && a.heads == b.heads
            && a.lives == b.lives
    }

    private var lives: [ConnectionKey: Life] {
        var all: [ConnectionKey: Life] = [:]
        for mayIdle in [false, true] {
            let mentions = live.mentions(mayIdle: mayIdle)
            for number in 0..<mentions.count {
                guard let place = live.place(mentions, number) else { continue }
                let life = live.life(place)
                all[life.dossier.key] = life
            }
        }
        return all
    }
}
