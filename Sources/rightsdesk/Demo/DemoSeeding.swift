import Casework
import NIOCore
import Rights
import Store

/// Fills an empty data folder with made-up cases in every state, relative to today.
struct DemoSeeding: Sendable {
    let desk: DemoDesk
    let people: DemoAccounts
    /// Told how many cases there are so far, and of how many.
    let progress: @Sendable (Int, Int) -> Void

    /// - Throws: `DatabaseInUse` where there are cases already: made-up ones never go among real ones.
    func run() async throws {
        let known = try await desk.casework.store.read { try $0.count(SummaryFilter(for: .nobody), most: 1) }
        guard known == 0 else { throw DatabaseInUse() }
        let patient = account(0)
        let solicitor = account(1)
        let executor = account(2)
        let stories = stories(patient: patient, solicitor: solicitor, executor: executor)
        for (index, story) in stories.enumerated() {
            try await story()
            progress(index + 1, stories.count)
        }
    }

    private func account(_ index: Int) -> Account.ID? {
        people.requesters.indices.contains(index) ? Account.ID(people.requesters[index].id) : nil
    }

    private typealias Telling = @Sendable () async throws -> Void

    private func stories(patient: Account.ID?, solicitor: Account.ID?, executor: Account.ID?) -> [Telling] {
        let person = DemoPeople.person
        var all: [Telling] = [
            { try await desk.justReceived(person(0), patient) },
            { try await desk.answered(person(0), patient) },
            { try await released(person(0), patient, daysAgo: 60, downloaded: true) },
            { try await desk.halfChecked(person(1), solicitor) },
            { try await desk.waiting(person(2), solicitor) },
            { try await desk.extended(person(3), solicitor) },
            { try await desk.byLetter(person(4)) },
            { try await desk.takenBack(person(5), solicitor) },
            { try await desk.nothingHeld(person(6), solicitor) },
            {
                try await desk.turnedDown(
                    person(7), solicitor, ground: "unfounded",
                    regulator: desk.casework.policies.current.regulator)
            },
            { try await desk.lapsed(person(8), solicitor) },
            { try await desk.forTheDead(person(10), executor, checked: false) },
            { try await desk.forTheDead(person(13), executor, checked: true) },
            { try await partReady(person(11), solicitor) },
            { try await readyToRelease(person(12), solicitor) },
            { try await unscanned(person(14), solicitor) },
            { try await released(person(15), solicitor, daysAgo: 75, downloaded: false) },
        ]
        // Due in two days, due today, late: what Today has to put first.
        for (index, started) in [26, 28, 31, 14, 5, 3, 9, 19].enumerated() {
            all.append { _ = try await desk.running(person(16 + index), solicitor, started: started) }
        }
        for index in 24..<40 {
            all.append {
                try await released(person(index), solicitor, daysAgo: 60 + index * 9, downloaded: index % 3 == 0)
            }
        }
        return all
    }

    // MARK: Stories with files

    private func released(_ person: DemoPerson, _ account: Account.ID?, daysAgo: Int, downloaded: Bool) async throws {
        var story = try await desk.running(person, account, started: daysAgo)
        try await returnTasks(&story, daysAgo - 8)
        let files = try await addRecords(&story, daysAgo - 10, count: 2)
        try await confirm(&story, daysAgo - 12)
        // A quarter of the old answers were late, as in life.
        let answered = daysAgo - (daysAgo / 9 % 4 == 0 ? 33 : 21)
        try await story.staff(
            max(answered, 1), ReleasePart(files: files.map(\.id), note: Self.note, isFinal: true))
        guard downloaded, let first = files.first else { return }
        try await story.requester(max(answered - 1, 0), DownloadFile(part: 1, file: first.id))
    }

    private func partReady(_ person: DemoPerson, _ account: Account.ID?) async throws {
        var story = try await desk.running(person, account, started: 20)
        try await returnTasks(&story, 15)
        let files = try await addRecords(&story, 12, count: 1)
        try await confirm(&story, 11)
        try await story.staff(11, ReleasePart(files: files.map(\.id), note: Self.note, isFinal: false))
    }

    private func readyToRelease(_ person: DemoPerson, _ account: Account.ID?) async throws {
        var story = try await desk.running(person, account, started: 16)
        try await returnTasks(&story, 9)
        _ = try await addRecords(&story, 5, count: 3)
        try await confirm(&story, 2)
    }

    private func unscanned(_ person: DemoPerson, _ account: Account.ID?) async throws {
        var story = try await desk.running(person, account, started: 12)
        let file = try await takeIn(for: story.id, named: "Scan of volume 1.pdf", title: "Volume 1")
        try await story.staff(4, AddFiles(files: [file], purpose: .record, arrivedOn: desk.day(4)))
        try await story.system(
            4, InspectFile(inspected: FileInspected(file: file.id, result: .infected("Eicar-Test-Signature"))))
    }

    private func returnTasks(_ story: inout DemoDesk.Story, _ daysAgo: Int) async throws {
        try await story.staff(daysAgo, ReturnTask(number: 1, isDone: true, outcome: "Two volumes scanned."))
        try await story.staff(
            daysAgo, ReturnTask(number: 2, isDone: true, outcome: "Images are on the disc."), as: desk.xRay)
    }

    private func addRecords(_ story: inout DemoDesk.Story, _ daysAgo: Int, count: Int) async throws -> [StoredFile] {
        var files: [StoredFile] = []
        for number in 1...count {
            files.append(
                try await takeIn(for: story.id, named: "Case notes, volume \(number).pdf", title: "Volume \(number)"))
        }
        try await story.staff(daysAgo, AddFiles(files: files, purpose: .record, arrivedOn: desk.day(daysAgo)))
        for file in files {
            try await story.system(
                daysAgo, InspectFile(inspected: FileInspected(file: file.id, result: .admittedUnscanned)))
        }
        return files
    }

    private func confirm(_ story: inout DemoDesk.Story, _ daysAgo: Int) async throws {
        let statements = desk.casework.policies.current.releaseChecks(in: .living).map(\.code)
        try await story.staff(daysAgo, ConfirmRelease(statements: statements))
    }

    private func takeIn(for id: Case.ID, named name: String, title: String) async throws -> StoredFile {
        let bytes = DemoDocument.pdf(
            title: title, lines: ["Made-up records of a made-up person.", "Seen in the outpatient clinic."])
        return try await desk.casework.takeIn(
            OneBuffer(bytes: bytes), named: name, under: try await desk.casework.key(of: id), into: id, from: .staff,
            by: .staff(desk.medicoLegal))
    }

    private static let note =
        "Here are the records you asked for. Some details of other people are left out. You can complain to us, and to "
        + "the regulator, if you think that something is missing."
}

/// There are cases in the data folder that the demonstration did not make.
struct DatabaseInUse: Error {}

/// Bytes as the stream that the vault takes.
private struct OneBuffer: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    let bytes: [UInt8]

    func makeAsyncIterator() -> Iterator { Iterator(rest: ByteBuffer(bytes: bytes)) }

    struct Iterator: AsyncIteratorProtocol {
        var rest: ByteBuffer?

        mutating func next() async -> ByteBuffer? {
            defer { rest = nil }
            return rest
        }
    }
}
