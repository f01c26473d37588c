import NIOCore
import NIOPosix

/// A client of ClamAV's daemon. It sends the file over a socket in chunks (`INSTREAM`), so the daemon needs no right to
/// read the vault, and gets one line back. Written by hand because the protocol is that small (clamd(8), COMMANDS).
package struct Clamd: Hashable, Sendable {
    /// Where the daemon listens.
    package enum Address: Hashable, Sendable {
        case unixSocket(path: String)
        case tcp(host: String, port: Int)
    }

    package let address: Address
    /// Seconds without any progress after which the daemon is taken for dead. Its own limit on reading is 120.
    package let patience: Int
    private let chunk: Int

    /// - Parameter chunk: bytes sent at a time.
    package init(at address: Address, patience: Int = 120, chunk: Int = 256 * 1024) {
        self.address = address
        self.patience = patience
        self.chunk = chunk
    }

    func verdict(on source: any ByteSource) async throws -> ScanVerdict {
        let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>
        do {
            channel = try await connect()
        } catch {
            return .couldNotScan(.unreachable)
        }
        do {
            return try await channel.executeThenClose { inbound, outbound in
                // Read while sending: a daemon that has had enough answers in the middle and closes.
                async let answer = Clamd.collect(inbound)
                let sentWhole = try await send(source, to: outbound)
                let verdict = Clamd.read(try await answer)
                return verdict == .clean && !sentWhole ? .couldNotScan(.unreachable) : verdict
            }
        } catch let fault as UnreadableSource {
            throw fault.underlying
        } catch is Silence {
            return .couldNotScan(.timedOut)
        } catch {
            return .couldNotScan(.unreachable)
        }
    }

    func connect() async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.seconds(Int64(min(patience, 10))))
        let patience = TimeAmount.seconds(Int64(patience))
        let prepare: @Sendable (any Channel) -> EventLoopFuture<NIOAsyncChannel<ByteBuffer, ByteBuffer>> = { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandlers(
                    IdleStateHandler(allTimeout: patience), ClosesInSilence())
                return try NIOAsyncChannel(wrappingChannelSynchronously: channel)
            }
        }
        switch address {
        case .unixSocket(let path):
            return try await bootstrap.connect(unixDomainSocketPath: path, channelInitializer: prepare)
        case .tcp(let host, let port):
            return try await bootstrap.connect(host: host, port: port, channelInitializer: prepare)
        }
    }

    /// Sends the file, and says whether the daemon took all of it; what stopped it is in its answer.
    private func send(
        _ source: any ByteSource, to outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) async throws(UnreadableSource) -> Bool {
        guard await isSent(ByteBuffer(string: "zINSTREAM\0"), to: outbound) else { return false }
        var at = 0
        while at < source.size {
            let end = min(at + chunk, source.size)
            let bytes: [UInt8]
            do {
                bytes = try await source.read(at..<end)
            } catch {
                throw UnreadableSource(underlying: error)
            }
            var buffer = ByteBuffer()
            buffer.reserveCapacity(bytes.count + 4)
            buffer.writeInteger(UInt32(bytes.count))
            buffer.writeBytes(bytes)
            guard await isSent(buffer, to: outbound) else { return false }
            at = end
        }
        // A chunk of no length ends the file.
        return await isSent(ByteBuffer(integer: UInt32(0)), to: outbound)
    }

    private func isSent(_ buffer: ByteBuffer, to outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>) async -> Bool {
        do {
            try await outbound.write(buffer)
            return true
        } catch {
            return false
        }
    }

    static func collect(_ inbound: NIOAsyncChannelInboundStream<ByteBuffer>) async throws -> String {
        var text = ""
        for try await buffer in inbound {
            text += String(buffer: buffer)
            // An answer is one line; what is much longer is not clamd.
            if text.contains("\0") || text.utf8.count > 4096 { break }
        }
        return text
    }

    /// `stream: OK`, `stream: NAME FOUND` or `… ERROR`.
    static func read(_ answer: String) -> ScanVerdict {
        let line = String(answer.prefix { $0 != "\0" && !$0.isNewline })
        let text = line.hasPrefix("stream: ") ? String(line.dropFirst("stream: ".count)) : line
        if text == "OK" { return .clean }
        if text.hasSuffix(" FOUND") {
            let name = String(text.dropLast(" FOUND".count))
            if name.hasPrefix("Heuristics.Limits.Exceeded") { return .couldNotScan(.tooLarge) }
            if name.hasPrefix("Heuristics.Encrypted") { return .couldNotScan(.encrypted) }
            return .infected(name)
        }
        if text.contains("size limit exceeded") { return .couldNotScan(.tooLarge) }
        return .couldNotScan(text.isEmpty ? .unreachable : .refused(String(text.prefix(200))))
    }
}

/// The file could not be read, which is no fault of the scanner.
private struct UnreadableSource: Error {
    let underlying: any Error
}

/// Nothing moved in either direction for as long as we wait.
private struct Silence: Error {}

private final class ClosesInSilence: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is IdleStateHandler.IdleStateEvent else {
            context.fireUserInboundEventTriggered(event)
            return
        }
        context.fireErrorCaught(Silence())
        context.close(promise: nil)
    }
}
