// From what `nft -j list ruleset` prints to chains that can be asked.
//
// Read first: libnftables-json(5). Expressions that are not read are named, and their rule may
// match.

import Facts

struct NftReader {
    var program = NftProgram()
    var rules: [PolicyRule] = []
    var notes: [PolicyNote] = []
    /// Chains by family, table and name; named sets likewise.
    private var chainNumbers: [String: Int] = [:]
    var setNumbers: [String: Int] = [:]
    private var bases: [NftBase] = []
    var noted: Set<String> = []
    /// Where the object that is being read begins.
    var place = SourcePlace(1, 1)
    /// Names of ICMP types are those of ICMPv6.
    var readsICMP6 = false
    /// Of the table whose rules are being read: `inet filter`.
    var table = ""

    // Limit: as for pf.
    static let rulesMax = 65_536
    static let elementsMax = 1_000_000

    static func read(_ bytes: [UInt8]) -> NftReader {
        var reader = NftReader()
        do throws(JSONFault) {
            let document = try JSONReader.read(bytes)
            guard let items = document["nftables"]?.list else {
                throw JSONFault(
                    place: SourcePlace(1, 1), expected: "an object with `nftables` in it")
            }
            reader.read(items)
        } catch {
            reader.notes.append(
                PolicyNote(
                    .error, error.place, "it is no JSON of nft",
                    "expected \(error.expected); nothing of the file is read: "
                        + "print it with nft -j list ruleset"))
        }
        return reader
    }

    mutating func note(_ kind: PolicyNote.Kind, _ what: String, _ meaning: String) {
        guard notes.count < PolicyNote.countMax, noted.insert(what).inserted else { return }
        notes.append(PolicyNote(kind, place, what, meaning))
    }

    private mutating func read(_ items: [JSONNode]) {
        // Chains first, then sets: rules and maps name those that come later.
        for item in items {
            guard let (key, value) = item.only, key == "chain" else { continue }
            place = item.place ?? place
            chain(value)
        }
        for item in items {
            guard let (key, value) = item.only, key == "set" || key == "map" else { continue }
            place = item.place ?? place
            namedSet(value, isMap: key == "map")
        }
        for item in items {
            guard let (key, value) = item.only else { continue }
            place = item.place ?? place
            switch key {
            case "rule": rule(value)
            case "element": element(value)
            case "metainfo", "table", "chain", "set", "map", "counter", "flowtable", "quota",
                "ct helper", "ct timeout", "ct expectation", "secmark", "synproxy", "limit":
                break
            default:
                note(.ignored, "`\(key)`", "it is not read; rules that use it may do otherwise")
            }
        }
        for number in program.sets.indices { program.sets[number].sort() }
        arrange()
    }

    // MARK: Chains

    private func owner(_ value: JSONNode) -> String {
        "\(value["family"]?.text ?? "?") \(value["table"]?.text ?? "?")"
    }

    func chainNumber(_ name: String) -> Int? { chainNumbers["\(table) \(name)"] }

    private mutating func chain(_ value: JSONNode) {
        let name = value["name"]?.text ?? "?"
        let family = value["family"]?.text ?? "?"
        guard ["ip", "ip6", "inet"].contains(family) else {
            note(
                .ignored, "chains of the family \(family)",
                "what they drop is not judged: only ip, ip6 and inet are read")
            return
        }
        var chain = NftChain(name: name)
        chain.isV4 = family != "ip6"
        chain.isV6 = family != "ip"
        let number = program.chains.count
        program.chains.append(chain)
        chainNumbers["\(owner(value)) \(name)"] = number
        guard let hook = value["hook"]?.text else { return }
        let type = value["type"]?.text ?? "filter"
        guard type == "filter" else {
            note(
                .assumed, "chains of the type \(type)",
                "addresses are taken as they are in the packet: in a forward chain those behind "
                    + "dnat and before snat")
            return
        }
        let drops = value["policy"]?.text == "drop"
        var policy = PolicyRule(
            .chainPolicy, place,
            "chain \(name) { type filter hook \(hook); policy \(drops ? "drop" : "accept"); }")
        policy.action = drops ? .drop : .pass
        policy.chain = "\(owner(value)) \(name)"
        policy.identifier = value["handle"]?.number.flatMap { UInt64(exactly: $0) }
        bases.append(
            NftBase(
                chain: number, hook: hook, priority: NftReader.priority(value["prio"]),
                drops: drops, policyRule: rules.count))
        rules.append(policy)
    }

