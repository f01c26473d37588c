import Casework
import Hummingbird
import Rights
import Web

extension Portal {
    /// Letters of the trust, to be printed: in the usual size or in large print (S1-67).
    var letterRoutes: [Route] {
        [
            .get("/requests/:request/messages/:number/letter", .requester) { visit in
                let matter = try await casework.open(visit.identifier("request"), by: visit.actor)
                let view = try view(matter)
                let message = view.messages.first { message in
                    message.question.map { String($0.number) == visit.parameter("number") } ?? false
                }
                guard let message, let question = message.question else { throw Problem.notFound }
                // Opening a message is an act, which its time is kept of (S1-60); this page only repeats it.
                guard !question.isUnread else { return visit.redirect(to: "\(Place.request(view.id))#messages") }
                let sheet = LetterSheet(
                    from: [casework.trust.name, view.department],
                    about: [view.reference, casework.surroundings.day(message.at).inWords], text: message.text,
                    size: LetterSheet.Size(rawValue: visit.query("size")) ?? .usual,
                    otherFormats: try text(.otherFormats))
                let path = Place.letter(question.number, of: view.id)
                return visit.show(
                    Page(
                        "Letter", back: Link("Back to your request", Place.request(view.id)), current: Place.requests,
                        .twoThirds("\(HTML.heading("Letter", caption: view.reference))\(sheet.html(at: path))")))
            }
        ]
    }
}
