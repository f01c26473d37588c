import Foundation
import Rights

/// A place where the vault's files lie, each of them whole or not at all. It is given nothing but sealed bytes and
/// identifiers, so that whoever keeps it can read nothing.
protocol FilePlace: Sendable {
    /// Begins a file, which is there under its name once it is finished and not before.
    func begin(_ id: StoredFile.ID) async throws -> any UnfinishedFile

    /// Throws `VaultError.missing`.
    func open(_ id: StoredFile.ID) async throws -> any FileAtRest

    /// Takes a file away for good. False if it was not there.
    func remove(_ id: StoredFile.ID) async throws -> Bool

    /// Takes away what was begun, not finished, and last written to before an instant; returns how many there were.
    func removeUnfinished(before moment: Moment) async throws -> Int

    /// A batch of the files whose last byte was written before an instant, without those set aside.
    ///
    /// - Parameter cursor: where the batch before ended; nothing for the first.
    func files(before moment: Moment, after cursor: String?) async throws -> FileBatch

    /// The files that were set aside before an instant.
    func aside(before moment: Moment) async throws -> [StoredFile.ID]

    /// Sets a file aside, where nobody opens it; does nothing if somebody else has.
    func setAside(_ id: StoredFile.ID, at moment: Moment) async throws

    /// Puts a file that was set aside back; does nothing if somebody else has.
    func bringBack(_ id: StoredFile.ID) async throws

    /// Takes a file that was set aside away for good.
    func removeAside(_ id: StoredFile.ID) async throws
}

/// Some of the files of a place.
package struct FileBatch: Hashable, Sendable {
    package let files: [StoredFile.ID]
    /// Where the next batch begins; nothing after the last.
    package let next: String?
}

/// A file on its way into its place.
protocol UnfinishedFile: Sendable {
    /// Adds sealed bytes at the end.
    mutating func append(_ bytes: Data) async throws
    /// Gives the file its name, durably.
    mutating func finish() async throws
    /// Leaves nothing behind, as far as that can be done now; the rest is `removeUnfinished`.
    func abandon() async
}

/// A sealed file in its place, any part of which can be read, by many at once.
protocol FileAtRest: Sendable {
    /// Sealed bytes.
    var size: Int { get }

    /// Hands over the sealed bytes of a range, behind others that whoever uses them wants before them; on a thread that
    /// may be kept busy.
    ///
    /// Throws `VaultError.altered` where there are fewer, and what `use` throws.
    func read<T: Sendable>(
        _ range: Range<Int>, behind prefix: [UInt8], _ use: @escaping @Sendable ([UInt8]) throws -> T
    ) async throws -> T
}
