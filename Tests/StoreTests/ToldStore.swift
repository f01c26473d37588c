import NIOCore
import NIOHTTP1
import NIOPosix

/// A store that answers 200 and what it is told to: what no honest double of one says.
final class ToldStore: Sendable {
    typealias Answer = @Sendable (HTTPRequestHead) -> (headers: [(String, String)], body: String)

    private final class Answering: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let answer: Answer
        private var request: HTTPRequestHead?

        init(_ answer: @escaping Answer) {
            self.answer = answer
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head): request = head
            case .body: break
            case .end:
                guard let request else { return }
                let (headers, body) = answer(request)
                var head = HTTPResponseHead(version: .http1_1, status: .ok, headers: HTTPHeaders(headers))
                head.headers.add(name: "content-length", value: "\(body.utf8.count)")
                context.write(wrapOutboundOut(.head(head)), promise: nil)
                context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: body)))), promise: nil)
                context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            }
        }
    }

    let endpoint: String
    private let door: any Channel

    init(_ answer: @escaping Answer) async throws {
        door = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Answering(answer))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        endpoint = "http://127.0.0.1:\(door.localAddress?.port ?? 0)"
    }

    deinit {
        door.close(promise: nil)
    }
}
