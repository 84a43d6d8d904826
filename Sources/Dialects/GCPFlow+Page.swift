// What `stray dialects gcp-flow` shows.

extension GCPFlow {
    static let steps = [
        "Firewall rules: `gcloud compute firewall-rules update RULE --enable-logging`, for the rules that "
            + "allow as well as those that deny. The implied deny rule cannot log: add a deny rule of "
            + "the lowest priority, 65534, with logging.",
        "Flows: `gcloud compute networks subnets update SUBNET --region REGION --enable-flow-logs "
            + "--logging-flow-sampling 1.0 --logging-aggregation-interval interval-5-sec`.",
        "Fetch them one record a line: `gcloud logging read 'logName:\"firewall\" OR "
            + "logName:\"vpc_flows\"' --format json | jq -c '.[]' > gcp.log`. Records of many lines, as "
            + "gcloud prints them by itself, are not read.",
        "Exports to Cloud Storage and Pub/Sub have one record a line already.",
    ]

    static let bounds = [
        "There are no TCP flags, sequence numbers, TTLs or interfaces: which packet of a connection was "
            + "refused, and whether it had a state, cannot be told.",
        "A firewall record is of a connection that a rule allowed or refused; ends are not logged.",
        "Packets without a connection that no rule allows are refused by a rule like any other.",
        "Flow records are sampled sums of one direction; they tell no verdict and become `update`.",
        "Only TCP and UDP have ports, and only rules with logging write anything.",
    ]
}
