import Casework
import Hummingbird
import Rights
import Web

extension Desk {
    /// Letters to the requester, to be printed and posted: in the usual size or in large print (S1-67).
    var letterRoutes: [Route] {
        [
            .get("/cases/:case/messages/:message/letter", .staff(.viewCases)) { visit in
                let number = try visit.number("message")
                let opened = try await open(visit)
                guard let conversation = opened.matter.conversation(number) else { throw Problem.notFound }
                let policy = casework.policies.current
                let sheet = LetterSheet(
                    from: [opened.trust.name, opened.department(opened.matter.received.department)],
                    about: [opened.matter.reference, conversation.on.inWords], text: conversation.sent.text,
                    size: LetterSheet.Size(rawValue: visit.query("size")) ?? .usual,
                    otherFormats: try policy.fill(
                        .otherFormats, MergeValues(trust: casework.trust, policy: policy)))
                return visit.show(
                    Page(
                        "Letter, \(opened.matter.reference)",
                        back: Link("Back to \(opened.matter.reference)", opened.address.messages),
                        """
                        \(.heading("Letter", caption: opened.matter.reference))\
                        \(.twoThirds(sheet.html(at: opened.address.letter(number))))
                        """))
            }
        ]
    }
}
