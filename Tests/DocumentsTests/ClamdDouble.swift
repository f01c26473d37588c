import Documents
import NIOCore
import NIOPosix
import Synchronization

/// A stand-in for clamd, built from its published protocol (clamd(8), INSTREAM): after `zINSTREAM` and a zero byte
/// come chunks, each behind its length in four bytes, big-endian; a chunk of no length ends the file; the answer is
/// one line ended by a zero byte, as is the one to `zVERSION`. Above its size limit it answers an error in the middle and closes.
final class ClamdDouble: Sendable {
    enum Behaviour: Sendable {
        /// Answers this line when the file has come to its end.
        case answers(String)
        /// Refuses files above this many bytes, as `StreamMaxLength` does.
        case limits(Int)
        /// Takes everything and never says a word.
        case silent
        /// Closes as soon as the first bytes arrive.
        case hangsUp
    }

    private let channel: any Channel
    private let box = Mutex<[UInt8]>([])
    let address: Clamd.Address

    private init(channel: any Channel, address: Clamd.Address) {
        self.channel = channel
        self.address = address
    }

    /// What came as the file.
    var received: [UInt8] { box.withLock { $0 } }

    static func with<T: Sendable>(
        _ behaviour: Behaviour, socket: String? = nil, _ body: (ClamdDouble) async throws -> T
    ) async throws -> T {
        let receiver = Receiver()
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Conversation(behaviour, receiver))
                }
            }
        let channel: any Channel
        let address: Clamd.Address
        if let socket {
            channel = try await bootstrap.bind(unixDomainSocketPath: socket).get()
            address = .unixSocket(path: socket)
        } else {
            channel = try await bootstrap.bind(host: "127.0.0.1", port: 0).get()
            address = .tcp(host: "127.0.0.1", port: channel.localAddress?.port ?? 0)
        }
        let double = ClamdDouble(channel: channel, address: address)
        receiver.double.withLock { $0 = double }
        do {
            let result = try await body(double)
            try await channel.close()
            return result
        } catch {
            try await channel.close()
            throw error
        }
    }

    fileprivate func take(_ bytes: [UInt8]) {
        box.withLock { $0 += bytes }
    }

    fileprivate final class Receiver: Sendable {
        let double = Mutex<ClamdDouble?>(nil)
    }

    private final class Conversation: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let behaviour: Behaviour
        private let receiver: Receiver
        private var held = ByteBuffer()
        private var isOpen = false
        private var total = 0

        init(_ behaviour: Behaviour, _ receiver: Receiver) {
            self.behaviour = behaviour
            self.receiver = receiver
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            if case .hangsUp = behaviour { return context.close(promise: nil) }
            var part = unwrapInboundIn(data)
            held.writeBuffer(&part)
            if !isOpen {
                if case .answers(let line) = behaviour, held.getString(at: held.readerIndex, length: 9) == "zVERSION\0"
                {
                    return answer(line, context)
                }
                guard held.readableBytes >= 10 else { return }
                guard held.readString(length: 10) == "zINSTREAM\0" else { return answer("UNKNOWN COMMAND", context) }
                isOpen = true
            }
            while let length = held.getInteger(at: held.readerIndex, as: UInt32.self) {
                if length == 0 {
                    if case .answers(let line) = behaviour { answer(line, context) }
                    return
                }
                guard held.readableBytes >= 4 + Int(length) else { return }
                held.moveReaderIndex(forwardBy: 4)
                total += Int(length)
                if case .limits(let most) = behaviour, total > most {
                    return answer("INSTREAM size limit exceeded. ERROR", context)
                }
                let bytes = held.readBytes(length: Int(length)) ?? []
                receiver.double.withLock { $0 }?.take(bytes)
            }
        }

        private func answer(_ line: String, _ context: ChannelHandlerContext) {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: line + "\0")), promise: nil)
            context.close(promise: nil)
        }
    }
}
