import NIOCore
import NIOEmbedded
import Testing

@testable import Web

@Suite struct UnreadAnswersTests {
    let channel = EmbeddedChannel()

    init() throws {
        try channel.pipeline.syncOperations.addHandler(UnreadAnswers(patience: .seconds(75)))
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    }

    private func become(writable isWritable: Bool) {
        channel.isWritable = isWritable
        channel.pipeline.fireChannelWritabilityChanged()
    }

    @Test("Somebody who takes nothing of an answer loses the connection")
    func ends() {
        become(writable: false)
        channel.embeddedEventLoop.advanceTime(by: .seconds(74))
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(!channel.isActive)
    }

    @Test("Somebody who takes it slowly keeps the connection")
    func stays() {
        for _ in 0..<3 {
            become(writable: false)
            channel.embeddedEventLoop.advanceTime(by: .seconds(60))
            become(writable: true)
        }
        channel.embeddedEventLoop.advanceTime(by: .seconds(600))
        #expect(channel.isActive)
    }
}
