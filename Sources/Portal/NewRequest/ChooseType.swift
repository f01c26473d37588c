import Rights
import Web

/// The first step of a new request: which kind (S1-33 to S1-36). What each needs is said before anybody starts.
struct ChooseType {
    let types: [ApplicationType]
    let draftDays: Int

    func page(_ form: Form, on visit: RequesterVisit) -> Page {
        Page(
            "New Request", back: Link("Back to your home page", Place.home), current: Place.newRequest, form: form,
            .twoThirds(
                visit.form(
                    to: Place.newRequest, again: form,
                    """
                    \(HTML.heading("New Request"))\
                    \(HTML.radios(
                        form["type"], legend: .medium("Which type of request do you want to make?"),
                        types.map { Choice($0.code, $0.label, hint: "\($0.summary)") }))\
                    <p>You do not have to finish in one go. We save your answers at every step and keep them for \
                    \(draftDays) days. Nothing is sent to us until you submit your request.</p>\
                    \(HTML.button("Continue"))
                    """)))
    }
}
