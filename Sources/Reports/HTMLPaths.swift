// The two ways of a connection with a wrong route, as a picture: both networks, the firewall between
// them, and which way leads past it.
//
// Read first: `Path`, and `FindingPaths` for the same in words.

import Causes
import Facts

private enum PathPlace {
    static let width = 420.0
    static let height = 232.0
    static let left = 30.0
    static let right = 390.0
    static let firewall = 210.0
    /// Above and below the firewall's middle.
    static let upper = 88.0
    static let lower = 146.0
}

extension HTMLReport {
    func putPaths(_ finding: Finding, _ out: inout HTMLWriter) {
        let (there, back) = (finding.paths[0], finding.paths[1])
        out.markup("<figure class=\"paths\"><h4>The two ways</h4>")
        out.startDrawing(
            "paths-\(finding.id)", class: "drawing", width: PathPlace.width,
            height: PathPlace.height, title: "The two ways between the networks, and the firewall",
            description: "\(account.pathText(there)). \(account.pathText(back)).")
        putNetworks(there, &out)
        putFirewall(finding, &out)
        putWay(there, at: PathPlace.upper, isRight: true, &out)
        putWay(back, at: PathPlace.lower, isRight: false, &out)
        out.markup("</svg><ul class=\"ways\">")
        for path in [there, back] {
            let words = account.pathText(path)
            out.element("li", text: words.prefix(1).uppercased() + words.dropFirst() + ".")
        }
        out.markup("</ul>")
        if let route = account.routeText(finding) {
            out.element("p", ("class", "check"), text: "Check \(route).")
        }
        out.markup("</figure>")
    }

    private func putNetworks(_ path: Path, _ out: inout HTMLWriter) {
        let ends = [(path.from, 0.0, "start"), (path.to, PathPlace.width, "end")]
        for (address, x, anchor) in ends {
            let name = account.networkText(address, path.breadth)
            out.words("strong", x, 16, anchor, SVG.short(name, most: 26))
        }
        for x in [PathPlace.left, PathPlace.right] {
            out.start(
                "rect", ("class", "box"), ("x", SVG.text(x - 30)), ("y", "34"), ("width", "60"),
                ("height", "164"), ("rx", "8"))
            out.end("rect")
            // Three hosts, so that the box reads as a network.
            for y in [78.0, 116, 154] {
                out.element(
                    "circle", ("class", "host"), ("cx", SVG.text(x)), ("cy", SVG.text(y)),
                    ("r", "5")
                ) { _ in }
            }
        }
    }

    private func putFirewall(_ finding: Finding, _ out: inout HTMLWriter) {
        out.start(
            "rect", ("class", "box wall"), ("x", SVG.text(PathPlace.firewall - 22)), ("y", "62"),
            ("width", "44"), ("height", "110"), ("rx", "6"))
        out.end("rect")
        let name = finding.nodes.count == 1 ? account.names.text(finding.nodes[0]) : ""
        out.words(
            "small", PathPlace.firewall, 52, "middle",
            name.isEmpty ? "this firewall" : SVG.short(name, most: 16))
    }

    /// One direction: into the firewall, through it, or past it.
    private func putWay(
        _ path: Path, at y: Double, isRight: Bool, _ out: inout HTMLWriter
    ) {
        let from = isRight ? PathPlace.left + 30 : PathPlace.right - 30
        let to = isRight ? PathPlace.right - 30 : PathPlace.left + 30
        let near = (from + PathPlace.firewall + (isRight ? -22 : 22)) / 2
        let load = path.load == .requests ? "requests" : "answers"
        let above = isRight ? y - 8 : y + 18
        out.words("label", near, above, "middle", load)
        switch path.fate {
        case .blocked:
            let stop = PathPlace.firewall + (isRight ? -30.0 : 30)
            out.line("arrow blocked", from, y, stop, y)
            out.head("arrow-head blocked", stop + (isRight ? 4 : -4), y, right: isRight)
            out.cross(PathPlace.firewall, y)
            out.words("small red", 2 * PathPlace.firewall - near, y + 4, "middle", "blocked")
        case .passed:
            out.line("arrow", from, y, to, y)
            out.head("arrow-head", to, y, right: isRight)
            out.words("small", 2 * PathPlace.firewall - near, above, "middle", "passed")
        case .absent, .unknown:
            putDetour(path, from, to, y, isRight, &out)
        }
        guard let name = path.interfaces.first, path.fate == .blocked || path.fate == .passed else {
            return
        }
        let more = path.interfaces.count > 1 ? " +\(path.interfaces.count - 1)" : ""
        let words = SVG.short(account.names.text(name), most: 10) + more
        out.words("small", near, isRight ? y + 15 : y - 7, "middle", "in \(words)")
    }

    /// Round the firewall: above it, or below it.
    private func putDetour(
        _ path: Path, _ from: Double, _ to: Double, _ y: Double, _ isRight: Bool,
        _ out: inout HTMLWriter
    ) {
        let bend = isRight ? 20.0 : 214.0
        let step = isRight ? 1.0 : -1.0
        out.path(
            path.fate == .absent ? "arrow around" : "arrow around unsure",
            "M\(SVG.text(from)) \(SVG.text(y))"
                + "C\(SVG.text(from + step * 70)) \(SVG.text(bend))"
                + " \(SVG.text(to - step * 70)) \(SVG.text(bend))"
                + " \(SVG.text(to)) \(SVG.text(y))")
        out.head("arrow-head around", to, y, right: isRight)
        let words = path.fate == .absent ? "not through this firewall" : "not seen"
        out.words("small", PathPlace.firewall, isRight ? 24 : 218, "middle", words)
    }
}
