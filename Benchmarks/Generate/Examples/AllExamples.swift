// Every example. A new one is one row here and one paragraph in Examples/README.md.

let allExamples: [(name: String, make: @Sendable () -> [UInt8])] = [
    ("office-day.log", OfficeDay.make),
    ("cisco-teardowns.log", CiscoTeardowns.make),
    ("ufw-home-server.log", UFWHomeServer.make),
    ("forcepoint-branch.log", ForcepointBranch.make),
    ("conntrack-events.log", RouterPair.makeEvents),
    ("router-kern.log", RouterPair.makeKernel),
    ("branch-office.pcap", BranchCapture.make),
]
