/// One thing to measure, in a file of its own: `extension Benchmark { static let openCase = … }`, listed in `main`.
struct Benchmark: Sendable {
    /// Kebab case, the subject first: `clock-accounts`.
    let name: String
    /// How many times the operation is done in one run.
    let operations: Int
    /// Makes what the operation needs, outside the measured time, and gives the work: all operations, with a sum of
    /// what they found, so that nothing is optimised away and a wrong answer is seen.
    let prepare: @Sendable () async throws -> @Sendable () async throws -> Int
}
