// What the drawings of a page share: numbers, lines, words, and how much room words take.

enum SVG {
    /// A length with one decimal at most.
    static func text(_ number: Double) -> String {
        guard number.isFinite else { return "0" }
        let tenths = Int((max(-1e9, min(1e9, number)) * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        let whole = "\(sign)\(abs(tenths) / 10)"
        return tenths % 10 == 0 ? whole : whole + ".\(abs(tenths) % 10)"
    }

    /// A text that is no longer than its room: its middle is left out.
    static func short(_ text: String, most: Int) -> String {
        guard text.count > most else { return text }
        let half = (most - 1) / 2
        return text.prefix(most - 1 - half) + "…" + text.suffix(half)
    }

    /// The next number that people count in: 1, 2, 5, 10, 20, …
    static func rounded(up number: Int) -> Int {
        var step = 1
        while true {
            for times in [1, 2, 5] where step * times >= number { return step * times }
            guard step < Int.max / 100 else { return number }
            step *= 10
        }
    }

    /// Bars that stand on a line, as one path.
    static func bars(
        _ values: [Int], on base: [Int], top: Int, height: Double, gap: Double = 0.12
    ) -> String {
        var path = ""
        let scale = height / Double(max(top, 1))
        for (place, value) in values.enumerated() where value > 0 {
            // What is there is seen, however small.
            let tall = max(Double(value) * scale, 0.8)
            let low = height - Double(base[place]) * scale
            path += "M\(text(Double(place) * unit + gap * unit / 2)) \(text(low))"
            path += "v-\(text(tall))h\(text(unit * (1 - gap)))v\(text(tall))z"
        }
        return path
    }

    /// How wide a bin is drawn: bins are stretched to the page's width.
    static let unit = 10.0
}

extension HTMLWriter {
    /// Opens a drawing that is read out by its title and its description.
    mutating func startDrawing(
        _ id: String, class style: String, width: Double, height: Double, title: String,
        description: String, isStretched: Bool = false
    ) {
        var attributes: [Attribute] = [
            ("class", style), ("viewBox", "0 0 \(SVG.text(width)) \(SVG.text(height))"),
            ("role", "img"), ("aria-labelledby", "\(id)-t \(id)-d"),
        ]
        if isStretched { attributes.append(("preserveAspectRatio", "none")) }
        start("svg", attributes)
        element("title", ("id", "\(id)-t"), text: title)
        element("desc", ("id", "\(id)-d"), text: description, most: 1500)
    }

    mutating func line(
        _ style: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double
    ) {
        start(
            "path", ("class", style),
            ("d", "M\(SVG.text(x1)) \(SVG.text(y1))L\(SVG.text(x2)) \(SVG.text(y2))"))
        end("path")
    }

    mutating func path(_ style: String, _ d: String) {
        start("path", ("class", style), ("d", d))
        end("path")
    }

    /// `anchor`: start, middle or end of the words.
    mutating func words(
        _ style: String, _ x: Double, _ y: Double, _ anchor: String, _ words: String
    ) {
        element(
            "text", ("class", style), ("x", SVG.text(x)), ("y", SVG.text(y)),
            ("text-anchor", anchor), text: words)
    }

    /// The head of an arrow that points to the right, or to the left.
    mutating func head(_ style: String, _ x: Double, _ y: Double, right: Bool) {
        let back = right ? -7.0 : 7.0
        path(
            style,
            "M\(SVG.text(x)) \(SVG.text(y))l\(SVG.text(back)) -3.5v7z")
    }

    /// The mark of what was blocked.
    mutating func cross(_ x: Double, _ y: Double) {
        path(
            "cross",
            "M\(SVG.text(x - 5)) \(SVG.text(y - 5))l10 10m0 -10l-10 10")
    }
}
