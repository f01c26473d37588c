import Crypto
import CryptoExtras
import Foundation
import NIOPosix
import Rights

/// Hashes passwords and compares them with kept hashes, off the cooperative threads and at most two at a time.
///
/// Each hash costs about 0.3 s of one core and 32 MiB. Two at once leave the pages of everybody else quick on two
/// cores; a line longer than `longestLine` is turned away with the problem `busy` instead of growing without end.
package struct Passwords: Sendable {
    /// What scrypt is told to spend. Kept with each hash, so that it can rise: see `Answer.rehash`.
    package struct Cost: Hashable, Sendable {
        /// The binary logarithm of scrypt's N.
        package let logRounds: Int
        /// Scrypt's r.
        package let blockSize: Int
        /// Scrypt's p.
        package let parallelism: Int

        package init(logRounds: Int, blockSize: Int, parallelism: Int) {
            self.logRounds = logRounds
            self.blockSize = blockSize
            self.parallelism = parallelism
        }

        /// N = 2^15, r = 8, p = 3. It costs an attacker as much computing as N = 2^17, p = 1, but needs 32 MiB
        /// where that needs 128: two at once must fit beside everything else in the 150 MB the product may take.
        package static let standard = Cost(logRounds: 15, blockSize: 8, parallelism: 3)

        /// The work, which is also what a kept hash is compared by.
        fileprivate var work: Int { (1 << logRounds) * blockSize * parallelism }
    }

    /// What comparing a password with a kept hash came to.
    package enum Answer: Hashable, Sendable {
        case wrong
        case right
        /// Right, but hashed with less work than is asked today: hash it again and keep the new one.
        case rightButCheap
    }

    private let cost: Cost
    private let threads: HashingThreads
    private var line: Line
    private let longestLine: Int
    private let random: @Sendable (Int) -> [UInt8]
    /// Those that nobody may choose.
    package let stolen: StolenPasswords

    /// - Parameters:
    ///   - cost: the work for new hashes; tests give a cheap one.
    ///   - longestLine: how many may be hashing or waiting at once.
    ///   - stolen: those that nobody may choose.
    ///   - random: where salts come from.
    package init(
        cost: Cost = .standard, longestLine: Int = 24, stolen: StolenPasswords = StolenPasswords(),
        random: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.stolen = stolen
        self.cost = cost
        self.random = random
        threads = HashingThreads(count: 2)
        line = Line(longest: longestLine)
        self.longestLine = longestLine
    }

    /// The same two threads for another trust of the process, with a line of its own: a crowd at one trust's door turns
    /// nobody away at another's.
    package func withLineOfItsOwn() -> Passwords {
        var other = self
        other.line = Line(longest: longestLine)
        return other
    }

    /// The text to keep for a password: `$scrypt$ln=15,r=8,p=3$salt$hash`.
    ///
    /// - Throws: `Problem.refused` with the code `busy` when the line is full.
    package func hash(_ password: String) async throws -> String {
        let salt = random(16)
        let cost = cost
        return try await inLine { try KeptHash(password, salt: salt, cost: cost).text }
    }

    /// Compares a password with a kept hash. Without one (no such account, or none set) the same work is done and
    /// the answer is `wrong`, so that the time taken does not tell who has an account.
    ///
    /// - Throws: `Problem.refused` with the code `busy` when the line is full.
    package func compare(_ password: String, with kept: String?) async throws -> Answer {
        let cost = cost
        guard let kept, let known = KeptHash(text: kept) else {
            let salt = random(16)
            return try await inLine {
                _ = try KeptHash(password, salt: salt, cost: cost)
                return .wrong
            }
        }
        return try await inLine {
            let given = try KeptHash(password, salt: known.salt, cost: known.cost)
            guard sameBytes(given.hash, known.hash) else { return .wrong }
            return known.cost.work < cost.work ? .rightButCheap : .right
        }
    }

    private func inLine<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
        try await line.enter()
        do {
            let value = try await threads.pool.runIfActive(body)
            await line.leave()
            return value
        } catch {
            await line.leave()
            throw error
        }
    }
}

/// Whether two byte strings are equal, in a time that does not tell where they differ.
func sameBytes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    var difference: UInt8 = 0
    for (a, b) in zip(left, right) { difference |= a ^ b }
    return difference == 0
}

/// The two threads on which hashing happens; they end with their last user.
private final class HashingThreads: Sendable {
    let pool: NIOThreadPool

    init(count: Int) {
        pool = NIOThreadPool(numberOfThreads: count)
        pool.start()
    }

    deinit {
        pool.shutdownGracefully { _ in }
    }
}

/// How many are hashing or waiting; an actor because that is a queue shared by all visitors.
private actor Line {
    private let longest: Int
    private var inside = 0

    init(longest: Int) {
        self.longest = longest
    }

    func enter() throws(Problem) {
        guard inside < longest else {
            throw .refused([
                Reason("busy", "Too many people are signing in at the moment. Wait a minute, then try again.")
            ])
        }
        inside += 1
    }

    func leave() {
        inside -= 1
    }
}

/// A hash with its salt and cost, as one line of text in the manner of the PHC string format.
private struct KeptHash {
    let cost: Passwords.Cost
    let salt: [UInt8]
    let hash: [UInt8]

    init(_ password: String, salt: [UInt8], cost: Passwords.Cost) throws {
        // The same password typed on another keyboard can arrive composed or decomposed; the null byte keeps the
        // empty password (a form sent blank) from reaching the library, which needs at least one byte.
        var bytes = Array(password.precomposedStringWithCanonicalMapping.utf8)
        bytes.append(0)
        let key = try KDF.Scrypt.deriveKey(
            from: bytes, salt: salt, outputByteCount: 32, rounds: 1 << cost.logRounds, blockSize: cost.blockSize,
            parallelism: cost.parallelism)
        self.cost = cost
        self.salt = salt
        hash = key.withUnsafeBytes { Array($0) }
    }

    init?(text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt",
            let salt = Data(base64Encoded: String(parts[3])), let hash = Data(base64Encoded: String(parts[4]))
        else { return nil }
        var numbers: [Substring: Int] = [:]
        for pair in parts[2].split(separator: ",") {
            let sides = pair.split(separator: "=")
            guard sides.count == 2, let number = Int(sides[1]) else { return nil }
            numbers[sides[0]] = number
        }
        guard let logRounds = numbers["ln"], let blockSize = numbers["r"], let parallelism = numbers["p"],
            (1...24).contains(logRounds), (1...64).contains(blockSize), (1...16).contains(parallelism),
            !salt.isEmpty, hash.count == 32
        else { return nil }
        cost = Passwords.Cost(logRounds: logRounds, blockSize: blockSize, parallelism: parallelism)
        self.salt = Array(salt)
        self.hash = Array(hash)
    }

    var text: String {
        let salt = Data(salt).base64EncodedString()
        let hash = Data(hash).base64EncodedString()
        return "$scrypt$ln=\(cost.logRounds),r=\(cost.blockSize),p=\(cost.parallelism)$\(salt)$\(hash)"
    }
}
