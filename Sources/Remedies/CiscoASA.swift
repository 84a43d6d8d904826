import Causes

public struct CiscoASA: Platform {
    public init() {}
    public let id = "cisco-asa"
    public let name = "Cisco"
    public let collect: [String] = []
    public func remedies(for cause: CauseID, variant: Variant?) -> [Remedy] { [] }
}
