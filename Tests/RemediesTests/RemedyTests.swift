// What every platform owes: an answer for each cause that people meet, steps that can be filled
// in, and the price of everything that makes a firewall look less closely. Read Remedy.swift.

import Causes
import Foundation
import Remedies
import Testing

/// One answer of a platform, and for what.
struct Answer: Sendable, CustomTestStringConvertible {
    let platform: any Platform
    let cause: CauseID
    let variant: Variant?

    var remedies: [Remedy] { platform.remedies(for: cause, variant: variant) }
    var testDescription: String { "\(platform.id), \(cause.name), \(variant ?? "no variant")" }
}

/// The variants that the causes give.
func variants(of cause: CauseID) -> [Variant?] {
    switch cause {
    case .lateClose: [nil, "half-closed", "fin", "rst", "last-ack"]
    case .idleTimeout: [nil, "established", "half-closed", "opening"]
    case .asymmetricRouting: [nil, "reply-only", "open-only", "same-interface", "multi-wan"]
    case .packetAnomaly:
        [nil, "ip-options", "fragment", "short", "checksum", "normalize", "malformed"]
    case .policy: [nil, "syn", "tcp", "other-protocol", "anti-spoofing", "limit"]
    case .scan: [nil, "xmas", "null", "fin", "syn-ack", "maimon", "odd-flags", "ack"]
    default: [nil]
    }
}

/// What a platform answers to every cause and variant.
private func answers(_ id: String) -> [Answer] {
    guard let platform = platformNamed(id) else { return [] }
    return CauseID.allCases.flatMap { cause in
        variants(of: cause).map { Answer(platform: platform, cause: cause, variant: $0) }
    }
}

private let ids = allPlatforms.map(\.id)

let tokens: Set<String> = [
    "server", "client", "server-host", "client-host", "port", "interface",
]

/// What the reader has to fill in himself, between angle brackets.
private let blanks: Set<String> = [
    "acl", "arn", "eni", "from", "gateway", "group", "handle", "id", "interface", "lb", "mask",
    "name", "network", "nsg", "number", "protocol", "region", "router", "rule", "seconds", "to",
]

extension Remedy {
    /// Everything a reader sees of it.
    var texts: [String] {
        [title] + steps + check + undo + [cost, unconfirmed].compactMap { $0 }
    }
}

/// What follows a `<`, up to its `>`; a path of menus and a comparison have blanks around theirs.
private func bracketedWords(_ text: String) -> [String] {
    text.split(separator: "<").dropFirst().compactMap { part in
        guard let end = part.firstIndex(of: ">"), !part[..<end].contains(" ") else { return nil }
        return String(part[..<end])
    }
}

/// The beginnings of commands that change a configuration.
private let changing = [
    "`nft 'add", "`nft 'insert", "`iptables -", "`sysctl -w", "`set ", "`config ", "Save,",
    "Add at",
    "`/ip firewall filter add", "`/ip firewall raw add", "`access-list", "`pass ", "`block ",
    "Refresh the policy", "Install the policy", "Commit.", "`auditpol /set", "`aws ec2 modify",
]

/// The braced words of a text: what has no space between its braces; nil where a brace has no
/// partner. Braces with spaces inside belong to a command.
private func bracedWords(_ text: String) -> [String]? {
    var open: [String] = []
    var words: [String] = []
    for character in text {
        if character == "{" {
            open.append("")
        } else if character == "}" {
            guard let word = open.popLast() else { return nil }
            if !word.contains(" ") { words.append(word) }
            // What stands around it is no single word.
            if !open.isEmpty { open[open.count - 1] += " " }
        } else if !open.isEmpty {
            open[open.count - 1].append(character)
        }
    }
    return open.isEmpty ? words : nil
}

/// Words that make a firewall look less closely, in lower case.
private let relaxing = [
    "notrack", "untracked", "sloppy", "state type", "bypass", "liberal", "loose", "tracking mode",
    "be_liberal", "floating states", "bind states", "seq-past-window allow", "rp_filter=2",
]

