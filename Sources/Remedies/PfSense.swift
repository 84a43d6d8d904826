import Causes

public struct PfSense: Platform {
    public init() {}
    public let id = "pfsense"
    public let name = "pfSense"
    public let collect: [String] = []
    public func remedies(for cause: CauseID, variant: Variant?) -> [Remedy] { [] }
}
