import Casework
import Rights
import Store

/// Works cases as a trust's staff and requesters would, on days that are past: every act goes through the same door
/// as in the live program, only the clock on the wall is another.
struct DemoDesk: Sendable {
    let casework: Casework
    let today: Day
    let medicoLegal: Staff
    let xRay: Staff

    /// The instant of an hour of a day that many days ago. Hours rise within a story, so that its order is plain.
    private func instant(daysAgo: Int, hour: Int) -> Moment {
        Moment(milliseconds: Int64((today - daysAgo).number) * 86_400_000 + Int64(hour) * 3_600_000)
    }

    func day(_ daysAgo: Int) -> Day { today - daysAgo }

    /// One case that is being told.
    struct Story {
        let desk: DemoDesk
        let id: Case.ID
        let account: Account.ID?
        private(set) var hour = 9

        init(desk: DemoDesk, id: Case.ID, account: Account.ID?) {
            self.desk = desk
            self.id = id
            self.account = account
        }

        /// Staff do something.
        @discardableResult
        mutating func staff(_ daysAgo: Int, _ act: some Act, as member: Staff? = nil) async throws -> Case {
            try await perform(act, daysAgo, .staff(member ?? desk.medicoLegal))
        }

        /// The requester does something.
        @discardableResult
        mutating func requester(_ daysAgo: Int, _ act: some Act) async throws -> Case {
            guard let account else { return try await perform(act, daysAgo, .staff(desk.medicoLegal)) }
            return try await perform(act, daysAgo, .requester(account))
        }

        /// The program's own jobs do something.
        @discardableResult
        mutating func system(_ daysAgo: Int, _ act: some Act) async throws -> Case {
            try await perform(act, daysAgo, .system("Virus check"))
        }

        private mutating func perform(_ act: some Act, _ daysAgo: Int, _ actor: Actor) async throws -> Case {
            // Eight acts fit in a working day; more than that on one day share its last hour.
            hour = min(hour + 1, 17)
            let at = desk.instant(daysAgo: daysAgo, hour: daysAgo == 0 ? 0 : hour) + sequenceSeconds
            return try await desk.casework.dated(at).perform(act, on: id, by: actor)
        }

        private var sequenceSeconds: Int { hour * 7 }
    }

    /// A request comes in, through the portal where there is an account, else by letter.
    func begins(
        _ daysAgo: Int, _ person: DemoPerson, account: Account.ID?, capacity: String = "patient",
        requester: PersonName? = nil, organisation: String? = nil, type: String = "living",
        died: Day? = nil, scope: String = "All my hospital records, including letters and test results.",
        channel: Channel = .portal, loggedDaysAgo: Int? = nil, with enclosures: [NewRequest.Enclosure] = [],
        key: DataKey.ID? = nil
    ) async throws -> Story {
        var subject = person.subject
        subject.dateOfDeath = died
        let request = NewRequest(
            applicationType: type, channel: account == nil ? channel : .portal, receivedOn: day(daysAgo),
            requester: Requester(
                name: requester ?? person.subject.name, organisation: organisation, email: person.email,
                phone: "07700 900\(100 + daysAgo % 800)", address: subject.address, capacity: capacity, account: account
            ),
            subject: subject,
            scope: Scope(
                description: scope, recordTypes: ["Letters", "Test results"], from: Day(year: 2015, month: 1, day: 1),
                to: day(daysAgo), format: "Download from the portal"),
            enclosures: enclosures)
        let actor: Actor = account.map { .requester($0) } ?? .staff(medicoLegal)
        let logged = instant(daysAgo: loggedDaysAgo ?? daysAgo, hour: 9)
        let matter = try await casework.dated(logged).begin(request, by: actor, under: key)
        return Story(desk: self, id: matter.id, account: account)
    }
}
