// The validator, held against values that fit and values that do not: a validator that lets all
// pass would make every schema test pass.

import TestSupport
import Testing

@Suite struct JSONTests {
    @Test(arguments: [
        ("null", JSON.null),
        (
            " [1, -2.5e1,\"a\\u00e9\\ud83d\\ude00\\n\"] ",
            .list([.number(1), .number(-25), .text("aé😀\n")])
        ),
        ("{\"a\":{\"b\":true}}", .object(["a": .object(["b": .bool(true)])])), ("[]", .list([])),
    ])
    func valuesAreRead(_ text: String, _ value: JSON) throws { #expect(try JSON(text) == value) }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\":1,\"a\":2}", "01", "+1", "1.", "nul", "\"\u{1B}\"", "\"\\x41\"",
        "\"\\ud83d\"", "1 2", "{\"a\" 1}", "[1 2]", "'a'", "\"a", "NaN", "{a:1}", "\"\\u12\"",
    ])
    func whatIsNoneIsRefused(_ text: String) {
        #expect(throws: JSON.Broken.self) { try JSON(text) }
    }

    @Test func brokenUTF8IsRefused() {
        #expect(throws: JSON.Broken.self) { try JSON([0x22, 0xFF, 0x22]) }
    }
}

@Suite struct JSONSchemaTests {
    @Test(arguments: [
        (
            #"{"type":"integer","minimum":1,"maximum":3}"#, ["1", "3", "2.0"],
            ["0", "4", "1.5", "true"]
        ),
        (#"{"type":["string","null"]}"#, ["\"a\"", "null"], ["1", "[]", "false"]),
        (#"{"enum":["a",null]}"#, ["\"a\"", "null"], ["\"b\"", "0"]),
        (#"{"const":"a"}"#, ["\"a\""], ["\"b\"", "null"]),
        (#"{"type":"string","pattern":"^a+$"}"#, ["\"aa\""], ["\"ab\"", "\"\"", "1"]),
        (
            #"{"type":"array","items":{"type":"boolean"},"minItems":1,"maxItems":2}"#, ["[true]"],
            ["[1]", "[]", "[true,true,true]", "{}"]
        ),
        (
            #"{"type":"object","properties":{"a":{"type":"null"}},"required":["a"],"additionalProperties":false}"#,
            [#"{"a":null}"#], ["{}", #"{"a":1}"#, #"{"a":null,"b":1}"#, "[]"]
        ),
        (#"{"additionalProperties":{"type":"null"}}"#, [#"{"b":null}"#], [#"{"b":1}"#]),
        (#"{"oneOf":[{"type":"integer"},{"minimum":5}]}"#, ["1", "5.5"], ["6", "1.5"]),
        (#"{"anyOf":[{"type":"integer"},{"type":"null"}]}"#, ["1", "null"], ["1.5"]),
        (##"{"$ref":"#/$defs/x","$defs":{"x":{"type":"null"}}}"##, ["null"], ["1"]),
        (##"{"$ref":"#/$defs/y","$defs":{"x":{"type":"null"}}}"##, [], ["null"]),
        (#"{"uniqueItems":true}"#, [], ["[]"]), (#"{"type":"strnig"}"#, [], ["\"a\""]),
        ("false", [], ["1"]),
    ])
    func schemasTellFittingFromUnfitting(_ schema: String, _ good: [String], _ bad: [String]) throws
    {
        let schema = JSONSchema(try JSON(schema))
        for text in good { #expect(try schema.problems(JSON(text)).isEmpty, "\(text)") }
        for text in bad { #expect(try !schema.problems(JSON(text)).isEmpty, "\(text)") }
    }

    @Test func problemsNameTheirPlace() throws {
        let schema = JSONSchema(
            try JSON(#"{"properties":{"a":{"items":{"type":"null"}}}}"#))
        #expect(try schema.problems(JSON(#"{"a":[null,1]}"#)) == ["$.a[1]: is not null"])
    }
}
