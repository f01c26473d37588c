/// How far a draft has come, for the task list.
extension ApplicationForm {
    package enum Status: Hashable, Sendable {
        case completed, inProgress, notYetStarted, cannotStartYet

        /// As the task list prints it.
        package var label: String {
            switch self {
            case .completed: "Completed"
            case .inProgress: "In progress"
            case .notYetStarted: "Not yet started"
            case .cannotStartYet: "Cannot start yet"
            }
        }
    }

    /// One line of the task list.
    package struct TaskLine: Hashable, Sendable {
        package let section: Section
        package let status: Status
        /// Where its link leads: the first page still to do, or the first of all. Nothing if it cannot start yet.
        package let page: String?
    }

    /// The task list: the sections that these answers call for, with their standing.
    package func tasks(given answers: Answers) -> [TaskLine] {
        let visible = pages(given: answers)
        let live = relevant(answers)
        var done: Set<String> = []
        var tasks: [TaskLine] = []
        for section in sections {
            let codes = Set(section.pages.map(\.code))
            let pages = visible.filter { codes.contains($0.code) }
            guard let first = pages.first else {
                // Before the answers it depends on, a section has no page yet; afterwards it is not needed.
                if section.after.allSatisfy(done.contains) {
                    done.insert(section.code)
                } else {
                    tasks.append(TaskLine(section: section, status: .cannotStartYet, page: nil))
                }
                continue
            }
            guard section.after.allSatisfy(done.contains) else {
                tasks.append(TaskLine(section: section, status: .cannotStartYet, page: nil))
                continue
            }
            let open = pages.first { !isDone($0, live) }
            if open == nil { done.insert(section.code) }
            let begun = pages.contains { page in
                live.pages.contains(page.code) || page.questions.contains { live[$0.code] != nil }
            }
            tasks.append(
                TaskLine(
                    section: section, status: open == nil ? .completed : begun ? .inProgress : .notYetStarted,
                    page: (open ?? first).code))
        }
        return tasks
    }

    /// What must still be answered before the request can be sent.
    package struct Missing: Hashable, Sendable {
        package let page: String
        package let section: String
        package let reason: Reason
    }

    /// Everything that is still missing; empty means that the request can be sent.
    package func missing(in answers: Answers) -> [Missing] {
        let live = relevant(answers)
        return pages(given: answers).flatMap { page -> [Missing] in
            let section = sections.first { $0.pages.contains { $0.code == page.code } }?.title ?? page.title
            let open = page.questions.filter { $0.required && live[$0.code] == nil }
            if open.isEmpty, !live.pages.contains(page.code) {
                return [
                    Missing(
                        page: page.code, section: section,
                        reason: Reason("page-not-saved", "Look at the page “\(page.title)” and choose Continue"))
                ]
            }
            return open.map { question in
                Missing(
                    page: page.code, section: section,
                    reason: Reason(
                        "answer-missing",
                        question.fileQuestion == nil ? question.whenEmpty : question.label, field: question.code))
            }
        }
    }

    private func isDone(_ page: Page, _ live: Answers) -> Bool {
        live.pages.contains(page.code) && page.questions.allSatisfy { !$0.required || live[$0.code] != nil }
    }
}

/// The answers as people read them again before they send them (S1-41).
extension ApplicationForm {
    package struct SummarySection: Hashable, Sendable {
        package let title: String
        package let rows: [SummaryRow]
    }

    package struct SummaryRow: Hashable, Sendable {
        package let question: String
        /// Lines; a list of files or an address has several. Empty if nothing was answered.
        package let answer: [String]
        /// The page that "Change" leads to.
        package let page: String
    }

    /// The rows of "Check your answers", by section; sections without a row are left out.
    package func summary(of answers: Answers) -> [SummarySection] {
        let live = relevant(answers)
        let visible = pages(given: answers)
        return sections.compactMap { section in
            let codes = Set(section.pages.map(\.code))
            let rows = visible.filter { codes.contains($0.code) }.flatMap { page in
                page.questions.map { question in
                    SummaryRow(
                        question: question.label, answer: question.words(for: live[question.code], in: live),
                        page: page.code)
                }
            }
            return rows.isEmpty ? nil : SummarySection(title: section.title, rows: rows)
        }
    }
}

extension Question {
    /// An answer in words, line by line.
    func words(for answer: Answer?, in answers: Answers) -> [String] {
        switch answer {
        case nil: []
        case .text(let text): text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        case .choice(let value): [choices.first { $0.value == value }?.label ?? value]
        case .several(let values): values.map { value in choices.first { $0.value == value }?.label ?? value }
        case .day(let day): [day.inWords]
        case .nhsNumber(let number): [number.description]
        case .address(let address): address.lines
        case .files(let files): files.map(\.name)
        case .sameFiles(let other):
            if case .files(let files) = answers[other] { files.map(\.name) } else { [] }
        case .confirmed: ["Confirmed"]
        }
    }
}
