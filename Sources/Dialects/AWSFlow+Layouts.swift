// Rows of flow logs without a header line: the usual columns, and the layouts that Amazon's own
// examples use, which many have copied.
//
// Read first: "Flow log records" and "Flow log record examples" of the VPC guide, `CSVRow`.

import Bytes
import Facts

extension AWSFlow {
    /// Where sessions show their TCP flags: twenty-one columns, the interface the fifth.
    private static let flagsTable = ColumnTable(
        separator: 0x20,
        [
            "version", "vpc-id", "subnet-id", "instance-id", "interface-id", "account-id", "type",
            "srcaddr", "dstaddr", "srcport", "dstport", "pkt-srcaddr", "pkt-dstaddr", "protocol",
            "bytes", "packets", "start", "end", "action", "tcp-flags", "log-status",
        ], keys)

    /// Of a transit gateway: seventeen columns, the interface the second.
    private static let transitTable = ColumnTable(
        separator: 0x20,
        [
            "version", "interface-id", "account-id", "vpc-id", "subnet-id", "instance-id",
            "srcaddr", "dstaddr", "srcport", "dstport", "protocol", "tcp-flags", "type",
            "pkt-srcaddr", "pkt-dstaddr", "action", "log-status",
        ], keys)

    /// Of services and paths: twenty-nine columns, the addresses first.
    private static let pathTable = ColumnTable(
        separator: 0x20,
        [
            "version", "srcaddr", "dstaddr", "srcport", "dstport", "protocol", "start", "end",
            "type", "packets", "bytes", "account-id", "vpc-id", "subnet-id", "instance-id",
            "interface-id", "region", "az-id", "sublocation-type", "sublocation-id", "action",
            "tcp-flags", "pkt-srcaddr", "pkt-dstaddr", "pkt-src-aws-service",
            "pkt-dst-aws-service", "traffic-path", "flow-direction", "log-status",
        ], keys)

    /// The layout of a row that does not begin as the usual one; nil for any other line.
    func exampleLayout(
        _ line: borrowing Line, _ start: Int, _ columns: inout Columns
    ) -> ColumnTable? {
        guard line[start] &- 0x33 < 7, line[start + 1] == 0x20,
            line.has(" OK", at: line.end - 3)
        else { return nil }
        let table: ColumnTable
        if line.has("vpc-", at: start + 2) {
            table = AWSFlow.flagsTable
        } else if line.has("eni-", at: start + 2) {
            table = AWSFlow.transitTable
        } else if line.find(" eni-", from: start) != nil {
            table = AWSFlow.pathTable
        } else {
            return nil
        }
        columns.find(0x20, in: line, from: start)
        return columns.count == table.count ? table : nil
    }
}
