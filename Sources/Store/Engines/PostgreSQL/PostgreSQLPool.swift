import NIOPosix
import Synchronization

/// The engine's connections, a thread for each, and the line of units of work that wait for one.
///
/// A class, so that a store that is let go without being closed lets go of its threads and connections too.
final class PostgreSQLPool: Sendable {
    struct Limits: Sendable {
        /// Twice as many served no more units a second of those tried.
        var connections = 8
        /// More than this many that wait are a fault elsewhere, which a longer line would only hide.
        var line = 1024
        var wait: Duration = .seconds(15)
        var session = PostgreSQLSession.Limits()
    }

    private struct Waiting {
        let number: UInt64
        let clock: Task<Void, Never>
        let answer: CheckedContinuation<PostgreSQLSeat, any Error>
    }

    private struct State {
        var free: [PostgreSQLSeat]
        var line: [Waiting] = []
        var numbered: UInt64 = 0
        var isClosed = false

        mutating func number() -> UInt64 {
            numbered += 1
            return numbered
        }
    }

    private let limits: Limits
    private let threads: NIOThreadPool
    private let state: Mutex<State>

    init(_ address: PostgreSQLAddress, limits: Limits) {
        self.limits = limits
        // As many threads as connections: who has a connection has a thread at once.
        threads = NIOThreadPool(numberOfThreads: limits.connections)
        let history = PostgreSQLHistory()
        state = Mutex(
            State(
                free: (0..<limits.connections).map { _ in
                    PostgreSQLSeat(address, limits: limits.session, history: history)
                }))
        threads.start()
    }

    deinit {
        threads.shutdownGracefully { _ in }
    }

    /// Runs a unit of work on one of the connections, in one hop to its thread.
    ///
    /// - Parameter isCancellable: whether a cancelled task leaves the line. A write does not: what somebody has decided
    ///   to keep is kept.
    /// - Throws: `StoreError.lineFull` and `.waitedTooLong` if there is none to be had.
    func run<T: Sendable>(
        isCancellable: Bool, _ unit: @escaping @Sendable (PostgreSQLSeat) throws -> T
    ) async throws -> T {
        let seat = try await seat(isCancellable: isCancellable)
        // Not `runIfActive`, which refuses a cancelled task also where a write must be done.
        return try await withCheckedThrowingContinuation { answer in
            threads.submit { [self] state in
                guard case .active = state else { return answer.resume(throwing: StoreError.closed) }
                let outcome = Result { try unit(seat) }
                giveBack(seat)
                answer.resume(with: outcome)
            }
        }
    }

    /// Runs something before anybody else uses the pool.
    func runFirst<T>(_ unit: (PostgreSQLSeat) throws -> T) throws -> T {
        guard let seat = state.withLock({ $0.free.popLast() }) else { throw StoreError.busy }
        defer { giveBack(seat) }
        return try unit(seat)
    }

    /// Refuses what waits, waits for what runs, and disconnects.
    func close() throws {
        let line = state.withLock { state in
            state.isClosed = true
            defer { state.line = [] }
            return state.line
        }
        for waiting in line { refuse(waiting, StoreError.closed) }
        try threads.syncShutdownGracefully()
        for seat in state.withLock({ $0.free }) { seat.disconnect() }
    }

    private func seat(isCancellable: Bool) async throws -> PostgreSQLSeat {
        // The one used last is the one most surely connected.
        if let seat = state.withLock({ $0.isClosed ? nil : $0.free.popLast() }) { return seat }
        let number = state.withLock { $0.number() }
        guard isCancellable else { return try await withCheckedThrowingContinuation { wait(as: number, $0) } }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { answer in
                wait(as: number, answer)
                // The handler may have run before there was anything to take out of the line.
                if Task.isCancelled { leave(number, CancellationError()) }
            }
        } onCancel: {
            leave(number, CancellationError())
        }
    }

    private func wait(as number: UInt64, _ answer: CheckedContinuation<PostgreSQLSeat, any Error>) {
        let clock = Task { [weak self, wait = limits.wait] in
            guard (try? await Task.sleep(for: wait)) != nil else { return }
            self?.leave(number, StoreError.waitedTooLong)
        }
        let waiting = Waiting(number: number, clock: clock, answer: answer)
        let outcome: Result<PostgreSQLSeat, any Error>? = state.withLock { state in
            if state.isClosed { return .failure(StoreError.closed) }
            if let seat = state.free.popLast() { return .success(seat) }
            guard state.line.count < limits.line else { return .failure(StoreError.lineFull) }
            state.line.append(waiting)
            return nil
        }
        guard let outcome else { return }
        clock.cancel()
        answer.resume(with: outcome)
    }

    private func leave(_ number: UInt64, _ reason: any Error) {
        let waiting = state.withLock { state in
            state.line.firstIndex { $0.number == number }.map { state.line.remove(at: $0) }
        }
        if let waiting { refuse(waiting, reason) }
    }

    private func refuse(_ waiting: Waiting, _ reason: any Error) {
        waiting.clock.cancel()
        waiting.answer.resume(throwing: reason)
    }

    private func giveBack(_ seat: PostgreSQLSeat) {
        let next: Waiting? = state.withLock { state in
            guard state.line.isEmpty else { return state.line.removeFirst() }
            state.free.append(seat)
            return nil
        }
        next?.clock.cancel()
        next?.answer.resume(returning: seat)
    }
}
