import Causes

public struct OPNsense: Platform {
    public init() {}
    public let id = "opnsense"
    public let name = "OPNsense"
    public let collect: [String] = []
    public func remedies(for cause: CauseID, variant: Variant?) -> [Remedy] { [] }
}
