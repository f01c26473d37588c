/// What a trust accepts from outside; the numbers come from its policy.
package struct IntakeLimits: Hashable, Sendable {
    /// The kinds accepted.
    package var accepted: Set<FileKind>
    /// The largest file accepted, in bytes.
    package var maximumBytes: Int
    /// The most files one archive may hold.
    package var maximumEntries: Int
    /// The most bytes one archive may say it unpacks to.
    package var maximumUnpackedBytes: Int
    /// How many times its own size an archive may say it unpacks to.
    package var maximumRatio: Int

    package init(
        accepted: Set<FileKind>, maximumBytes: Int, maximumEntries: Int = 5_000,
        maximumUnpackedBytes: Int = 4 << 30, maximumRatio: Int = 200
    ) {
        self.accepted = accepted
        self.maximumBytes = maximumBytes
        self.maximumEntries = maximumEntries
        self.maximumUnpackedBytes = maximumUnpackedBytes
        self.maximumRatio = maximumRatio
    }
}
