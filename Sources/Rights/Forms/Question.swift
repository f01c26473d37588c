/// One question of a form.
package struct Question: Hashable, Sendable {
    /// Unique within the form; the name of its field.
    package let code: String
    package let label: String
    package let hint: String
    /// What it is called inside an error message: `Date of birth`.
    package let noun: String
    package let kind: Kind
    package let required: Bool
    /// The error when it is left empty, in the words of the question: `Enter your first name`.
    package let whenEmpty: String
    package let condition: Condition
    package let meaning: Meaning?

    package init(
        code: String, label: String, hint: String, noun: String, kind: Kind, required: Bool, whenEmpty: String,
        condition: Condition, meaning: Meaning?
    ) {
        self.code = code
        self.label = label
        self.hint = hint
        self.noun = noun
        self.kind = kind
        self.required = required
        self.whenEmpty = whenEmpty
        self.condition = condition
        self.meaning = meaning
    }

    package enum Kind: Hashable, Sendable {
        /// One line. `autocomplete` is the HTML token, empty for none.
        case text(limit: Int, autocomplete: String)
        case longText(limit: Int)
        case date(DateRule)
        case yesNo
        case choice([Choice])
        case several([Choice])
        case nhsNumber
        case email
        case phone
        case address
        case files(FileQuestion)
        /// A statement to confirm with a tick.
        case declaration(String)
    }

    package struct Choice: Hashable, Sendable {
        package let value: String
        package let label: String
        package let hint: String

        package init(value: String, label: String, hint: String = "") {
            self.value = value
            self.label = label
            self.hint = hint
        }
    }

    /// What a date may be.
    package struct DateRule: Hashable, Sendable {
        package let futureAllowed: Bool
        /// The code and noun of an earlier date question which this one may not precede.
        package let notBefore: Earlier?

        package init(futureAllowed: Bool, notBefore: Earlier?) {
            self.futureAllowed = futureAllowed
            self.notBefore = notBefore
        }

        package struct Earlier: Hashable, Sendable {
            package let question: String
            package let noun: String

            package init(question: String, noun: String) {
                self.question = question
                self.noun = noun
            }
        }
    }

    /// Files to upload for one slot of the capacity's documents.
    package struct FileQuestion: Hashable, Sendable {
        package let slot: DocumentSlot
        /// The labels of the documents any of which will do.
        package let accepts: [String]
        package let limit: Int
        /// The question whose files may serve here too, because some document proves both.
        package let reuses: String?
    }

    /// The choices of a choice question, a several question or a yes-no question; none for the others.
    package var choices: [Choice] {
        switch kind {
        case .choice(let choices), .several(let choices): choices
        case .yesNo: [Choice(value: "yes", label: "Yes"), Choice(value: "no", label: "No")]
        case .text, .longText, .date, .nhsNumber, .email, .phone, .address, .files, .declaration: []
        }
    }

    /// The slot of an upload question.
    package var fileQuestion: FileQuestion? {
        if case .files(let files) = kind { files } else { nil }
    }
}

/// What an answer means for the case. A question without a meaning is kept with the request as asked and answered.
package enum Meaning: String, CaseIterable, Sendable {
    case requesterCapacity = "requester-capacity"
    case requesterGivenName = "requester-given-name"
    case requesterFamilyName = "requester-family-name"
    case requesterOrganisation = "requester-organisation"
    case requesterReference = "requester-reference"
    case requesterPhone = "requester-phone"
    case requesterAddress = "requester-address"
    case subjectGivenName = "subject-given-name"
    case subjectFamilyName = "subject-family-name"
    case subjectFormerNames = "subject-former-names"
    case subjectDateOfBirth = "subject-date-of-birth"
    case subjectDateOfDeath = "subject-date-of-death"
    case subjectNHSNumber = "subject-nhs-number"
    case subjectHospitalNumber = "subject-hospital-number"
    case subjectAddress = "subject-address"
    case scope
    case recordTypes = "record-types"
    case from
    case to
    case format
    case urgency
    case adjustments
    case declaration

    /// Whether an answer of this kind can mean it.
    package func fits(_ kind: Question.Kind) -> Bool {
        switch self {
        case .requesterCapacity, .format: if case .choice = kind { true } else { false }
        case .recordTypes: if case .several = kind { true } else { false }
        case .requesterPhone: kind == .phone
        case .subjectNHSNumber: kind == .nhsNumber
        case .requesterAddress, .subjectAddress: kind == .address
        case .subjectDateOfBirth, .subjectDateOfDeath, .from, .to: if case .date = kind { true } else { false }
        case .declaration: if case .declaration = kind { true } else { false }
        case .requesterGivenName, .requesterFamilyName, .requesterOrganisation, .requesterReference,
            .subjectGivenName, .subjectFamilyName, .subjectFormerNames, .subjectHospitalNumber:
            if case .text = kind { true } else { false }
        case .scope, .urgency, .adjustments:
            switch kind {
            case .text, .longText: true
            case .date, .yesNo, .choice, .several, .nhsNumber, .email, .phone, .address, .files, .declaration: false
            }
        }
    }
}
