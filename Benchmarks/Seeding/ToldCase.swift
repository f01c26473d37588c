import Casework
import Rights
import Store

/// A case as it was told, before it is kept: decided act by act by the rules that hold for everybody, but in memory, so
/// that many can be kept in one transaction.
struct ToldCase: Sendable {
    /// What one person did at one time.
    struct Step: Sendable {
        let at: Moment
        var actor: String
        var facts: [NewFact]
    }

    struct File: Sendable {
        var file: StoredFile
        let at: Moment
        /// The part in which it left, and when.
        var released: (part: Int, at: Moment)?
    }

    var id: Case.ID
    let openedAt: Moment
    var steps: [Step]
    var files: [File]
    var summary: Summary
    /// How many facts it has.
    var facts: Int { summary.lastSequence }
}

extension Transaction {
    /// Keeps a case with all that belongs to it, by the store's own statements.
    func keep(_ told: ToldCase) throws {
        let key = try makeKey(at: told.openedAt)
        try openCase(told.id, under: key, at: told.openedAt)
        var last = 0
        for step in told.steps {
            last = try append(step.facts, to: told.id, after: last, at: step.at, by: step.actor)
        }
        for file in told.files {
            try add(file.file, under: key, to: told.id, state: .clean, by: "staff:", at: file.at)
            if let released = file.released {
                try recordRelease(of: file.file.id, from: told.id, part: released.part, at: released.at)
            }
        }
        try save(told.summary)
    }
}
