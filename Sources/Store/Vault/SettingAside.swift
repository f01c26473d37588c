import Foundation
import NIOPosix
import Rights

// What lies in the vault, and a place for what no table knows. It is not deleted at once: where an old backup of the
// database was restored beside a newer vault, the files of the days between look just like remnants.
extension Vault {
    /// The folder of files that were set aside.
    package static let aside = "set-aside"

    /// The folders that files lie in. A sweep takes them one after the other, so that it never lists the whole vault.
    package func folders() async throws -> [String] {
        let others = [Vault.aside, "incoming"]
        return try await threads.runIfActive { [folder] in
            try FileManager.default.contentsOfDirectory(atPath: folder).filter { !others.contains($0) }.sorted()
        }
    }

    /// The files of such a folder whose last byte was written before an instant; of those set aside, which were set
    /// aside before it.
    package func files(in name: String, before moment: Moment) async throws -> [StoredFile.ID] {
        try await threads.runIfActive { [folder] in
            guard FileManager.default.fileExists(atPath: "\(folder)/\(name)") else { return [] }
            return try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(name)").compactMap { file in
                var status = stat()
                guard stat("\(folder)/\(name)/\(file)", &status) == 0,
                    status.st_mtim.tv_sec * 1000 < Int(moment.milliseconds)
                else { return nil }
                return StoredFile.ID(file)
            }
        }
    }

    /// Sets a file aside, where nobody opens it. `moment` is kept with it as the date of the file.
    package func setAside(_ id: StoredFile.ID, at moment: Moment) async throws {
        let (from, to) = (path(of: id), pathAside(of: id))
        try await threads.runIfActive {
            try DurableFile.makeFolder((to as NSString).deletingLastPathComponent)
            let seconds = Int(moment.milliseconds / 1000)
            let times = [timeval(tv_sec: seconds, tv_usec: 0), timeval(tv_sec: seconds, tv_usec: 0)]
            guard utimes(from, times) == 0 else { throw IOFailure.last("utimes") }
            try DurableFile.publish(from, as: to)
        }
    }

    /// Puts a file that was set aside back in its place.
    package func bringBack(_ id: StoredFile.ID) async throws {
        let (from, to) = (pathAside(of: id), path(of: id))
        try await threads.runIfActive {
            try DurableFile.makeFolder((to as NSString).deletingLastPathComponent)
            try DurableFile.publish(from, as: to)
        }
    }

    /// Takes a file that was set aside away for good.
    package func removeAside(_ id: StoredFile.ID) async throws {
        let path = pathAside(of: id)
        try await threads.runIfActive {
            guard unlink(path) == 0 || errno == ENOENT else { throw IOFailure.last("unlink") }
        }
    }

    private func pathAside(of id: StoredFile.ID) -> String { "\(folder)/\(Vault.aside)/\(id.text)" }
}
