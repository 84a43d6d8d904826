// What `stray dialects azure-flow` shows.

extension AzureFlow {
    static let steps = [
        "Network Watcher > Flow logs > Create: the virtual network (or the network security group), a "
            + "storage account, version 2 where it is asked.",
        "Fetch the files: `az storage blob download-batch --account-name ACCOUNT --destination . --source "
            + "insights-logs-flowlogflowevent` (of a security group: "
            + "`insights-logs-networksecuritygroupflowevent`). PT1H.json is read as it is.",
        "A file whose records stand in one line of more than 4 MB: `jq -c '.records[]' PT1H.json` "
            + "makes a line of each.",
        "Traffic that the platform's default rules refuse is recorded too; nothing has to be added to "
            + "the rules.",
    ]

    static let bounds = [
        "There are no TCP flags, sequence numbers or TTLs: which packet of a connection was refused, and "
            + "whether it had a state, cannot be told.",
        "The interface is the MAC address of the network card; the rule is named, its group is not.",
        "Why a flow ended is not recorded. In version 1 flows have no beginning and no end.",
        "The time of an entry is its tuple's; the record's own time is when it was written.",
        "In a document printed over many lines tuples are read without their rule.",
        "A broken tuple behind the first of its record is passed over.",
    ]
}
