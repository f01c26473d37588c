import NIOCore

/// Ends a connection whose other end has stopped taking what it asked for.
///
/// The server's idle time-out stands still while an answer is written, so that a slow answer is not cut off. Somebody
/// who asks for much and reads nothing would otherwise hold a connection, and what waits to be sent, for ever.
final class UnreadAnswers: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    private let patience: TimeAmount
    private var end: Scheduled<Void>?

    /// - Parameter patience: how long nothing of a full buffer may be taken.
    init(patience: TimeAmount) {
        self.patience = patience
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        end?.cancel()
        end = nil
        if !context.channel.isWritable {
            let channel = context.channel
            end = context.eventLoop.scheduleTask(in: patience) { channel.close(promise: nil) }
        }
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        end?.cancel()
        end = nil
        context.fireChannelInactive()
    }
}