@Test("Each platform has an id and a name of its own, fit for a command line")
func platformsAreTold() {
    #expect(Set(allPlatforms.map(\.id)).count == allPlatforms.count)
    #expect(Set(allPlatforms.map(\.name)).count == allPlatforms.count)
    for platform in allPlatforms {
        #expect(platform.id.allSatisfy { $0.isLowercase || $0 == "-" }, "\(platform.id)")
        #expect(platformNamed(platform.id)?.name == platform.name)
    }
    #expect(platformNamed("vax") == nil)
}

@Test("The page about remedies names every platform")
func platformsAreDocumented() throws {
    let page = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../docs/remedies.md").standardized
    let text = try String(contentsOf: page, encoding: .utf8)
    for platform in allPlatforms { #expect(text.contains("`\(platform.id)`"), "\(platform.id)") }
}

@Test("No platform is silent about any cause", arguments: ids)
func platformAnswers(_ id: String) {
    for answer in answers(id) {
        #expect(!answer.remedies.isEmpty)
        #expect(Set(answer.remedies.map(\.title)).count == answer.remedies.count)
    }
}

@Test("What changes something says how to check it and how to undo it", arguments: ids)
func changesCanBeUndone(_ id: String) {
    for answer in answers(id) {
        for remedy in answer.remedies where answer.cause != .unexplained {
            let text = remedy.steps.joined(separator: " ")
            guard remedy.cost != nil || changing.contains(where: text.contains) else { continue }
            #expect(!remedy.check.isEmpty, "\(remedy.title)")
            #expect(!remedy.undo.isEmpty, "\(remedy.title)")
        }
    }
}

@Test("Where nothing exact is known, it is said", arguments: allPlatforms.indices)
func ignoranceIsSaid(_ index: Int) {
    guard let product = allPlatforms[index] as? Product else { return }
    let remedies = product.remedies(for: .idleTimeout, variant: nil)
    #expect(remedies.contains { $0.unconfirmed?.contains(product.name) == true })
    #expect(remedies.contains { $0.steps.joined().contains(product.name) })
}

/// The log that tells of one cause tells of all: it is narrowed, never switched off.
@Test("No remedy switches a whole log off", arguments: ids)
func noLogIsSwitchedOff(_ id: String) {
    for answer in answers(id) {
        let off = [
            "log on drop: off", "logging none for", "logblocked false", "netevents=off",
            "no logging enable",
        ]
        for step in answer.remedies.flatMap(\.steps) {
            for word in off { #expect(!step.lowercased().contains(word), "\(step)") }
            // Its name may stand there to warn of it.
            if step.contains("`no logging message") { #expect(step.hasPrefix("Not ")) }
        }
    }
}

@Test("The variants of asymmetric routing get different advice", arguments: allPlatforms.indices)
func variantsDiffer(_ index: Int) {
    let platform = allPlatforms[index]
    let firsts = ["reply-only", "open-only", "same-interface", "multi-wan"].map {
        platform.remedies(for: .asymmetricRouting, variant: $0).first?.title
    }
    #expect(Set(firsts).count == 4, "\(platform.id)")
    let general = platform.remedies(for: .asymmetricRouting, variant: nil)
    #expect(platform.remedies(for: .asymmetricRouting, variant: "unheard-of") == general)
}

@Test("Titles, steps and costs say something, and only known tokens occur", arguments: ids)
func textIsWhole(_ id: String) throws {
    for answer in answers(id) {
        for remedy in answer.remedies {
            #expect(!remedy.title.isEmpty)
            #expect(!remedy.steps.isEmpty, "\(remedy.title)")
            for text in remedy.texts {
                #expect(!text.isEmpty && !text.hasPrefix(" ") && !text.hasSuffix(" "), "\(text)")
                #expect(!text.contains("  "), "\(text)")
                #expect(!text.contains("\n"), "\(text)")
                let words = try #require(bracedWords(text), "a brace without its partner: \(text)")
                for word in words { #expect(tokens.contains(word), "{\(word)} in: \(text)") }
                for word in bracketedWords(text) {
                    #expect(blanks.contains(word), "<\(word)> in: \(text)")
                }
                // Commands stand between backticks: an odd one swallows the rest of the sentence.
                #expect(text.count { $0 == "`" }.isMultiple(of: 2), "\(text)")
            }
        }
    }
}

@Test("What makes the firewall look less closely names its cost", arguments: ids)
func relaxationHasItsCost(_ id: String) {
    for answer in answers(id) {
        for remedy in answer.remedies where answer.cause != .unexplained {
            let text = remedy.steps.joined(separator: " ").lowercased()
            for word in relaxing where text.contains(word) {
                #expect(remedy.cost?.isEmpty == false, "\(word): \(remedy.title)")
            }
        }
    }
}

@Test("No step sends the reader to another page", arguments: ids)
func stepsHoldNoURL(_ id: String) {
    for answer in answers(id) {
        for step in answer.remedies.flatMap(\.texts) {
            #expect(!step.contains("://") && !step.lowercased().contains("www."), "\(step)")
        }
    }
}

@Test("The network is mended before the firewall is told to look away", arguments: ids)
func relaxationIsNotFirst(_ id: String) throws {
    for answer in answers(id) {
        guard [.asymmetricRouting, .idleTimeout, .lateClose].contains(answer.cause) else {
            continue
        }
        let first = try #require(answer.remedies.first)
        let text = first.steps.joined(separator: " ").lowercased()
        for word in relaxing { #expect(!text.contains(word), "\(word): \(first.title)") }
    }
}

@Test("Collecting is said, and asks for no change of what passes", arguments: allPlatforms.indices)
func collectingIsSaid(_ index: Int) {
    let platform = allPlatforms[index]
    #expect(platform.collect.count >= 4, "\(platform.id)")
    #expect(
        platform.remedies(for: .unexplained, variant: nil).flatMap(\.steps) == platform.collect)
    let text = platform.collect.joined(separator: " ").lowercased()
    for word in relaxing { #expect(!text.contains(word), "\(platform.id): \(word)") }
    #expect(text.contains("capture") && text.contains("both interfaces"), "\(platform.id)")
}

@Test("The reader of braces tells words, commands and damage apart")
func bracesAreRead() {
    #expect(bracedWords("to {server} by {interface}") == ["server", "interface"])
    #expect(bracedWords("set { a, b } and {port}") == ["port"])
    #expect(bracedWords("policy = { established : 1 } ; }") == nil)
    #expect(bracedWords("{server") == nil)
    #expect(bracedWords("{sever}") == ["sever"])
}

@Test("Linux drops a cluster's copies before FORWARD, which never meets them")
func clusterCopiesAreDroppedEarly() throws {
    let remedies = Linux().remedies(for: .clusterDelivery, variant: nil)
    let quiet = try #require(remedies.last)
    let text = quiet.steps.joined(separator: " ")
    #expect(text.contains("hook prerouting priority raw"))
    #expect(text.contains("-t raw -I PREROUTING"))
    #expect(!text.contains("insert rule inet filter forward") && !text.contains("-I FORWARD"))
}

/// pf keeps two states for a connection that passes through.
@Test(
    "A longer timer on pf reaches the state that leaves, too", arguments: ["pfsense", "opnsense"])
func longerTimerReachesBothStates(_ id: String) throws {
    let platform = try #require(allPlatforms.first { $0.id == id })
    let text = platform.remedies(for: .idleTimeout, variant: nil).flatMap(\.steps)
        .joined(separator: " ").lowercased()
    #expect(text.contains("direction out") && text.contains("disable reply-to"))
}

@Test(
    "Late closes on pf are silenced by FIN and RST before any ACK",
    arguments: [
        "pfsense", "opnsense",
    ])
func lateClosesAreSilencedNarrowly(_ id: String) throws {
    let platform = try #require(allPlatforms.first { $0.id == id })
    let quiet = try #require(platform.remedies(for: .lateClose, variant: nil).last)
    let narrow = try #require(quiet.steps.firstIndex { $0.contains("FA/FSA") })
    let wide = try #require(quiet.steps.firstIndex { $0.contains("A/SA)") })
    #expect(narrow < wide && quiet.steps[wide].contains("wider"))
    #expect(quiet.steps.contains { $0.contains("R/SR") })
    #expect(quiet.cost?.contains("wider form hides idle timeouts") == true)
}
