import Casework
import Rights
import Web

/// The files of one sending that staff make at the desk.
struct IncomingFiles {
    /// How many files of the largest size fit into one sending.
    static let most = 20

    /// Those that were taken in, and that no act has named yet.
    var kept: [StoredFile] = []
    /// What is wrong with the others, each with its name.
    var faults: [String] = []
}

extension Desk {
    /// Takes files in one after the other. One that cannot be used does not keep the others out.
    ///
    /// They become part of the case with the act that names them, and are forgotten where none does.
    ///
    /// - Parameter admits: asked before each file is read, because nothing of it is kept that the case would not take.
    func takeIn(
        _ upload: Upload, into id: Case.ID, for visit: StaffVisit, admits: () throws -> Bool
    ) async throws -> IncomingFiles {
        let key = try await casework.key(of: id)
        let most = casework.policies.current.files.staffBytes
        var files = IncomingFiles()
        while let file = try await upload.next(most: most) {
            guard try admits() else { continue }
            do {
                files.kept.append(
                    try await casework.takeIn(
                        file, named: file.name, under: key, into: nil, from: .staff, by: visit.actor, field: "files"))
            } catch UploadProblem.tooLarge {
                files.faults.append("\(file.name) must be smaller than \(HTML.size(most)).")
            } catch Problem.refused(let reasons) {
                files.faults += reasons.map { "\(file.name): \($0.text)" }
            }
        }
        return files
    }
}