    private static func priority(_ node: JSONNode?) -> Int {
        if let number = node?.number { return number }
        switch node?.text {
        case "raw": return -300
        case "mangle": return -150
        case "dstnat": return -100
        case "security": return 50
        case "srcnat": return 100
        default: return 0
        }
    }

    private mutating func arrange() {
        func way(_ hooks: [String]) -> [NftBase] {
            hooks.flatMap { hook in
                bases.enumerated().filter { $0.element.hook == hook }
                    .sorted {
                        ($0.element.priority, $0.offset) < ($1.element.priority, $1.offset)
                    }
                    .map(\.element)
            }
        }
        program.forward = way(["prerouting", "forward", "postrouting"])
        program.input = way(["prerouting", "input"])
        program.output = way(["output", "postrouting"])
        let known = ["prerouting", "forward", "postrouting", "input", "output"]
        for base in bases where !known.contains(base.hook) {
            note(.ignored, "chains at the hook \(base.hook)", "what they drop is not judged")
        }
    }

    // MARK: Sets

    private mutating func namedSet(_ value: JSONNode, isMap: Bool) {
        let key = "\(owner(value)) \(value["name"]?.text ?? "?")"
        table = owner(value)
        var set = NftSet()
        if let types = value["type"]?.list { set.width = types.count }
        let flags = value["flags"]?.list?.compactMap(\.text) ?? []
        if flags.contains("dynamic") || flags.contains("timeout") {
            set.missing = .table
            note(
                .assumed, "set \(value["name"]?.text ?? "?")",
                "its elements come and go; those that it has now are taken")
        }
        for item in value["elem"]?.list ?? [] { add(item, to: &set, isMap: isMap) }
        setNumbers[key] = program.sets.count
        program.sets.append(set)
    }

    /// Elements listed apart from their set.
    private mutating func element(_ value: JSONNode) {
        table = owner(value)
        guard let number = setNumbers["\(table) \(value["name"]?.text ?? "?")"] else { return }
        var set = program.sets[number]
        for item in value["elem"]?.list ?? [] {
            add(item, to: &set, isMap: item.list?.count == 2)
        }
        program.sets[number] = set
    }

    mutating func add(_ item: JSONNode, to set: inout NftSet, isMap: Bool) {
        guard set.elements.count < NftReader.elementsMax else {
            set.missing.insert(.table)
            return
        }
        var key = item
        var verdict = NftVerdict.goOn
        if isMap, let pair = item.list, pair.count == 2 {
            key = pair[0]
            guard let own = self.verdict(pair[1]) else {
                // A map of addresses or ports, for translation; or a verdict that is not known.
                set.missing.insert(.expression)
                return
            }
            verdict = own
        }
        if let inner = key["elem"]?["val"] { key = inner }
        let parts = key["concat"]?.list ?? [key]
        set.width = max(set.width, parts.count)
        let ranges = parts.map { part in range(part["elem"]?["val"] ?? part) }
        let known = ranges.compactMap { $0 }
        guard known.count == ranges.count else {
            set.missing.insert(.table)
            note(
                .assumed, "element \(NftText.value(key))",
                "it is not read; the set may hold more than is known here")
            return
        }
        set.elements.append(NftSet.Element(ranges: known, verdict: verdict))
    }

    // MARK: Rules

    private mutating func rule(_ value: JSONNode) {
        table = owner(value)
        guard let name = value["chain"]?.text, let number = chainNumber(name),
            rules.count < NftReader.rulesMax
        else { return }
        let expressions = value["expr"]?.list ?? []
        let start = program.steps.count
        var made = PolicyRule(.match, place, NftText.rule(expressions))
        made.chain = "\(table) \(name)"
        made.identifier = value["handle"]?.number.flatMap { UInt64(exactly: $0) }
        if let comment = value["comment"]?.text { made.labels.append(comment) }
        for expression in expressions { statement(expression, &made) }
        program.chains[number].rules.append(rules.count)
        program.chains[number].steps.append(start..<program.steps.count)
        rules.append(made)
    }

    /// Which chain a jump leads to; nil where it is not there.
    func verdict(_ node: JSONNode) -> NftVerdict? {
        guard let (key, value) = node.only else { return nil }
        switch key {
        case "accept": return .accept
        case "drop": return .drop
        case "reject": return .reject
        case "queue": return .queue
        case "continue": return .goOn
        case "return": return .back
        case "jump", "goto":
            guard let target = value["target"]?.text, let number = chainNumber(target) else {
                return nil
            }
            return key == "jump" ? .jump(number) : .goto(number)
        default: return nil
        }
    }
}
