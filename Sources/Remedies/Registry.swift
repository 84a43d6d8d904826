// Every platform. A new one is one row here.

public let allPlatforms: [any Platform] = [
    PfSense(),
    OPNsense(),
    Linux(),
    Forcepoint(),
    CiscoASA(),
]
