/// A form of the portal as data (S1-66): sections that make the task list, their pages, their questions.
///
/// Pure: what to show, what is missing and what the answers mean are functions of the form and the answers.
/// A draft and a request keep `code` and `version`, and so the form they were made on.
package struct ApplicationForm: Listed, Hashable {
    package let code: String
    /// Grows whenever the trust changes the form.
    package let version: Int
    package let title: String
    package let regime: Regime
    package let sections: [Section]
    /// The capacities that may be chosen, with the documents each must bring.
    package let capacities: Catalogue<Capacity>
    package let documentTypes: Catalogue<DocumentType>
    /// The most files one question takes.
    package let filesPerQuestion: Int
    package let filesPerRequest: Int
    package var retired: Bool { false }

    package init(
        code: String, version: Int, title: String, regime: Regime, sections: [Section],
        capacities: Catalogue<Capacity>, documentTypes: Catalogue<DocumentType>, filesPerQuestion: Int,
        filesPerRequest: Int
    ) {
        self.code = code
        self.version = version
        self.title = title
        self.regime = regime
        self.sections = sections
        self.capacities = capacities
        self.documentTypes = documentTypes
        self.filesPerQuestion = filesPerQuestion
        self.filesPerRequest = filesPerRequest
    }

    /// A task of the task list.
    package struct Section: Hashable, Sendable {
        package let code: String
        package let title: String
        /// The heading of the task list it stands under: `1. About the request`.
        package let group: String
        /// Codes of the sections that must be completed before it can be started.
        package let after: [String]
        package let pages: [Page]

        package init(code: String, title: String, group: String, after: [String], pages: [Page]) {
            self.code = code
            self.title = title
            self.group = group
            self.after = after
            self.pages = pages
        }
    }

    /// One page: one question, or one small group.
    package struct Page: Hashable, Sendable {
        package let code: String
        package let title: String
        /// Plain paragraphs, with a blank line between, before the first question.
        package let intro: String
        package let condition: Condition
        package let questions: [Question]
        /// Ask for the documents that the requester's capacity calls for, after the questions above.
        package let documents: DocumentRequest?

        package init(
            code: String, title: String, intro: String, condition: Condition, questions: [Question],
            documents: DocumentRequest?
        ) {
            self.code = code
            self.title = title
            self.intro = intro
            self.condition = condition
            self.questions = questions
            self.documents = documents
        }
    }

    /// Which of a capacity's documents a page asks for.
    package enum DocumentRequest: String, CaseIterable, Sendable {
        case identity
        case address
        /// All proof of authority but the signed consent.
        case authority
        /// The consent form signed by the patient (S1-35).
        case consent

        /// Whether a page with this request asks for that document.
        package func wants(_ slot: DocumentSlot) -> Bool {
            switch self {
            case .identity: slot.check == .identity
            case .address: slot.check == .address
            case .authority: slot.check == .authority && !slot.isConsent
            case .consent: slot.isConsent
            }
        }
    }
}
