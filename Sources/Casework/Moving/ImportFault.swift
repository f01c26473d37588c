/// Why an export is not brought in, in words for an administrator.
package struct ImportFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }

    init(_ name: String, _ words: String) {
        description = "\(name): \(words)"
    }
}
