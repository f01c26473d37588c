import Casework
import Rights
import Store

/// A case by which others are told that differ in their person, account, reference and files. To decide each act of
/// 100,000 cases anew would take most of the time that filling takes, and would say the same words.
struct Pattern: Sendable {
    /// Where the text of an identifier stands in the body of a fact. All of them have the same length.
    private struct Mark: Sendable {
        let step: Int
        let fact: Int
        let offset: Int
        /// Which of the files; nothing for the account.
        let file: Int?
    }

    private let told: ToldCase
    private let received: Received
    private let marks: [Mark]

    /// - Parameter received: what its first fact says.
    init(_ told: ToldCase, received: Received) {
        self.told = told
        self.received = received
        let files = Dictionary(uniqueKeysWithValues: told.files.enumerated().map { ($1.file.id.text, $0) })
        let account = received.requester.account?.text
        var marks: [Mark] = []
        for (step, one) in told.steps.enumerated() {
            for (fact, kept) in one.facts.enumerated() {
                for offset in Self.quoted(in: kept.body) {
                    let text = String(decoding: kept.body[offset..<(offset + Self.length)], as: UTF8.self)
                    if let file = files[text] {
                        marks.append(Mark(step: step, fact: fact, offset: offset, file: file))
                    } else if text == account {
                        marks.append(Mark(step: step, fact: fact, offset: offset, file: nil))
                    }
                }
            }
        }
        self.marks = marks
    }

    private static let length = 26

    /// Where texts as long as an identifier begin.
    private static func quoted(in body: [UInt8]) -> [Int] {
        let quotes = body.indices.filter { body[$0] == UInt8(ascii: "\"") }
        return zip(quotes, quotes.dropFirst()).filter { $1 - $0 == length + 1 }.map { $0.0 + 1 }
    }

    /// The year in which cases of this pattern came, which their references bear.
    var year: Int { told.summary.receivedOn.parts.year }

    /// The same course of another case.
    ///
    /// - Parameter number: whose it is.
    func retold(_ number: Int, reference: String, account: Account.ID) throws -> ToldCase {
        let person = MadeUpPerson(number)
        var names = Dice(number &* 1_000_003)
        var other = told
        other.id = Identifier(at: told.openedAt, random: names.bytes(10))
        for index in other.files.indices {
            other.files[index].file.id = Identifier(at: told.files[index].at, random: names.bytes(10))
        }
        for index in other.steps.indices where told.steps[index].actor.hasPrefix("requester:") {
            other.steps[index].actor = Actor.requester(account).skeleton
        }
        for mark in marks {
            let fact = other.steps[mark.step].facts[mark.fact]
            var body = fact.body
            let text = mark.file.map { other.files[$0].file.id.text } ?? account.text
            body.replaceSubrange(mark.offset..<(mark.offset + Self.length), with: text.utf8)
            other.steps[mark.step].facts[mark.fact] = NewFact(kind: fact.kind, effective: fact.effective, body: body)
        }
        var received = received
        received.reference = reference
        received.subject = person.subject
        received.requester.name = person.subject.name
        received.requester.email = person.email
        received.requester.address = person.subject.address
        received.requester.account = account
        other.steps[0].facts[0] = try EntryCoding.stored(
            Addition(.received(received), on: told.summary.receivedOn), by: Actor.requester(account).author)
        other.summary.id = other.id
        other.summary.reference = reference
        other.summary.account = account
        other.summary.requesterName = person.subject.name.full
        other.summary.requesterEmail = person.email
        other.summary.subjectName = person.subject.name.full
        other.summary.nhsNumber = person.subject.nhsNumber?.digits
        other.summary.hospitalNumber = person.subject.hospitalNumber
        other.summary.dateOfBirth = person.subject.dateOfBirth
        return other
    }
}
