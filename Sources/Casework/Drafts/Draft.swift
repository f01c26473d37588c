import Foundation
import Rights
import Store

/// A request that its requester is still writing. It is no case: no clock runs, and no member of staff sees it.
package struct Draft: Sendable {
    package typealias ID = StoredDraft.ID

    package let id: ID
    package let account: Account.ID
    /// The key under which its files are kept.
    package let key: DataKey.ID
    package let type: ApplicationType
    /// The form as it is today.
    package let form: ApplicationForm
    package let answers: Answers
    /// The form has changed since the answers were saved, so some may be asked anew.
    package let formHasChanged: Bool
    package let begunAt: Moment
    package let changedAt: Moment
    /// The last day on which it is kept unless it is changed again.
    package let keptUntil: Day
    let revision: Int

    /// How many of the tasks are done, of how many.
    package var progress: (done: Int, of: Int) {
        let tasks = form.tasks(given: answers)
        return (tasks.count { $0.status == .completed }, tasks.count)
    }
}

/// How answers are kept between the steps.
enum AnswerCoding {
    static func bytes(_ answers: Answers) throws -> [UInt8] { Array(try JSONEncoder().encode(answers)) }

    static func answers(_ bytes: [UInt8]) throws -> Answers {
        try JSONDecoder().decode(Answers.self, from: Data(bytes))
    }
}

extension Casework {
    /// A kept draft under the policy of today; nothing where its kind of request is no longer offered.
    func draft(_ stored: StoredDraft) throws -> Draft? {
        let policy = policies.current
        guard let type = policy.portalTypes.first(where: { $0.code == stored.applicationType }),
            let form = type.form.flatMap({ policy.forms[$0] })
        else { return nil }
        return Draft(
            id: stored.id, account: stored.account, key: stored.key, type: type, form: form,
            answers: try AnswerCoding.answers(stored.answers), formHasChanged: stored.formVersion != form.version,
            begunAt: stored.begunAt, changedAt: stored.changedAt,
            keptUntil: surroundings.day(stored.changedAt) + policy.periods.draftDays, revision: stored.revision)
    }
}
