import Foundation
import NIOPosix
import Rights

// What lies in the vault, for the sweep that takes away what no table knows.
extension Vault {
    /// The folders that files lie in. A sweep takes them one after the other, so that it never lists the whole vault.
    package func folders() async throws -> [String] {
        try await threads.runIfActive { [folder] in
            try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0 != "incoming" }.sorted()
        }
    }

    /// The files of such a folder whose last byte was written before an instant.
    package func files(in name: String, before moment: Moment) async throws -> [StoredFile.ID] {
        try await threads.runIfActive { [folder] in
            try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(name)").compactMap { file in
                var status = stat()
                guard stat("\(folder)/\(name)/\(file)", &status) == 0,
                    status.st_mtim.tv_sec * 1000 < Int(moment.milliseconds)
                else { return nil }
                return StoredFile.ID(file)
            }
        }
    }
}
