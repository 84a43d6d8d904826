// `stray entries`.

enum EntriesCommand {
    static func run(_ request: EntriesRequest) throws(Stop) -> ExitStatus {
        throw .complaint(
            Complaint("entries", "not part of this version yet", "see stray help", status: .failed))
    }
}
