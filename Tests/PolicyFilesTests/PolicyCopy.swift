import Foundation
import TestSupport

/// A copy of a shipped folder that a test may break.
struct PolicyCopy {
    private let temporary: TemporaryFolder
    let folder: URL

    init(of name: String = "poole-2017") throws {
        temporary = try TemporaryFolder()
        folder = URL(filePath: temporary.path).appending(path: name)
        try FileManager.default.copyItem(at: Shipped.folder.appending(path: name), to: folder)
    }

    /// Replaces the first place where `old` stands, and returns its line.
    @discardableResult
    func replace(_ file: String, _ old: String, _ new: String) throws -> Int {
        let url = folder.appending(path: file)
        let text = try String(contentsOf: url, encoding: .utf8)
        guard let place = text.range(of: old) else { throw Missing(text: old) }
        try text.replacingCharacters(in: place, with: new).write(to: url, atomically: true, encoding: .utf8)
        return text[..<place.lowerBound].count { $0 == "\n" } + 1
    }

    func remove(_ file: String) throws {
        try FileManager.default.removeItem(at: folder.appending(path: file))
    }

    func write(_ file: String, _ text: String) throws {
        try text.write(to: folder.appending(path: file), atomically: true, encoding: .utf8)
    }

    struct Missing: Error { let text: String }
}
