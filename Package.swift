// swift-tools-version: 6.2
import PackageDescription

// Floors 0 to 4 are pure: no I/O, no clock, no environment, no Foundation. The compiler
// holds them to strict memory safety; `Lifetimes` is what lets `Bytes` return borrowed views
// (the toolchain ships it as experimental; nothing else here depends on it).
let pure: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableExperimentalFeature("Lifetimes"),
]

// The rooms at the edge call C; marking every call would bury the few that matter.
let edge: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableExperimentalFeature("Lifetimes"),
]

let package = Package(
    name: "stray",
    products: [
        .executable(name: "stray", targets: ["stray"])
    ],
    targets: [
        .systemLibrary(name: "CVector"),
        .target(name: "Bytes", dependencies: ["CVector"], swiftSettings: pure),
        .target(name: "Facts", dependencies: ["Bytes"], swiftSettings: pure),
        .target(name: "Wire", dependencies: ["Bytes", "Facts"], swiftSettings: pure),
        .target(name: "Dialects", dependencies: ["Bytes", "Facts"], swiftSettings: pure),
        .target(
            name: "Captures", dependencies: ["Bytes", "Facts", "Wire", "Dialects"],
            swiftSettings: pure),
        .target(name: "Policy", dependencies: ["Bytes", "Facts"], swiftSettings: pure),
        .target(name: "Evidence", dependencies: ["Bytes", "Facts"], swiftSettings: pure),
        .target(
            name: "Tracking", dependencies: ["Bytes", "Facts", "Policy"], swiftSettings: pure),
        .target(
            name: "Replay", dependencies: ["Bytes", "Facts", "Policy", "Tracking"],
            swiftSettings: pure),
        .target(name: "Causes", dependencies: ["Evidence", "Facts"], swiftSettings: pure),
        .target(name: "Remedies", dependencies: ["Causes", "Facts"], swiftSettings: pure),
        .target(
            name: "Exhibits", dependencies: ["Facts", "Evidence", "Causes"], swiftSettings: pure),
        .target(
            name: "Reports",
            dependencies: [
                "Bytes", "Facts", "Policy", "Tracking", "Replay", "Dialects", "Evidence", "Causes",
                "Remedies", "Exhibits",
            ],
            swiftSettings: edge),
        .target(
            name: "Inputs",
            dependencies: [
                "CVector", "Bytes", "Facts", "Dialects", "Captures", "Evidence", "Replay",
            ],
            swiftSettings: edge),
        .executableTarget(
            name: "stray",
            dependencies: [
                "Bytes", "Facts", "Wire", "Dialects", "Captures", "Policy", "Evidence", "Causes",
                "Tracking", "Replay", "Remedies", "Exhibits", "Reports", "Inputs",
            ],
            swiftSettings: edge),

        // Not a room: it times the reading alone.
        .executableTarget(
            name: "stray-bench", dependencies: ["Facts", "Dialects", "Inputs"],
            path: "Benchmarks/Read", swiftSettings: edge),

        // Not a room: it times the state models alone.
        .executableTarget(
            name: "stray-track", dependencies: ["Facts", "Policy", "Tracking"],
            path: "Benchmarks/Track", swiftSettings: edge),

        // Not a room: it makes the logs that the benchmarks and Examples/ are built from.
        .executableTarget(
            name: "stray-generate", dependencies: ["Bytes"], path: "Benchmarks/Generate",
            swiftSettings: edge),

        // Not a room: it makes the packets that are sent through a kernel and through the model.
        .executableTarget(
            name: "stray-differential",
            dependencies: ["Bytes", "Captures", "Facts", "Policy", "Tracking"],
            path: "Benchmarks/Differential", swiftSettings: edge),

        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: edge),
        .testTarget(
            name: "BytesTests", dependencies: ["Bytes", "TestSupport"], swiftSettings: edge),
        .testTarget(
            name: "FactsTests", dependencies: ["Bytes", "Facts", "TestSupport"],
            swiftSettings: edge),
        .testTarget(
            name: "DialectsTests",
            dependencies: ["Bytes", "Facts", "Dialects", "Reports", "TestSupport"],
            path: "Tests/DialectsTests", swiftSettings: edge),
        .testTarget(
            name: "EvidenceTests", dependencies: ["Facts", "Evidence"],
            path: "Tests/EvidenceTests", swiftSettings: edge),
        .testTarget(
            name: "CausesTests",
            dependencies: ["Bytes", "Causes", "Dialects", "Evidence", "Facts"],
            path: "Tests/CausesTests", swiftSettings: edge),
        .testTarget(
            name: "TidyTests", dependencies: ["Facts", "Dialects", "Causes", "stray-generate"],
            path: "Tests/TidyTests", swiftSettings: edge),
        .testTarget(
            name: "PolicyTests", dependencies: ["Bytes", "Facts", "Policy", "TestSupport"],
            exclude: ["nft_judge.py"], swiftSettings: edge),
        .testTarget(name: "WireTests", dependencies: ["Facts", "Wire"], swiftSettings: edge),
        .testTarget(
            name: "CapturesTests",
            dependencies: ["Bytes", "Captures", "Dialects", "Facts", "TestSupport"],
            swiftSettings: edge),
        .testTarget(
            name: "TrackingTests",
            dependencies: ["Bytes", "Captures", "Facts", "Policy", "Tracking", "TestSupport"],
            swiftSettings: edge),
        .testTarget(
            name: "ReplayTests",
            dependencies: ["Facts", "Policy", "Replay", "TestSupport", "Tracking"],
            swiftSettings: edge),
        .testTarget(
            name: "ReportsTests",
            dependencies: [
                "Bytes", "Dialects", "Facts", "Policy", "Replay", "Reports", "TestSupport",
                "Tracking",
            ],
            swiftSettings: edge),
        .testTarget(
            name: "InputsTests", dependencies: ["Evidence", "Facts", "Inputs", "Dialects"],
            swiftSettings: edge),
        // What the fuzz targets run, also without them: a test replays their corpus.
        .target(
            name: "FuzzShared",
            dependencies: [
                "Bytes", "Captures", "Facts", "Dialects", "Evidence", "Policy", "Replay", "Reports",
            ],
            path: "Fuzz/Shared", swiftSettings: edge),
        // Not a room: it mutates the corpora, under the address sanitizer.
        .executableTarget(
            name: "stray-mutate", dependencies: ["Dialects", "Facts", "FuzzShared"],
            path: "Fuzz/Mutate", swiftSettings: edge),
        .testTarget(
            name: "FuzzTests", dependencies: ["Dialects", "Facts", "FuzzShared", "TestSupport"],
            swiftSettings: edge),
        .target(name: "MallocCounter", path: "Tests/MallocCounter"),
        .testTarget(
            name: "AllocationTests",
            dependencies: [
                "Bytes", "Captures", "Facts", "Dialects", "MallocCounter", "Policy", "Tracking",
            ],
            swiftSettings: edge),
        .testTarget(
            name: "RemediesTests", dependencies: ["Causes", "Remedies"], swiftSettings: edge),
        .testTarget(
            name: "ExhibitsTests", dependencies: ["Causes", "Evidence", "Exhibits", "Facts"],
            swiftSettings: edge),
        // Needs nothing of the program but the built `stray`, and the causes' names.
        .testTarget(
            name: "LabTests", dependencies: ["stray", "stray-differential", "Causes"],
            swiftSettings: edge),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "stray", "Bytes", "Facts", "Causes", "Dialects", "Inputs", "Remedies", "Reports",
                "TestSupport",
            ],
            swiftSettings: edge),
    ]
)

// A plain build cannot link a fuzz target: its `main` comes with `--sanitize=fuzzer`. The names are
// those of the folders below Fuzz; a new dialect is one more. See Fuzz/README.md.
if Context.environment["STRAY_FUZZ"] != nil {
    let names = [
        "pf-filterlog", "netfilter", "conntrack", "forcepoint", "cisco-asa", "pf-states",
        "pf-tcpdump", "ulogd", "cilium", "suricata", "zeek", "azure-flow", "gcp-flow", "aws-flow",
        "palo-alto",
        "fortigate", "check-point", "sonicwall", "juniper-srx", "screenos", "watchguard",
        "sophos", "sophos-utm", "stormshield", "mikrotik", "meraki", "barracuda", "clavister",
        "windows-firewall", "elastic-ecs", "envelope", "capture", "policy", "replay", "canary",
    ]
    for name in names {
        package.targets.append(
            .executableTarget(
                name: "fuzz-\(name)", dependencies: ["Facts", "FuzzShared"],
                path: "Fuzz/\(name)", swiftSettings: edge))
        package.products.append(.executable(name: "fuzz-\(name)", targets: ["fuzz-\(name)"]))
    }
}
