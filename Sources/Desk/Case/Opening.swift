import Casework
import Rights
import Store
import Web

extension Desk {
    /// Opens the case that the path names for somebody to look at, and records that it was opened.
    ///
    /// - Throws: `Problem.notFound`, and `Problem.notAllowed` for a case about the person who asks.
    func open(_ visit: StaffVisit) async throws -> OpenedCase {
        let staff = visit.staff
        let read = try await casework.open(try visit.identifier("case"), by: visit.actor) {
            try Desk.similar(to: $1, for: staff, $0)
        }
        return try opened(read.matter, beside: read.beside, for: visit)
    }

    /// The same for an act on it. Whoever shows it after all records the view.
    func glance(_ visit: StaffVisit) async throws -> OpenedCase {
        let staff = visit.staff
        let read = try await casework.glance(try visit.identifier("case"), by: visit.actor) {
            try Desk.similar(to: $1, for: staff, $0)
        }
        return try opened(read.matter, beside: read.beside, for: visit)
    }

    private static func similar(
        to matter: Case, for staff: Staff, _ transaction: Transaction
    ) throws -> [Summary] {
        try transaction.possibleDuplicates(
            nhsNumber: matter.subject.nhsNumber?.digits, subjectName: matter.subject.name.full,
            dateOfBirth: matter.subject.dateOfBirth, except: matter.id, for: .staff(staff.own))
    }

    private func opened(_ matter: Case, beside similar: [Summary], for visit: StaffVisit) throws -> OpenedCase {
        let judged = Dictionary(
            matter.judgedDuplicates.map { ($0.other, $0.isDuplicate) }, uniquingKeysWith: { _, last in last })
        return OpenedCase(
            matter: matter, policy: try casework.policy(of: matter), clock: try reading(of: matter),
            kin: similar.map { KindredCase($0, judged: judged[$0.id]) }, staff: visit.staff, trust: casework.trust,
            today: visit.today, surroundings: casework.surroundings)
    }

    private func reading(of matter: Case) throws -> OpenedCase.ClockReading {
        do {
            guard let clock = try casework.clock(of: matter) else {
                return .unknown("No time limit is set for this kind of request.")
            }
            return .counted(clock)
        } catch let unknown as HolidaysUnknown {
            return .unknown(unknown.reason.text)
        }
    }
}
