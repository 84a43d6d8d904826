import Causes

public struct Forcepoint: Platform {
    public init() {}
    public let id = "forcepoint"
    public let name = "Forcepoint"
    public let collect: [String] = []
    public func remedies(for cause: CauseID, variant: Variant?) -> [Remedy] { [] }
}
