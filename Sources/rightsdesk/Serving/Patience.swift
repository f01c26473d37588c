/// What a body gives, if it gives it in time. One that is too late goes on by itself, and nobody waits for it.
func within<T: Sendable>(
    _ patience: Duration, _ body: @escaping @Sendable () async throws -> T
) async throws -> T {
    let (outcomes, first) = AsyncStream.makeStream(
        of: Result<T, any Error>.self, bufferingPolicy: .bufferingOldest(1))
    let asking = Task {
        do { first.yield(.success(try await body())) } catch { first.yield(.failure(error)) }
    }
    let clock = Task {
        try await Task.sleep(for: patience)
        first.yield(.failure(TooLate()))
    }
    defer {
        asking.cancel()
        clock.cancel()
    }
    for await outcome in outcomes { return try outcome.get() }
    throw CancellationError()
}

private struct TooLate: Error, CustomStringConvertible {
    var description: String { "the database did not answer in time" }
}
