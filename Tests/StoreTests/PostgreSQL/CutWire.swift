import Foundation
import NIOCore
import NIOPosix
import Synchronization
import TestSupport

/// Stands between an engine and its server. When it has passed a certain word on to the server for the first time, it
/// hears the server's answer and hangs up on the engine instead of passing it on, as a network that fails in the worst
/// moment.
final class CutWire: Sendable {
    private enum State {
        case whole
        case wordPassed
        case cut
    }

    private final class Watch: Sendable {
        private let word: [UInt8]
        private let state = Mutex(State.whole)

        init(for word: String) {
            self.word = Array(word.utf8)
        }

        var isCut: Bool { state.withLock { $0 == .cut } }

        func passToServer(_ bytes: ByteBuffer) -> Bool {
            guard Data(bytes.readableBytesView).range(of: Data(word)) != nil else { return true }
            state.withLock { if $0 == .whole { $0 = .wordPassed } }
            return true
        }

        func passToEngine(_: ByteBuffer) -> Bool {
            state.withLock { state in
                guard state == .wordPassed else { return true }
                state = .cut
                return false
            }
        }
    }

    /// One direction of the wire.
    private final class Way: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer

        private let end: any Channel
        private let passes: @Sendable (ByteBuffer) -> Bool

        init(to end: any Channel, _ passes: @escaping @Sendable (ByteBuffer) -> Bool) {
            self.end = end
            self.passes = passes
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let bytes = unwrapInboundIn(data)
            if passes(bytes) { end.writeAndFlush(bytes, promise: nil) } else { end.close(promise: nil) }
        }

        func channelInactive(context: ChannelHandlerContext) {
            end.close(promise: nil)
        }
    }

    /// The address of the server by way of this.
    let url: String
    private let watch: Watch
    private let door: any Channel
    private let folder: TemporaryFolder

    init(to url: String, at word: String) async throws {
        let parts = try #/^(postgres:///[^?]+)[?].*host=([^&]+)&port=([0-9]+)/#.firstMatch(in: url)
        guard let parts else { throw PrivateDatabase.Refused("\(url) is not of the private server") }
        let socket = ".s.PGSQL.\(parts.3)"
        let server = "\(parts.2)/\(socket)"
        let watch = Watch(for: word)
        folder = try TemporaryFolder()
        self.watch = watch
        self.url = "\(parts.1)?user=postgres&host=\(folder.path)&port=\(parts.3)&sslmode=disable"
        door = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            // Nothing is heard from the engine before there is somebody to pass it on to.
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer { engine in
                ClientBootstrap(group: engine.eventLoop)
                    .channelInitializer { $0.pipeline.addHandler(Way(to: engine, watch.passToEngine)) }
                    .connect(unixDomainSocketPath: server)
                    .flatMap { engine.pipeline.addHandler(Way(to: $0, watch.passToServer)) }
                    .flatMap { engine.setOption(.autoRead, value: true) }
            }
            .bind(unixDomainSocketPath: "\(folder.path)/\(socket)").get()
    }

    deinit {
        door.close(promise: nil)
    }

    var wasCut: Bool { watch.isCut }
}
