import Rights
import Store

extension Casework {
    /// Writes to the staff who are to be told that a date comes near or has passed: those who hold one of the roles,
    /// and the case's handler (policy 7.2.6, 3.4; S2-012). The mail says no more than that a request needs attention.
    ///
    /// Nobody is told of a case about themselves (policy 6.4.1). Where nobody holds a role, the administrators are
    /// told, because a warning that reaches nobody is silence.
    func tellStaff(
        _ raised: AlertRaised, about matter: Case, _ sequence: Int, in situation: Situation, _ transaction: Transaction
    ) throws {
        let present = try transaction.allStaff().filter {
            $0.mayEnter(on: situation.today) && !$0.asReader.isConcerned(in: matter)
        }
        let roles = Set(raised.told)
        var told = present.filter { !roles.isDisjoint(with: $0.roles) || $0.id == matter.handler?.staff }
        if told.isEmpty {
            told = present.filter { situation.policy.permissions(of: $0.roles).contains(.administer) }
        }
        guard !told.isEmpty else { return }
        let values = MergeValues(trust: trust, policy: situation.policy)
            .adding([.link: "\(trust.desk)/cases/\(matter.id)"])
        let text = try situation.policy.fill(.staffAlert, values)
        for staff in told {
            try transaction.post(
                NewMessage(
                    channel: .email, recipient: staff.email, subject: text.plainTitle, body: text.plainText,
                    caseID: matter.id, dedupeKey: "case:\(matter.id):\(sequence):staff-alert:\(staff.id)"),
                at: situation.now)
        }
    }
}

extension StoredStaff {
    /// Only for asking whether a case is about them.
    fileprivate var asReader: Staff {
        Staff(
            id: id, label: name, department: department, permissions: [],
            own: OwnIdentity(name: name, email: email, dateOfBirth: dateOfBirth, nhsNumber: nhsNumber))
    }
}
