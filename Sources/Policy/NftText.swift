// A rule of nftables in its own words again, made from its JSON: what a person would find in
// `nft list ruleset`.
//
// Read first: nft(8). What is not known here stands as its JSON's key.

enum NftText {
    // Limit: a quoted rule is one line in a report; sets of thousands are cut.
    private static let elementsMax = 8
    private static let depthMax = 12

    static func rule(_ expressions: [JSONNode]) -> String {
        expressions.map { statement($0) }.filter { !$0.isEmpty }.joined(separator: " ")
    }

    private static func statement(_ node: JSONNode) -> String {
        guard let (key, value) = node.only else { return NftText.value(node) }
        switch key {
        case "match":
            let sign = value["op"]?.text ?? "=="
            let left = value["left"].map { NftText.value($0) } ?? "?"
            let right = value["right"].map { NftText.value($0) } ?? "?"
            return sign == "==" || sign == "in" ? "\(left) \(right)" : "\(left) \(sign) \(right)"
        case "vmap":
            let key = value["key"].map { NftText.value($0) } ?? "?"
            return "\(key) vmap \(value["data"].map { NftText.value($0) } ?? "?")"
        case "log":
            guard let prefix = value["prefix"]?.text else { return "log" }
            return "log prefix \"\(prefix)\""
        case "jump", "goto": return "\(key) \(value["target"]?.text ?? "?")"
        case "limit":
            let rate = value["rate"]?.number.map { "\($0)" } ?? "?"
            return "limit rate \(rate)/\(value["per"]?.text ?? "second")"
        case "reject":
            guard let type = value["type"]?.text else { return "reject" }
            return "reject with \(type)" + (value["expr"]?.text.map { " \($0)" } ?? "")
        case "flow": return "flow add \(value["flowtable"]?.text ?? "?")"
        case "dnat", "snat", "masquerade", "redirect":
            let to = value["addr"].map { " to \(NftText.value($0))" } ?? ""
            return key + to + (value["port"].map { ":\(NftText.value($0))" } ?? "")
        default: return key
        }
    }

    static func value(_ node: JSONNode, _ depth: Int = 0) -> String {
        guard depth < depthMax else { return "…" }
        switch node {
        case .null: return ""
        case .bool(let value): return value ? "exists" : "missing"
        case .number(let number): return "\(number)"
        case .decimal: return "?"
        case .text(let text): return text
        case .list(let items): return joined(items, ",", depth)
        case .object:
            guard let (key, inner) = node.only else { return "…" }
            return expression(key, inner, depth + 1)
        }
    }

    private static func joined(_ items: [JSONNode], _ separator: String, _ depth: Int) -> String {
        let shown = items.prefix(elementsMax).map { value($0, depth + 1) }
        return shown.joined(separator: separator) + (items.count > elementsMax ? ", …" : "")
    }

    private static func expression(_ key: String, _ inner: JSONNode, _ depth: Int) -> String {
        switch key {
        case "meta":
            let name = inner["key"]?.text ?? "?"
            // These stand without their word.
            return name.hasPrefix("iif") || name.hasPrefix("oif") ? name : "meta \(name)"
        case "ct": return "ct \(inner["key"]?.text ?? "?")"
        case "payload":
            return "\(inner["protocol"]?.text ?? "?") \(inner["field"]?.text ?? "?")"
        case "prefix":
            let address = inner["addr"].map { value($0, depth) } ?? "?"
            return "\(address)/\(inner["len"]?.number ?? 0)"
        case "range": return joined(inner.list ?? [], "-", depth)
        case "concat": return joined(inner.list ?? [], " . ", depth)
        case "set":
            guard let items = inner.list else { return "{ \(value(inner, depth)) }" }
            let shown = items.prefix(elementsMax).map { item in
                if let pair = item.list, pair.count == 2 {
                    return "\(value(pair[0], depth)) : \(statement(pair[1]))"
                }
                return value(item, depth)
            }
            let more = items.count > elementsMax ? ", …" : ""
            return "{ \(shown.joined(separator: ", "))\(more) }"
        case "elem": return inner["val"].map { value($0, depth) } ?? "?"
        case "&", "|", "^":
            return joined(inner.list ?? [], key == "|" ? "|" : " \(key) ", depth)
        case "fib":
            let flags = inner["flags"].map { value($0, depth) } ?? ""
            return "fib \(flags) \(inner["result"]?.text ?? "")"
        default: return key
        }
    }
}
