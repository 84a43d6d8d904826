// What is drawn of findings, as JSON: every number that a picture shows.
//
// Read first: `Exhibits`; the fields are those of docs/schema/findings.schema.json.

import Bytes
import Exhibits
import Facts

extension ByteWriter {
    /// `,"timeline":…,"tuning":…` of the document; nothing where nothing was gathered.
    mutating func putDrawn(_ account: Account) {
        guard let exhibits = account.exhibits else { return }
        put(",\"timeline\":")
        putTimeline(exhibits.timeline, account.zone)
        put(",\"untold\":\(exhibits.untold),\"tuning\":")
        if let tuning = account.tuning { tuning.putJSON(&self) } else { put("null") }
    }

    /// `,"exhibit":…` of a finding.
    mutating func putExhibit(_ account: Account, _ finding: Int) {
        guard let exhibit = account.exhibits?.ofFinding[finding] else { return }
        put(",\"exhibit\":{\"counts\":")
        putNumbers(exhibit.counts)
        put(",\"untimed\":\(exhibit.untimed),\"ladder\":")
        if let ladder = exhibit.ladder { putLadder(ladder, account) } else { put("null") }
        put(",\"grid\":")
        if let grid = exhibit.grid { putGrid(grid, account) } else { put("null") }
        put(",\"burst\":")
        if let burst = exhibit.burst {
            put("{\"timeline\":")
            putTimeline(burst.timeline, account.zone)
            put(",\"strays\":")
            putNumbers(burst.strays)
            put(",\"passed\":")
            putNumbers(burst.passed)
            put("}")
        } else {
            put("null")
        }
        put(",\"quotes\":[")
        putList(exhibit.quotes) { $0.putQuote($1, account) }
        put("]}")
    }

    private mutating func putTimeline(_ timeline: Timeline, _ zone: Zone) {
        put("{\"from\":")
        putTime(timeline.bins > 0 ? timeline.start : .unknown, zone)
        put(",\"binSeconds\":\(timeline.binSeconds),\"bins\":\(timeline.bins)}")
    }

    private mutating func putNumbers(_ numbers: [Int]) {
        put("[")
        putList(numbers) { $0.put($1) }
        put("]")
    }

    private mutating func putEnd(_ end: Endpoint, _ account: Account) {
        put("{\"address\":")
        putAddress(end.address, account.names)
        put(",\"port\":\(end.port)}")
    }

    private mutating func putLadder(_ ladder: Ladder, _ account: Account) {
        put("{\"client\":")
        putEnd(ladder.client, account)
        put(",\"server\":")
        putEnd(ladder.server, account)
        put(",\"knowsClient\":\(ladder.knowsClient),\"rungs\":[")
        putList(ladder.rungs) { $0.putRung($1, account) }
        put("],\"stateEnd\":")
        if let end = ladder.end {
            put("{\"kind\":\"\(end.kind.name)\",\"time\":")
            putTime(end.at, account.zone)
            put(",\"timerSeconds\":\(end.seconds),\"afterRung\":\(end.afterRung)}")
        } else {
            put("null")
        }
        put("}")
    }

    private mutating func putRung(_ rung: Rung, _ account: Account) {
        put("{\"kind\":\"\(rung.kind.name)\",\"entry\":")
        if rung.entry > 0 { put(rung.entry) } else { put("null") }
        put(",\"from\":")
        putTime(rung.at, account.zone)
        put(",\"to\":")
        putTime(rung.until, account.zone)
        put(",\"count\":\(rung.count),\"toServer\":\(rung.isRequest),\"action\":\"")
        put(rung.action.name.description)
        put("\",\"flags\":")
        if let flags = rung.flags { putJSON(flags.text) } else { put("null") }
        put(",\"length\":")
        if let length = rung.length { put(length) } else { put("null") }
        put(",\"stray\":\(rung.isStray)}")
    }

    private mutating func putGrid(_ grid: Grid, _ account: Account) {
        put("{\"hosts\":[")
        putList(grid.hosts) { $0.putAddress($1, account.names) }
        put("],\"ports\":")
        putNumbers(grid.ports.map(Int.init))
        put(",\"cells\":[")
        putList(grid.cells) { $0.putNumbers($1) }
        put("],\"hostsLeftOut\":\(grid.hostsLeftOut),\"portsLeftOut\":\(grid.portsLeftOut)}")
    }

    private mutating func putQuote(_ quote: Quote, _ account: Account) {
        put("{\"entry\":\(quote.number),\"input\":")
        putJSON(account.inputs[quote.input].name)
        put(",\"line\":\(quote.line),\"text\":")
        if let text = quote.text { putJSON(text) } else { put("null") }
        put(",\"cut\":\(quote.isCut)}")
    }
}

extension Rung.Kind {
    var name: String {
        switch self {
        case .packet: "packet"
        case .opened: "opened"
        case .ended: "ended"
        case .leftOut: "left-out"
        }
    }
}

extension StateEnd.Kind {
    var name: String {
        switch self {
        case .told: "told"
        case .timer: "timer"
        case .lost: "lost"
        case .unseen: "unseen"
        case .never: "never"
        case .kept: "kept"
        case .half: "half"
        }
    }
}
