// `stray why`.

enum WhyCommand {
    static func run(_ request: WhyRequest) throws(Stop) -> ExitStatus {
        throw .complaint(
            Complaint("why", "not part of this version yet", "see stray help", status: .failed))
    }
}
