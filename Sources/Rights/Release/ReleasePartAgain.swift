/// Files whose time has ended go to the requester once more, for as long as the first time (S1-63). The gates stand
/// before it as before any release, the release check among them.
package struct ReleasePartAgain: Act {
    package static let allowed = Allowed.staff(.release)

    package var part: Int
    package var reason: String

    package init(part: Int, reason: String) {
        self.part = part
        self.reason = reason
    }

    package func decide(on matter: Case, in situation: Situation) -> Verdict {
        guard let released = matter.parts.first(where: { $0.part.number == part }) else {
            return .refused([Reason("no-part", "There is no such release.")])
        }
        var reasons = Reasons()
        reasons.require(
            situation.today > released.downloadUntil, "still-there",
            "These files can still be downloaded until \(released.downloadUntil.inWords).")
        for gate in matter.gates(under: situation.policy, isFinal: false) {
            if let blocker = gate.blocker { reasons.require(false, "gate-\(gate.code)", blocker) }
        }
        reasons.requireText(reason, "reason", "Say why the files are released again.")
        let fact = ReleasedAgain(
            part: part, reason: reason,
            downloadUntil: situation.policy.periods.lastDownload(ofFilesReleasedOn: situation.today))
        return .facts([Addition(.releasedAgain(fact), on: situation.today)], unless: reasons.list)
    }
}
