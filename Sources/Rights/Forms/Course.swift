/// Which pages and questions a form shows for given answers, and how far somebody has come.
extension ApplicationForm {
    /// The pages to show, in order, each with the questions to show on it: conditions applied, document slots made
    /// into upload questions. An answer to a question that is not shown counts for nothing.
    package func pages(given answers: Answers) -> [Page] { course(answers).pages }

    /// The visible page with this code; nothing for a page that these answers do not lead to.
    package func page(_ code: String, given answers: Answers) -> Page? {
        pages(given: answers).first { $0.code == code }
    }

    /// The page that "Continue" leads to: the next visible one of the same section, or nothing for the task list.
    package func page(after code: String, given answers: Answers) -> Page? {
        guard let section = sections.first(where: { $0.pages.contains { $0.code == code } }),
            let place = section.pages.firstIndex(where: { $0.code == code })
        else { return nil }
        let later = Set(section.pages[(place + 1)...].map(\.code))
        return pages(given: answers).first { later.contains($0.code) }
    }

    /// The page before, within the section.
    package func page(before code: String, given answers: Answers) -> Page? {
        guard let section = sections.first(where: { $0.pages.contains { $0.code == code } }),
            let place = section.pages.firstIndex(where: { $0.code == code })
        else { return nil }
        let earlier = Set(section.pages[..<place].map(\.code))
        return pages(given: answers).last { earlier.contains($0.code) }
    }

    /// The answers that count: those to questions that are shown.
    package func relevant(_ answers: Answers) -> Answers { course(answers).answers }

    /// The capacity chosen, if it can be chosen on this form.
    package func capacity(in answers: Answers) -> Capacity? {
        guard let question = capacityQuestion, case .choice(let code) = answers[question.code] else { return nil }
        return capacities[code]
    }

    /// The documents that the capacity chosen calls for on such a page.
    func slots(_ request: DocumentRequest, in answers: Answers) -> [DocumentSlot] {
        guard let capacity = capacity(in: answers) else { return [] }
        return capacity.documents.filter(request.wants)
    }

    private var capacityQuestion: Question? {
        for section in sections {
            for page in section.pages {
                if let question = page.questions.first(where: { $0.meaning == .requesterCapacity }) { return question }
            }
        }
        return nil
    }

    private func course(_ given: Answers) -> (pages: [Page], answers: Answers) {
        var live = Answers()
        var shown: [Page] = []
        for page in sections.flatMap(\.pages) where page.condition.holds(live, on: self) {
            let before = live
            var questions = page.questions.filter { $0.condition.holds(before, on: self) }
            if let request = page.documents {
                questions += slots(request, in: before).map { question(for: $0, in: before) }
            }
            if questions.isEmpty { continue }
            for question in questions {
                guard let answer = given[question.code], question.stillTakes(answer, with: live) else { continue }
                live[question.code] = answer
            }
            if given.pages.contains(page.code) { live.save(page.code) }
            shown.append(
                Page(
                    code: page.code, title: page.title, intro: page.intro, condition: page.condition,
                    questions: questions, documents: page.documents))
        }
        return (shown, live)
    }

    private func question(for slot: DocumentSlot, in answers: Answers) -> Question {
        Question(
            code: slot.code, label: slot.label, hint: slot.hint, noun: slot.label,
            kind: .files(
                .init(
                    slot: slot, accepts: slot.accepts.compactMap { documentTypes[$0]?.label },
                    limit: filesPerQuestion, reuses: reusable(for: slot, in: answers))),
            required: slot.required, whenEmpty: "Select a file to upload", condition: .always, meaning: nil)
    }

    /// One file may serve as proof of identity and of address (WCAG 2.2, redundant entry), if some document proves
    /// both and files were already given.
    private func reusable(for slot: DocumentSlot, in answers: Answers) -> String? {
        guard slot.check == .address, let capacity = capacity(in: answers) else { return nil }
        return capacity.documents.first { other in
            guard other.check == .identity, case .files(let files) = answers[other.code] else { return false }
            return !files.isEmpty && !Set(other.accepts).isDisjoint(with: slot.accepts)
        }?.code
    }
}

extension Question {
    /// Whether a kept answer still answers this question: a choice may have gone, a reused file been removed.
    func stillTakes(_ answer: Answer, with answers: Answers) -> Bool {
        switch kind {
        case .text, .longText, .email, .phone: if case .text = answer { true } else { false }
        case .date: if case .day = answer { true } else { false }
        case .nhsNumber: if case .nhsNumber = answer { true } else { false }
        case .address: if case .address = answer { true } else { false }
        case .declaration: answer == .confirmed
        case .yesNo, .choice:
            if case .choice(let value) = answer { choices.contains { $0.value == value } } else { false }
        case .several:
            if case .several(let values) = answer {
                values.allSatisfy { value in choices.contains { $0.value == value } }
            } else {
                false
            }
        case .files(let question):
            switch answer {
            case .files(let files): !files.isEmpty
            case .sameFiles(let other): question.reuses == other && answers[other] != nil
            case .text, .choice, .several, .day, .nhsNumber, .address, .confirmed: false
            }
        }
    }
}
