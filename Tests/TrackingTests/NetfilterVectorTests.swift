// Every recorded packet: the model must say what the kernel said.

import Facts
import Testing
import Tracking

@Suite struct NetfilterVectorTests {
    @Test(arguments: [("netfilter-6.18.tsv", 2213), ("netfilter-6.18-generated.tsv", 915)])
    func modelSaysWhatTheKernelSaid(_ name: String, _ count: Int) throws {
        let conversations = try readVectors(name)
        #expect(conversations.map(\.packets.count).reduce(0, +) == count)
        for conversation in conversations {
            var model = Netfilter()
            for setting in conversation.settings {
                try model.set(setting.name, to: setting.value)
            }
            var time: Int64 = 1_790_000_000_000_000
            for vector in conversation.packets {
                time += 1000 + vector.pause * 1_000_000
                let said = model.words(vector, at: Instant(microseconds: time))
                #expect(said == vector.expected, "\(conversation.name), line \(vector.line)")
            }
        }
    }
}
