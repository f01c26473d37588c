import Crypto
import Foundation

extension Store {
    /// What two data folders have in common only if they have the same master key, and what does not give it away.
    /// Nothing where a folder has no key yet.
    ///
    /// Throws `StoreError.masterKeyUnusable`, and what the reading of the file throws.
    package static func masterKeyMark(in folder: String) throws -> [UInt8]? {
        let path = folder + "/" + masterKeyFile
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return try MasterKey(reading: path).derived(for: "mark").withUnsafeBytes { Array($0) }
    }
}
