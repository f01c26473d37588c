import Rights

/// What a form takes from the rest of the policy.
struct FormSurroundings {
    let capacities: [Capacity]
    let documentTypes: [DocumentType]
    let limits: FileLimits?
}

/// `forms/*.yaml`: the application forms.
extension PolicyReading {
    func form(in section: Section, at path: String, _ around: FormSurroundings) -> ApplicationForm? {
        let code = path.split(separator: "/").last.map { String($0.dropLast(5)) } ?? path
        ledger.declare(.form, Section.Placed(text: code, file: path, line: 1))
        let regime = section.one(of: Regime.self, "regime") ?? .living
        let reading = FormReading(
            regime: regime, capacities: around.capacities.filter { $0.regimes.contains(regime) && !$0.retired },
            limits: around.limits)
        reading.readFacts(in: section)
        let sections = section.each("sections", reading.formSection)
        reading.findAbsent(in: section)
        return ApplicationForm(
            code: code, version: section.integer("version", 1...1_000_000), title: section.text("title"),
            regime: regime, sections: sections, capacities: Catalogue(reading.capacities),
            documentTypes: Catalogue(around.documentTypes), filesPerQuestion: around.limits?.filesPerQuestion ?? 1,
            filesPerRequest: around.limits?.filesPerRequest ?? 1)
    }
}

/// One reading of one form: what earlier pages asked, so that a condition can only look back.
final class FormReading {
    let regime: Regime
    let capacities: [Capacity]
    private let limits: FileLimits?
    /// The questions read so far, those of the page being read not among them.
    private(set) var earlier: [String: Question] = [:]
    private var pageQuestions: [String: Question] = [:]
    private var meanings: Set<Meaning> = []
    private var sections: Set<String> = []
    private var pages: Set<String> = []
    private var documents: Set<ApplicationForm.DocumentRequest> = []
    private(set) var facts:
        [String: (line: Section.Placed, all: [Section.Placed], any: [Section.Placed], none: [Section.Placed])] = [:]

    init(regime: Regime, capacities: [Capacity], limits: FileLimits?) {
        self.regime = regime
        self.capacities = capacities
        self.limits = limits
    }

    func readFacts(in section: Section) {
        for fact in section.each("facts", optional: true, namedFact) {
            facts[fact.name.text] = (fact.name, fact.all, fact.any, fact.none)
        }
    }

    private func namedFact(
        in entry: Section
    ) -> (name: Section.Placed, all: [Section.Placed], any: [Section.Placed], none: [Section.Placed])? {
        guard let name = entry.placed("name") else { return nil }
        if facts[name.text] != nil || DerivedFact(rawValue: name.text) != nil {
            entry.fault(at: name, "There is already a fact `\(name.text)`", "Choose another name.")
        }
        return (name, entry.places("all"), entry.places("any"), entry.places("none"))
    }

    func formSection(in entry: Section) -> ApplicationForm.Section? {
        let code = entry.text("code")
        let after = entry.places("after")
        for needed in after where !sections.contains(needed.text) {
            entry.fault(
                at: needed, "There is no earlier section `\(needed.text)`",
                suggestion(for: needed.text, among: sections))
        }
        if !sections.insert(code).inserted {
            entry.fault(at: "code", "There are two sections `\(code)`", "Give one of them another code.")
        }
        let section = ApplicationForm.Section(
            code: code, title: entry.text("title"), group: entry.text("group"), after: after.map(\.text),
            pages: entry.each("pages", page))
        if section.pages.isEmpty {
            entry.fault(at: "pages", "The section `\(code)` has no page", "Add one, or take the section out.")
        }
        return section
    }

    private func page(in entry: Section) -> ApplicationForm.Page? {
        let code = entry.text("code")
        if !pages.insert(code).inserted {
            entry.fault(at: "code", "There are two pages `\(code)`", "Give one of them another code.")
        }
        let condition = condition(in: entry)
        let questions = entry.each("questions", optional: true, question)
        let documents = entry.has("documents") ? entry.one(of: ApplicationForm.DocumentRequest.self, "documents") : nil
        if let documents {
            self.documents.insert(documents)
            if !meanings.contains(.requesterCapacity) {
                entry.fault(
                    at: "documents", "The page asks for documents before it is known who asks",
                    "Put it after the page with the question of type `capacity`.")
            }
            if !capacities.contains(where: { $0.documents.contains { documents.wants($0) } }), questions.isEmpty {
                entry.fault(
                    at: "documents", "The page `\(code)` can never be reached: nobody has to send such documents",
                    "Take the page out, or add the documents in capacity.yaml.")
            }
        } else if questions.isEmpty {
            entry.fault(at: "code", "The page `\(code)` asks nothing", "Add `questions` or `documents`.")
        }
        earlier.merge(pageQuestions) { first, _ in first }
        pageQuestions = [:]
        return ApplicationForm.Page(
            code: code, title: entry.text("title"), intro: entry.text("intro", or: ""), condition: condition,
            questions: questions, documents: documents)
    }

