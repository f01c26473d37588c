import Casework
import Rights

extension OpenedCase {
    /// One of the policy's letters about this case, as the text that staff read and put right before it goes.
    ///
    /// - Throws: `WordingMissing` for a policy without that letter, `UnfilledMarkdown` for one that cannot be filled.
    func compose(_ standard: StandardWording, _ more: [MergeField: String]) throws -> String {
        let values = MergeValues(
            trust: trust, policy: policy, matter: matter, clock: clock.counted, today: today, signature: staff.label)
        return try policy.fill(standard, values.adding(more)).plainText
    }
}
