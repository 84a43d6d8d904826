extension Cause {
    public var page: CausePage {
        CausePage(
            summary: "", whatHappened: "", whyBlocked: "", howItLooks: "", howToConfirm: "",
            whatToDo: "", lookAlikes: [], collect: [], references: [])
    }
}
