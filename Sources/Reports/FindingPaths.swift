// The two ways of a connection with a wrong route, in words and as JSON.
// Read first: `Causes/Path`.

import Bytes
import Causes
import Facts

extension Account {
    /// `answers 10.1.0.0/24 → 10.2.0.0/24: blocked, in on igb1 from router 02:00:00:00:00:07`.
    func pathText(_ path: Path) -> String {
        let load = path.load == .requests ? "requests" : "answers"
        var text = "\(load) \(networkText(path.from, path.breadth)) → "
        text += "\(networkText(path.to, path.breadth)): "
        switch path.fate {
        case .blocked where path.opened:
            text += "openings passed, the rest was blocked" + placeText(path)
        case .blocked: text += "blocked" + placeText(path)
        case .passed: text += "passed" + placeText(path)
        case .absent: text += "not through this firewall"
        case .unknown: text += "not seen; what passes is not logged here"
        }
        return text
    }

    private func placeText(_ path: Path) -> String {
        var text = ""
        func list(_ all: [Name]) -> String { all.map(names.text).joined(separator: " and ") }
        if !path.interfaces.isEmpty { text += ", in on \(list(path.interfaces))" }
        let isKnown = diagnosis.findings.contains { $0.nodes.count > 1 } || path.nodes.count > 1
        if isKnown, !path.nodes.isEmpty { text += " of \(list(path.nodes))" }
        if !path.exits.isEmpty { text += ", out by \(list(path.exits))" }
        if let router = path.router { text += ", from router \(textOfMAC(router))" }
        return text
    }

    /// Which routes to look at; nil when both directions were seen to come by one way.
    func routeText(_ finding: Finding) -> String? {
        guard finding.paths.count == 2 else { return nil }
        let (there, back) = (finding.paths[0], finding.paths[1])
        func route(_ path: Path) -> String {
            "the route to \(networkText(path.to, path.breadth)) on the hosts and routers of "
                + networkText(path.from, path.breadth)
        }
        switch back.fate {
        case .absent, .unknown: return "\(route(back)); if it is right, the way back"
        case .passed where back.interfaces != there.interfaces || back.nodes != there.nodes:
            return route(there.load == .answers ? there : back)
        case .passed, .blocked: return nil
        }
    }
}

extension ByteWriter {
    /// The paths as a list; `names` tells what the names stand for.
    mutating func putPaths(_ account: Account, _ finding: Finding) {
        put(",\"paths\":[")
        putList(finding.paths) { out, path in
            out.put("{\"from\":")
            out.putJSON(account.networkText(path.from, path.breadth))
            out.put(",\"to\":")
            out.putJSON(account.networkText(path.to, path.breadth))
            out.put(",\"carries\":")
            out.putJSON(path.load == .requests ? "requests" : "answers")
            out.put(",\"fate\":")
            out.putJSON(path.fate.name.description)
            for (key, all) in [
                ("interfaces", path.interfaces), ("exits", path.exits), ("nodes", path.nodes),
            ] {
                out.put(",\"\(key)\":[")
                out.putList(all) { $0.putJSON(account.names.bytes($1)) }
                out.put("]")
            }
            out.put(",\"router\":")
            out.putOptional(path.router.map(textOfMAC))
            out.put("}")
        }
        put("]")
    }
}
