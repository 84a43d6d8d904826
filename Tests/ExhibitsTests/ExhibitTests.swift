// From entries to what is drawn of them: the same way `stray why` goes, on made entries.

import Causes
import Evidence
import Facts
import Testing

@testable import Exhibits

private let client = Endpoint(Address(v4: 0x0A00_0005), 40000)
private let server = Endpoint(Address(v4: 0xC633_6405), 443)

private func entry(
    _ action: Action, _ flags: TCPFlags, at seconds: Int64, from: Endpoint = client,
    to: Endpoint = server
) -> Entry {
    var entry = Entry()
    entry.time = Instant(seconds: seconds)
    entry.action = action
    entry.ipProtocol = Entry.tcp
    entry.known = [.ports, .flags]
    entry.flags = flags
    entry.source = from
    entry.destination = to
    entry.dialect = .pfFilterlog
    entry.reason = .match
    return entry
}

private func exhibits(_ entries: [Entry]) -> (findings: [Finding], exhibits: Exhibits) {
    var digest = Digest(Settings(), beginsInput: true, book: LifeBook())
    for (line, entry) in entries.enumerated() {
        var entry = entry
        digest.add(&entry, line: line + 1, counted: true)
    }
    digest.finish()
    let timers = TimerBook()
    let diagnosis = Diagnosis(digest, timers: timers)
    let times = entries.map(\.time).filter(\.isKnown)
    var gathering = ExhibitGathering(
        diagnosis.findings, timers, from: times.min() ?? .unknown, to: times.max() ?? .unknown)
    var judge = EntryJudge(digest, diagnosis)
    for (place, entry) in entries.enumerated() {
        let finding = entry.isBlocked ? judge.judge(entry)?.finding : nil
        gathering.add(place + 1, entry, finding: finding, input: 0, line: place + 1)
    }
    return (diagnosis.findings, gathering.finished())
}

/// A connection that slept two days, and spoke.
private let sleeper: [Entry] =
    [entry(.pass, .syn, at: 0)]
    + (0..<4).map { entry(.block, [.psh, .ack], at: 172_800 + $0) }

@Suite struct ExhibitTests {
    @Test func everyBlockedEntryIsInABin() throws {
        let (findings, exhibits) = exhibits(sleeper)
        let finding = try #require(findings.first)
        let exhibit = try #require(exhibits.ofFinding[finding.id])
        #expect(exhibit.counts.reduce(0, +) == 4)
        #expect(exhibit.counts.last == 4)
        #expect(exhibit.untimed == 0)
        #expect(exhibit.quotes.map(\.number) == [1, 2])
    }

    @Test func entriesWithoutATimeAreCountedApart() throws {
        var entries = sleeper
        for place in entries.indices { entries[place].time = .unknown }
        let (findings, exhibits) = exhibits(entries)
        let finding = try #require(findings.first)
        let exhibit = try #require(exhibits.ofFinding[finding.id])
        #expect(exhibit.counts.isEmpty)
        #expect(exhibit.untimed == 4)
    }

    @Test func aLadderTellsOpeningTimerAndStrays() throws {
        let (findings, exhibits) = exhibits(sleeper)
        #expect(findings.first?.cause == .idleTimeout)
        let ladder = try #require(exhibits.ofFinding[1]?.ladder)
        #expect(ladder.client == client && ladder.server == server && ladder.knowsClient)
        #expect(ladder.rungs.map(\.count) == [1, 4])
        #expect(ladder.rungs.map(\.isStray) == [false, true])
        let end = try #require(ladder.end)
        #expect(end.kind == .timer && end.seconds == 86400 && end.afterRung == 1)
        #expect(end.at == Instant(seconds: 86400))
    }

