// "Is this much?": the share of a finding, and in words what is usual of its cause. No figure is
// given for what is usual: it depends on the network, and nobody has measured this one's.

import Causes
import Evidence
import Exhibits
import Facts

extension HTMLReport {
    func putIsMuch(_ finding: Finding, _ out: inout HTMLWriter) {
        out.markup("<h4>Is this much?</h4><p>")
        var sentences = [usual(finding)]
        if isOfConnections(finding), let all = finding.ofConnections,
            all >= finding.connections, finding.connections > 0
        {
            let share = HTMLReport.percent(finding.connections, of: all)
            sentences.append(
                "Here it met \(grouped(finding.connections)) of \(counted(all, "connection")) "
                    + "(\(share)).")
        }
        sentences.append(shareText(finding))
        // Of fewer, a share of a thousand would be a guess.
        let connections = account.totals.connections
        if isOfConnections(finding), account.recordsOpenings, connections >= 100 {
            let rate = Double(finding.count) * 1000 / Double(connections)
            let words = rate < 1 ? "less than one" : "about \(grouped(Int(rate.rounded())))"
            sentences.append("That makes \(words) for every thousand connections of the log.")
        }
        if let pace = paceText(finding) { sentences.append(pace) }
        out.text(sentences.joined(separator: " "), most: 1200)
        out.markup("</p>")
        putSparkline(finding, &out)
    }

    /// Whether its packets belonged to connections that somebody made.
    private func isOfConnections(_ finding: Finding) -> Bool {
        switch finding.cause {
        case .lateClose, .idleTimeout, .asymmetricRouting, .overloadedHost, .outOfWindow,
            .portReuse, .stateLoss:
            true
        case .clusterDelivery, .notTCP, .scan, .spoofedFlags, .backscatter, .packetAnomaly,
            .policy, .unexplained:
            false
        }
    }

    private func shareText(_ finding: Finding) -> String {
        let all = series.reduce(0) { $0 + $1.count }
        return "It is \(HTMLReport.percent(finding.count, of: all)) of all packets blocked."
    }

    /// How many an hour, of what goes on for long enough to be counted so.
    private func paceText(_ finding: Finding) -> String? {
        guard let length = finding.to.since(finding.from), length >= 7_200_000_000,
            finding.count >= 10
        else { return nil }
        let hourly = Double(finding.count) * 3_600_000_000 / Double(length)
        return hourly >= 1
            ? "From the first to the last that is about \(grouped(Int(hourly.rounded()))) an hour."
            : "From the first to the last that is less than one an hour."
    }

    private func usual(_ finding: Finding) -> String {
        if finding.isAlwaysPrevented {
            return "Between these ends nothing ever worked: one would be too many."
        }
        switch finding.cause {
        case .lateClose:
            return "Every busy firewall that keeps states makes some of these, for as long as it "
                + "runs: they end connections that were over. Their number grows with the number "
                + "of connections."
        case .idleTimeout:
            return "Each of these is a connection that somebody still wanted. Where programs keep "
                + "their connections alive there are none."
        case .asymmetricRouting:
            return "Where routes are right there are none at all."
        case .clusterDelivery:
            return "Where the switch knows the cluster there are none; where it does not, they "
                + "come for as long as the cluster is talked to."
        case .notTCP:
            return "It goes on for as long as the devices that speak so are in use."
        case .scan:
            return "Any address that can be reached from the internet is probed all day. From the "
                + "inside it is never usual."
        case .overloadedHost:
            return "A few come with any server; many at once say that it was too slow for those "
                + "who asked."
        case .spoofedFlags:
            return "No TCP stack sends them. From the internet a few are usual; from the inside "
                + "none are."
        case .outOfWindow:
            return "Single ones come with lost and repeated packets. Many of one connection mean "
                + "that the firewall and the ends disagree about it."
        case .portReuse:
            return "They are rare unless a client uses few ports, or uses them fast."
        case .stateLoss:
            return "They come at once when states are lost, by a restart, a failover or a flush, "
                + "and at no other time."
        case .backscatter:
            return "Every public address gets some of these: others are attacked in its name."
        case .packetAnomaly:
            return "Single ones come with any uplink; a stream of them from one host has a reason."
        case .policy:
            return "It is what the rules are for. Only what was wanted is too much."
        case .unexplained:
            return "What it is must be known before that can be said."
        }
    }

    /// When it came, in the bins of the timeline above.
    private func putSparkline(_ finding: Finding, _ out: inout HTMLWriter) {
        guard let timeline, let counts = account.exhibits?.ofFinding[finding.id]?.counts,
            let most = counts.max(), most > 0
        else { return }
        out.markup("<figure class=\"spark\">")
        let active = counts.count { $0 > 0 }
        out.startDrawing(
            "spark-\(finding.id)", class: "columns", width: Double(timeline.bins) * SVG.unit,
            height: 40, title: "When its packets came",
            description: "In \(grouped(active)) of \(grouped(timeline.bins)) bars of a "
                + "\(binText(timeline)) each; \(grouped(most)) in the fullest.",
            isStretched: true)
        let base = Array(repeating: 0, count: counts.count)
        out.path(
            "fill h-\(finding.harm.name) s0", SVG.bars(counts, on: base, top: most, height: 40))
        out.line("axis", 0, 40, Double(timeline.bins) * SVG.unit, 40)
        out.markup("</svg>")
        out.element(
            "figcaption",
            text: "\(binMoment(timeline.time(ofBin: 0), timeline)) to "
                + "\(binMoment(timeline.time(ofBin: timeline.bins), timeline)); the tallest bar is "
                + "\(counted(most, "packet")).")
        out.markup("</figure>")
    }
}
