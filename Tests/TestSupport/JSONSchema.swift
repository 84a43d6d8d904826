// JSON Schema (draft 2020-12), the part of it that our own schemas use. A keyword it does not know
// is an error, so that no schema promises what nobody checks.

/// A schema, ready to be held against values.
public struct JSONSchema {
    private let root: JSON
    private let kinds: Set<String> = [
        "null", "boolean", "integer", "number", "string", "array", "object",
    ]
    private static let notes: Set<String> = ["$schema", "$id", "$defs", "title", "description"]

    public init(_ root: JSON) { self.root = root }

    /// What is wrong with a value, each with the path to it; empty when it is valid.
    public func problems(_ value: JSON) -> [String] {
        var found: [String] = []
        check(value, root, "$", &found)
        return found
    }

    private func check(_ value: JSON, _ schema: JSON, _ path: String, _ found: inout [String]) {
        if case .bool(let allowed) = schema {
            if !allowed { found.append("\(path): must not be there") }
            return
        }
        for (keyword, rule) in schema.members where !JSONSchema.notes.contains(keyword) {
            switch keyword {
            case "$ref": check(value, target(rule.text ?? ""), path, &found)
            case "type": checkType(value, rule, path, &found)
            case "enum":
                if !rule.list.contains(value) { found.append("\(path): none of the enum") }
            case "const": if value != rule { found.append("\(path): not the constant") }
            case "oneOf", "anyOf": checkChoice(value, keyword, rule, path, &found)
            case "pattern", "minimum", "maximum": checkScalar(value, keyword, rule, path, &found)
            case "items", "minItems", "maxItems": checkList(value, keyword, rule, path, &found)
            case "properties", "required", "additionalProperties":
                checkObject(value, keyword, rule, schema, path, &found)
            default: found.append("\(path): the schema says \(keyword), which nobody checks")
            }
        }
    }

    /// `#/$defs/NAME`, `#`.
    private func target(_ reference: String) -> JSON {
        var here = root
        for part in reference.split(separator: "/").dropFirst() { here = here[String(part)] }
        // A reference to nothing allows nothing.
        return here == .null ? .bool(false) : here
    }

    private func checkType(
        _ value: JSON, _ rule: JSON, _ path: String, _ found: inout [String]
    ) {
        let wanted = rule.text.map { [$0] } ?? rule.list.compactMap(\.text)
        if wanted.isEmpty || !kinds.isSuperset(of: wanted) {
            found.append("\(path): the schema names no such type")
        }
        if !wanted.contains(where: { isOf(value, $0) }) {
            found.append("\(path): is not \(wanted.joined(separator: " or "))")
        }
    }

    private func isOf(_ value: JSON, _ kind: String) -> Bool {
        switch value {
        case .null: kind == "null"
        case .bool: kind == "boolean"
        case .number(let number):
            kind == "number" || kind == "integer" && number == number.rounded()
        case .text: kind == "string"
        case .list: kind == "array"
        case .object: kind == "object"
        }
    }

    private func checkChoice(
        _ value: JSON, _ keyword: String, _ rule: JSON, _ path: String, _ found: inout [String]
    ) {
        let results = rule.list.map { choice in
            var wrong: [String] = []
            check(value, choice, path, &wrong)
            return wrong
        }
        let fitting = results.count(where: \.isEmpty)
        if fitting == 0 {
            found.append("\(path): fits none of \(results.count)")
            found.append(contentsOf: results.min { $0.count < $1.count } ?? [])
        } else if keyword == "oneOf", fitting > 1 {
            found.append("\(path): fits \(fitting) of \(results.count)")
        }
    }

    private func checkScalar(
        _ value: JSON, _ keyword: String, _ rule: JSON, _ path: String, _ found: inout [String]
    ) {
        if keyword == "pattern" {
            guard let pattern = rule.text, let expression = try? Regex(pattern) else {
                found.append("\(path): the schema's pattern is none")
                return
            }
            guard case .text(let text) = value else { return }
            if text.firstMatch(of: expression) == nil {
                found.append("\(path): \(text) does not fit \(pattern)")
            }
            return
        }
        guard case .number(let number) = value, case .number(let bound) = rule else { return }
        if keyword == "minimum" ? number < bound : number > bound {
            found.append("\(path): \(number) is past the \(keyword) \(bound)")
        }
    }

    private func checkList(
        _ value: JSON, _ keyword: String, _ rule: JSON, _ path: String, _ found: inout [String]
    ) {
        guard case .list(let items) = value else { return }
        switch keyword {
        case "minItems": if items.count < rule.int ?? 0 { found.append("\(path): too few") }
        case "maxItems": if items.count > rule.int ?? 0 { found.append("\(path): too many") }
        default:
            for (index, item) in items.enumerated() {
                check(item, rule, "\(path)[\(index)]", &found)
            }
        }
    }

    private func checkObject(
        _ value: JSON, _ keyword: String, _ rule: JSON, _ schema: JSON, _ path: String,
        _ found: inout [String]
    ) {
        guard case .object(let members) = value else { return }
        switch keyword {
        case "required":
            for key in rule.list.compactMap(\.text) where members[key] == nil {
                found.append("\(path): no \(key)")
            }
        case "properties":
            for (key, inner) in rule.members {
                if let member = members[key] { check(member, inner, "\(path).\(key)", &found) }
            }
        default:
            let known = schema["properties"].members
            for (key, member) in members where known[key] == nil {
                check(member, rule, "\(path).\(key)", &found)
            }
        }
    }
}
