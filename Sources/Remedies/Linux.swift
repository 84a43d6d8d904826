import Causes

public struct Linux: Platform {
    public init() {}
    public let id = "linux"
    public let name = "Linux"
    public let collect: [String] = []
    public func remedies(for cause: CauseID, variant: Variant?) -> [Remedy] { [] }
}
