import Rights
import Web

/// Accepting a proof: which document was seen, how, and when it came (policy 5.1(c), 5.2(d); S2-068).
struct AcceptanceForm: CaseForm {
    static let pattern = "/cases/:case/checks/:check/acceptance"
    static let permission = Permission.checkEvidence
    static let done = Done.accepted

    let check: Check

    init(_ visit: StaffVisit) throws {
        check = try Check(in: visit)
    }

    func title(in opened: OpenedCase) -> String { "Check \(check.title.lowercased())" }

    func start(in opened: OpenedCase) -> Form {
        let offered = opened.matter.standing(of: check).offered
        let slots = slots(in: opened)
        var form = Form()
        form.set("arrived-on", to: offered.map(\.on).max() ?? opened.matter.receivedOn)
        for slot in slots {
            let known = offered.compactMap(\.evidence.document).last(where: slot.accepts.contains)
            if let known { form.set(slots.field("document", of: slot), to: known) }
        }
        return form
    }

    private func slots(in opened: OpenedCase) -> [DocumentSlot] {
        opened.policy.slots(for: check, in: opened.matter.requester.capacity)
    }

    func fields(_ form: Form, in opened: OpenedCase) -> HTML {
        let slots = slots(in: opened)
        let seen: HTML =
            slots.isEmpty
            ? .insetText("<p>\(noDocument(in: opened))</p>")
            : HTML(slots.map { fields(form, $0, among: slots, in: opened) })
        return """
            \(OfferedProof(check, in: opened).html)\(WantedProof(check, in: opened).html)\(guidance(in: opened))\(seen)\
            \(.dateInput(
                form.date("arrived-on"), legend: .small("When did it reach the trust?"),
                hint: "The clock starts on the day the last proof came in."))\
            \(.textarea(form["note"], label: .small("Note (optional)"), rows: 2))
            """
    }

    /// What is asked about one thing to show.
    private func fields(
        _ form: Form, _ slot: DocumentSlot, among slots: [DocumentSlot], in opened: OpenedCase
    ) -> HTML {
        let documents = slot.accepts.compactMap { opened.policy.documentTypes[$0] }
        let only = documents.count == 1 ? documents.first : nil
        let name = slots.count == 1 ? "" : only.map { ": \($0.label)" } ?? ", \(slot.code.replacing("-", with: " "))"
        let optional = slot.required ? "" : " (optional)"
        return """
            \(.radios(
                form[slots.field("document", of: slot)],
                legend: .small("Which document have you seen?\(name)\(optional)"),
                documents.map { Choice($0.code, $0.label, hint: validity($0)) }))\
            \(.radios(
                form[slots.field("seen-as", of: slot)], legend: .small("How did you see it?\(name)"), isInline: true,
                SeenAs.allCases.map { Choice($0.rawValue, $0.rawValue) }))\
            \(dates(form, documents, name) { slots.field($0, of: slot) })
            """
    }

    private func noDocument(in opened: OpenedCase) -> String {
        let capacity = opened.policy.capacities[opened.matter.requester.capacity]?.name ?? "requester"
        return "No document is needed to prove \(check.title.lowercased()) for this kind of requester (\(capacity))."
    }

    private func guidance(in opened: OpenedCase) -> HTML? {
        guard check == .authority, let capacity = opened.policy.capacities[opened.matter.requester.capacity],
            !capacity.guidance.isBlank
        else { return nil }
        return .details("What to look at before you accept", .paragraphs(capacity.guidance))
    }

    /// Asked only where some document of the list ages or ends.
    private func dates(
        _ form: Form, _ documents: [DocumentType], _ name: String, _ field: (String) -> String
    ) -> HTML {
        var dates: [HTML] = []
        let ages = documents.contains { if case .months = $0.validity { true } else { false } }
        if ages {
            dates.append(
                .dateInput(
                    form.date(field("issued")),
                    legend: .small("Date on the document, if it is a bill or statement\(name)")))
        }
        if documents.contains(where: { $0.validity == .untilExpiry }) {
            dates.append(
                .dateInput(form.date(field("expires")), legend: .small("Expiry date, if it has one\(name)")))
        }
        return HTML(dates)
    }

    private func validity(_ document: DocumentType) -> HTML? {
        switch document.validity {
        case .unlimited: nil
        case .untilExpiry: "Must not have expired"
        case .months(let months): "From the last \(months) months"
        }
    }

    let button = HTML.button("Accept")

    func act(_ form: inout Form, in opened: OpenedCase) -> AcceptCheck {
        let slots = slots(in: opened)
        let arrived = form.day("arrived-on", called: "Date it reached the trust") ?? opened.today
        var documents: [SeenDocument] = []
        for slot in slots {
            let (document, seenAs) = (slots.field("document", of: slot), slots.field("seen-as", of: slot))
            let issued = form.day(
                slots.field("issued", of: slot), called: "Date on the document", isRequired: false)
            let expires = form.day(slots.field("expires", of: slot), called: "Expiry date", isRequired: false)
            let seen = form.text(seenAs)
            let chosen = form.optional(document)
            if chosen != nil || slot.required, SeenAs(rawValue: seen) == nil {
                form.add("Choose how you saw it.", to: seenAs)
            }
            if let chosen {
                documents.append(
                    SeenDocument(document: chosen, slot: slot.code, seenAs: seen, issued: issued, expires: expires))
            }
        }
        return AcceptCheck(check: check, arrivedOn: arrived, documents: documents, note: form.optional("note"))
    }

    func next(in opened: OpenedCase) -> String { opened.address.checks }

    func isFinal(_ reason: Reason) -> Bool {
        switch reason.code {
        case "closed", "already-accepted", "file-not-checked": true
        default: false
        }
    }
}

/// How a document was seen (S2-068).
enum SeenAs: String, CaseIterable, Sendable {
    case original = "Original"
    case certified = "Certified copy"
    case copy = "Copy"
    case screen = "On screen"
}

extension Check {
    /// The check that the path names.
    init(in visit: StaffVisit) throws(Problem) {
        guard let check = Check(rawValue: visit.parameter("check")) else { throw .notFound }
        self = check
    }
}

extension Form {
    /// A text, or nothing where none was given.
    func optional(_ name: String) -> String? {
        let text = text(name)
        return text.isEmpty ? nil : text
    }

    /// A date that is known already.
    mutating func set(_ name: String, to day: Day) {
        let parts = day.parts
        set("\(name)[day]", to: String(parts.day))
        set("\(name)[month]", to: String(parts.month))
        set("\(name)[year]", to: String(parts.year))
    }
}
