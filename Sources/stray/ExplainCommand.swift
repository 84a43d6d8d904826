// `stray explain`.

enum ExplainCommand {
    static func run(_ request: ExplainRequest) throws(Stop) -> ExitStatus {
        throw .complaint(
            Complaint("explain", "not part of this version yet", "see stray help", status: .failed))
    }
}
