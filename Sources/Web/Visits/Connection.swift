import Hummingbird
import NIOCore

/// What the server knows of a request besides the request: the channel it came on.
package struct Connection: RequestContext {
    package var coreContext: CoreRequestContextStorage
    let channel: any Channel

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// The address at the other end.
    var peer: String { channel.remoteAddress?.ipAddress ?? "" }

    /// Ends the connection a little after an early refusal. The server would read a refused body to its end, however
    /// long; closing at once would take the answer from the browser before it has read it.
    func closeSoon() {
        let channel = channel
        channel.eventLoop.scheduleTask(in: .seconds(5)) { channel.close(promise: nil) }
    }
}