    private func question(in entry: Section) -> Question? {
        let code = entry.text("code")
        let isSlot = capacities.contains { $0.documents.contains { $0.code == code } }
        if earlier[code] != nil || pageQuestions[code] != nil || isSlot {
            entry.fault(
                at: "code", isSlot ? "`\(code)` is also the code of a document" : "There are two questions `\(code)`",
                "Give one of them another code.")
        }
        let label = entry.text("label")
        let type = entry.optional(of: QuestionType.self, "type") ?? .text
        let kind = kind(type, in: entry)
        let meaning = type == .capacity ? Meaning.requesterCapacity : meaning(of: kind, in: entry)
        if let meaning, !meanings.insert(meaning).inserted {
            entry.fault(
                at: type == .capacity ? "type" : "means", "Two questions mean `\(meaning.rawValue)`",
                "Take `means` out of one of them.")
        }
        let required = entry.flag("required", or: true)
        let question = Question(
            code: code, label: label, hint: entry.text("hint", or: ""), noun: entry.text("noun", or: label), kind: kind,
            required: required,
            whenEmpty: required ? entry.text("when-empty") : entry.text("when-empty", or: ""),
            condition: condition(in: entry), meaning: meaning)
        pageQuestions[code] = question
        return question
    }

    private func meaning(of kind: Question.Kind, in entry: Section) -> Meaning? {
        guard entry.has("means"), let meaning = entry.one(of: Meaning.self, "means") else { return nil }
        if !meaning.fits(kind) {
            entry.fault(
                at: "means", "A question of this type cannot mean `\(meaning.rawValue)`",
                "Change its `type`, or take `means` out.")
        }
        return meaning
    }

    /// Meanings without which the case could not be opened, and documents without which it could not be checked.
    func findAbsent(in section: Section) {
        var needed: [Meaning] = [
            .requesterCapacity, .requesterGivenName, .requesterFamilyName, .subjectGivenName, .subjectFamilyName,
            .scope,
            .declaration,
        ]
        if regime == .deceased { needed.append(.subjectDateOfDeath) }
        for meaning in needed where !meanings.contains(meaning) {
            section.fault(
                at: "sections", "No question means `\(meaning.rawValue)`",
                meaning == .requesterCapacity
                    ? "Add a question of the type `capacity`."
                    : "Add it to the question with `means: \(meaning.rawValue)`.")
        }
        for request in ApplicationForm.DocumentRequest.allCases where !documents.contains(request) {
            guard capacities.contains(where: { $0.documents.contains { request.wants($0) && $0.required } }) else {
                continue
            }
            section.fault(
                at: "sections", "No page asks for the documents of `\(request.rawValue)`",
                "Add a page with `documents: \(request.rawValue)`; capacity.yaml requires them.")
        }
    }

    // MARK: kinds

    private enum QuestionType: String, CaseIterable {
        case text, date, choice, several, email, phone, address, declaration, capacity
        case longText = "long-text"
        case yesNo = "yes-no"
        case nhsNumber = "nhs-number"
    }

    private func kind(_ type: QuestionType, in entry: Section) -> Question.Kind {
        switch type {
        case .text:
            .text(limit: entry.integer("limit", 1...1000, or: 200), autocomplete: entry.text("autocomplete", or: ""))
        case .longText: .longText(limit: entry.integer("limit", 1...20_000, or: 4000))
        case .date:
            .date(Question.DateRule(futureAllowed: entry.flag("future", or: false), notBefore: notBefore(in: entry)))
        case .yesNo: .yesNo
        case .choice: .choice(choices(in: entry))
        case .several: .several(choices(in: entry))
        case .capacity: .choice(capacities.map { Question.Choice(value: $0.code, label: $0.label) })
        case .nhsNumber: .nhsNumber
        case .email: .email
        case .phone: .phone
        case .address: .address
        case .declaration: .declaration(entry.text("statement"))
        }
    }

    private func notBefore(in entry: Section) -> Question.DateRule.Earlier? {
        guard let placed = entry.optionalPlaced("not-before") else { return nil }
        guard let question = earlier[placed.text] ?? pageQuestions[placed.text], case .date = question.kind else {
            entry.fault(
                at: placed, "There is no earlier date `\(placed.text)`",
                suggestion(
                    for: placed.text,
                    among: earlier.values.compactMap { if case .date = $0.kind { $0.code } else { nil } }))
            return nil
        }
        return Question.DateRule.Earlier(question: question.code, noun: question.noun)
    }

    private func choices(in entry: Section) -> [Question.Choice] {
        let choices = entry.each("choices") { choice in
            Question.Choice(
                value: choice.text("value"), label: choice.text("label"), hint: choice.text("hint", or: ""))
        }
        if choices.count < 2 {
            entry.fault(at: "choices", "A choice has at least two answers", "Add one, or use another `type`.")
        }
        if Set(choices.map(\.value)).count < choices.count {
            entry.fault(at: "choices", "Two answers have the same value", "Give one of them another `value`.")
        }
        return choices
    }
}
