/// Tells the worker of this process that something was written down to be done, so that it does not wait for its next
/// look. Rings that nobody has heard yet are one ring.
package struct Bell: Sendable {
    let rings: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    package init() {
        (rings, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    package func ring() {
        continuation.yield()
    }
}
