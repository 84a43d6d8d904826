// How far away a packet comes from, and when two distances are the same.

import Facts
import Testing

@testable import Evidence

@Suite struct HopSetTests {
    private func set(_ hops: UInt8...) -> HopSet {
        var set = HopSet()
        for one in hops { set.add(one) }
        return set
    }

    @Test(
        arguments: [
            (64, 0), (54, 10), (128, 0), (115, 13), (255, 0), (243, 12), (30, 2), (34, 30),
        ] as [(UInt8, UInt8)])
    func hopsAreCountedFromTheNextValueThatStacksBeginWith(_ ttl: UInt8, _ hops: UInt8) {
        #expect(HopSet.hops(ttl: ttl) == hops)
    }

    @Test(arguments: [0, 33, 90, 200] as [UInt8])
    func whatNoPathExplainsSaysNothing(_ ttl: UInt8) {
        #expect(HopSet.hops(ttl: ttl) == HopSet.none)
        var set = HopSet()
        set.add(HopSet.hops(ttl: ttl))
        #expect(set.isEmpty)
    }

    @Test func pathsThatDifferByOneRouterAreTheSame() {
        #expect(set(11).isLike(set(12)))
        #expect(set(11, 12).isLike(set(12)))
        #expect(!set(10).isLike(set(12)))
        #expect(!set(11, 20).isLike(set(12)))
        #expect(set(0).isLike(set(1)) && set(30).isLike(set(29)))
    }

    @Test func onlyThreeRoutersMakeAnotherPlace() {
        #expect(!set(10).isApart(from: set(12)))
        #expect(set(9).isApart(from: set(12)))
        #expect(set(15).isApart(from: set(12)))
        #expect(!set(9, 13).isApart(from: set(12)))
        #expect(set(0).isApart(from: set(30)) && set(30).isApart(from: set(0)))
    }

    @Test func nothingKnownIsNeither() {
        #expect(!set().isLike(set(3)) && !set(3).isLike(set()))
        #expect(!set().isApart(from: set(3)) && !set(3).isApart(from: set()))
        #expect(!set().isOnePath && !set().isDrawn)
    }

    @Test func severalMachinesAreNotOnePathAndNotDrawn() {
        #expect(set(5, 6, 7).isOnePath)
        #expect(!set(5, 9).isOnePath)
        #expect(!set(5, 9, 12, 13).isDrawn)
        #expect(set(5, 9, 12, 13, 20, 22).isDrawn)
    }

    @Test(
        arguments: [
            0x0000_5E00_0107, 0x0000_5E00_0207, 0x0000_0C07_AC01, 0x0000_0C9F_F123,
            0x0007_B400_0102,
            0x02BF_0A00_0001, 0x0100_5E7F_0001,
        ] as [UInt64])
    func sharedAddressesAreKnown(_ mac: UInt64) { #expect(isSharedMAC(mac)) }

    @Test(arguments: [0x0000_5E00_5301, 0x0200_0000_0001, 0x0000_0C9E_F123] as [UInt64])
    func othersAreNot(_ mac: UInt64) { #expect(!isSharedMAC(mac)) }
}
