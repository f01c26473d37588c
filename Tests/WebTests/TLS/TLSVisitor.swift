import NIOCore
import NIOPosix
import NIOSSL
import NIOTLS
import SwiftASN1
import Synchronization
import X509

/// Somebody who comes over TLS, and looks at the certificate without judging it.
struct TLSVisitor {
    private let configuration: TLSConfiguration

    init(_ change: (inout TLSConfiguration) -> Void = { _ in }) {
        var configuration = TLSConfiguration.makeClientConfiguration()
        change(&configuration)
        self.configuration = configuration
    }

    static func request(_ path: String) -> ByteBuffer {
        ByteBuffer(string: "GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n")
    }

    func connects(to port: Int) async throws -> TLSConnection {
        let context = try NIOSSLContext(configuration: configuration)
        let seen = Shown()
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let met = loop.makePromise(of: Void.self)
        let (parts, part) = AsyncThrowingStream.makeStream(of: ByteBuffer.self)
        let channel = try await ClientBootstrap(group: loop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let tls = try NIOSSLClientHandler(
                        context: context, serverHostname: "localhost",
                        customVerificationCallback: { chain, verdict in
                            seen.bytes.withLock { $0 = try? chain.first?.toDERBytes() }
                            verdict.succeed(.certificateVerified)
                        })
                    try channel.pipeline.syncOperations.addHandlers([tls, TLSListener(met, part)])
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        return TLSConnection(channel: channel, handshake: met.futureResult, parts: parts, seen: seen)
    }

    /// The certificate that was shown, which the handshake puts here.
    final class Shown: Sendable {
        let bytes = Mutex<[UInt8]?>(nil)
    }
}

struct TLSConnection {
    let channel: any Channel
    /// Fails if the other end does not agree to it.
    let handshake: EventLoopFuture<Void>
    fileprivate let parts: AsyncThrowingStream<ByteBuffer, any Error>
    fileprivate let seen: TLSVisitor.Shown

    /// What the other end has shown.
    var certificate: Certificate? {
        seen.bytes.withLock { $0 }.flatMap { try? Certificate(derEncoded: $0) }
    }

    /// Sends a request and returns the answer, as far as it came at once.
    func asks(_ path: String) async throws -> String {
        try await handshake.get()
        try await channel.writeAndFlush(TLSVisitor.request(path))
        for try await part in parts { return String(buffer: part) }
        return ""
    }
}

private final class TLSListener: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let met: EventLoopPromise<Void>
    private let part: AsyncThrowingStream<ByteBuffer, any Error>.Continuation

    init(_ met: EventLoopPromise<Void>, _ part: AsyncThrowingStream<ByteBuffer, any Error>.Continuation) {
        self.met = met
        self.part = part
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted = event { met.succeed() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        part.yield(unwrapInboundIn(data))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        met.fail(error)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        met.fail(ChannelError.eof)
        part.finish()
    }
}
