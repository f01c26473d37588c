import Casework
import Foundation
import Rights
import TestSupport
import Testing

/// What staff do to a case that a requester then sees.
extension PortalPremises {
    /// A case of the requester whose clock runs.
    func runningCase(_ change: (inout NewRequest) -> Void = { _ in }) async throws -> Case.ID {
        try await premises.runningCase(change)
    }

    /// A browser at the desk of the same trust, of somebody who may do everything.
    func desk() async -> TestBrowser { await DeskWorld(of: premises).browser }

    func ask(_ text: String, _ asks: MessageSent.Asks, check: Check? = nil, of id: Case.ID) async throws {
        try await casework.perform(SendMessage(text: text, asks: asks, check: check), on: id, by: premises.staff)
    }

    func matter(_ id: Case.ID) async throws -> Case {
        try await casework.open(id, by: premises.requester)
    }

    /// Releases one file with this content and returns its address.
    func release(_ text: String, named name: String = "notes.txt", of id: Case.ID, isFinal: Bool = true) async throws
        -> String
    {
        let file = try await premises.addRecord(text, named: name, to: id)
        try await premises.confirmRelease(of: id)
        try await casework.perform(
            ReleasePart(files: [file.id], note: "Your records are enclosed.", isFinal: isFinal), on: id,
            by: premises.staff)
        let part = try #require(try await matter(id).parts.last)
        return "/requests/\(id)/parts/\(part.part.number)/files/\(file.id)"
    }
}
