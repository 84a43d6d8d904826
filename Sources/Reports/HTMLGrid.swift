// What a scan asked for: hosts by ports, darker where more packets came.
//
// Read first: `Grid`.

import Bytes
import Causes
import Exhibits
import Facts

extension HTMLReport {
    func putGrid(_ grid: Grid, _ finding: Finding, _ out: inout HTMLWriter) {
        let left = 132.0
        let cell = min(20, max(7.2, (520 - left) / Double(max(grid.ports.count, 1))))
        let row = 16.0
        let top = 40.0
        let width = max(300, left + cell * Double(grid.ports.count) + 8)
        let height = top + row * Double(grid.hosts.count) + 4
        let most = grid.cells.flatMap { $0 }.max() ?? 0
        out.markup("<figure class=\"grid\"><h4>What was asked for</h4><div class=\"scroll\" ")
        out.markup("tabindex=\"0\" role=\"group\" aria-label=\"Hosts by ports\">")
        out.startDrawing(
            "grid-\(finding.id)", class: "drawing wide", width: width, height: height,
            title: "Hosts and ports asked for", description: gridWords(grid, most))
        // Only as many ports are named as there is room for.
        let step = max(1, Int((13 / cell).rounded(.up)))
        for (place, port) in grid.ports.enumerated() where place % step == 0 {
            let x = left + cell * (Double(place) + 0.5)
            out.element(
                "text", ("class", "small"), ("text-anchor", "start"),
                ("transform", "translate(\(SVG.text(x + 3)) \(SVG.text(top - 5))) rotate(-60)"),
                text: "\(port)")
        }
        for (line, host) in grid.hosts.enumerated() {
            let y = top + row * Double(line)
            let name = SVG.short(account.text(host), most: 20)
            out.words("small", left - 8, y + 12, "end", name)
            for (place, count) in grid.cells[line].enumerated() {
                out.start(
                    "rect", ("class", count == 0 ? "cell" : "cell asked a\(level(count, most))"),
                    ("x", SVG.text(left + cell * Double(place))), ("y", SVG.text(y)),
                    ("width", SVG.text(cell - 1)), ("height", SVG.text(row - 1)))
                out.end("rect")
            }
        }
        out.markup("</svg></div>")
        out.element("figcaption", text: gridWords(grid, most))
        out.markup("</figure>")
    }

    /// From 1 to 4: each is some times as many as the one before.
    private func level(_ count: Int, _ most: Int) -> Int {
        var level = 4
        var bound = most
        while level > 1, count * 3 <= bound {
            bound /= 3
            level -= 1
        }
        return level
    }

    private func gridWords(_ grid: Grid, _ most: Int) -> String {
        var text = "\(counted(grid.hosts.count, "host")) by \(counted(grid.ports.count, "port"))"
        text += "; the darkest is \(counted(most, "packet"))."
        if grid.hostsLeftOut > 0 {
            text += " \(counted(grid.hostsLeftOut, "more host")), asked for less, left out."
        }
        if grid.portsLeftOut > 0 {
            text += " \(counted(grid.portsLeftOut, "more port")), asked for less, left out."
        }
        return text
    }
}