    /// The state of a connection whose packets are not logged cannot be said to have ended at a
    /// time, only because the strays are ends.
    @Test func aLateCloseWithoutItsFinsHasNoTimeOfDeath() throws {
        let fins = [0, 1, 3].map { entry(.block, [.fin, .ack], at: 300 + $0) }
        let (findings, exhibits) = exhibits([entry(.pass, .syn, at: 0)] + fins)
        let finding = try #require(findings.first)
        let ladder = try #require(exhibits.ofFinding[finding.id]?.ladder)
        #expect(ladder.end?.kind != .timer)
        #expect(ladder.end?.at == .unknown)
    }

    @Test func anEndThatIsLoggedIsTheEnd() throws {
        var close = entry(.close, [], at: 100)
        close.known = [.ports]
        close.reason = .closedByFins
        let fins = [0, 1, 3].map { entry(.block, [.fin, .ack], at: 130 + $0) }
        let (findings, exhibits) = exhibits([entry(.open, .syn, at: 0), close] + fins)
        let finding = try #require(findings.first)
        let ladder = try #require(exhibits.ofFinding[finding.id]?.ladder)
        #expect(ladder.end?.kind == .told)
        #expect(ladder.end?.at == Instant(seconds: 100))
    }

    @Test func scansHaveGridsOfBoundedSize() throws {
        var probes: [Entry] = []
        for number in 0..<6000 {
            let host = Address(v4: 0xC633_6400 + UInt32(number / 60))
            let port = UInt16(1 + number % 60)
            let from = Endpoint(Address(v4: 0xC000_0242), 54871)
            probes.append(
                entry(
                    .block, [.fin, .psh, .urg], at: Int64(number / 100), from: from,
                    to: Endpoint(host, port)))
        }
        let (findings, exhibits) = exhibits(probes)
        let scan = try #require(findings.first { $0.cause == .scan })
        let grid = try #require(exhibits.ofFinding[scan.id]?.grid)
        #expect(grid.hosts.count == Grid.hostsMax && grid.ports.count == Grid.portsMax)
        #expect(grid.hostsLeftOut == 100 - Grid.hostsMax)
        #expect(grid.portsLeftOut == 60 - Grid.portsMax)
        #expect(grid.cells.allSatisfy { $0.allSatisfy { $0 == 1 } })
    }
}

@Suite struct LadderTests {
    private func add(_ entries: [Entry], shown: Int) -> LadderEntries {
        var all = LadderEntries(shown: shown)
        for (place, entry) in entries.enumerated() { all.add(place + 1, entry) }
        return all
    }

    @Test func anotherLifeBeforeTheStrayIsForgotten() {
        let all = add(
            [
                entry(.pass, .syn, at: 0), entry(.block, [.fin, .ack], at: 5),
                entry(.pass, .syn, at: 50), entry(.block, [.fin, .ack], at: 60),
            ], shown: 4)
        #expect(all.entries.map(\.number) == [3, 4])
    }

    @Test func anotherLifeAfterTheStrayIsNotTold() {
        let all = add(
            [
                entry(.pass, .syn, at: 0), entry(.block, [.fin, .ack], at: 5),
                entry(.pass, .syn, at: 50), entry(.block, [.fin, .ack], at: 60),
            ], shown: 2)
        #expect(all.entries.map(\.number) == [1, 2])
    }

    @Test func longConnectionsAreBoundedAndKeepTheStray() throws {
        var entries = [entry(.pass, .syn, at: 0)]
        for number in 0..<4000 {
            let answers = number % 2 == 1
            entries.append(
                entry(
                    .pass, answers ? .ack : [.psh, .ack], at: Int64(number),
                    from: answers ? server : client, to: answers ? client : server))
        }
        entries.append(entry(.block, [.fin, .ack], at: 9000))
        let (findings, exhibits) = exhibits(entries)
        let finding = try #require(findings.first)
        let ladder = try #require(exhibits.ofFinding[finding.id]?.ladder)
        #expect(ladder.rungs.count <= Ladder.rungsMax)
        #expect(ladder.rungs.last?.isStray == true)
        #expect(ladder.rungs.first?.flags == .syn)
        #expect(ladder.rungs.contains { $0.kind == .leftOut })
        #expect(add(entries, shown: entries.count).entries.count <= Ladder.entriesMax)
    }
}
