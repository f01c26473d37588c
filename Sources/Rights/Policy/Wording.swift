/// A text that the trust may edit: Markdown with named merge fields, never program text.
package struct Wording: Listed, Hashable {
    /// The file's name without its ending.
    package let code: String
    package let kind: Kind
    /// Its title is a page's title, a letter's or mail's subject; a text message has none.
    package let text: Markdown
    /// A text that is no longer wanted is simply no longer referred to.
    package var retired: Bool { false }

    package init(code: String, kind: Kind, text: Markdown) {
        self.code = code
        self.kind = kind
        self.text = text
    }

    /// Where a wording is shown, which settles what it may say.
    package enum Kind: String, CaseIterable, Sendable {
        /// A part of a portal page: `texts/`.
        case page
        /// A message in the portal that can also be printed and posted: `letters/`.
        case letter
        /// An e-mail, which anybody may read on its way: `mails/`.
        case mail
        /// A text message to a telephone: `sms/`.
        case sms
    }
}

/// Everything that may be merged into a text. A closed list, so that no text can ask for more.
package enum MergeField: String, CaseIterable, Sendable {
    // Harmless anywhere.
    case trust
    case department
    case contact
    case portalAddress = "portal-address"
    case regulator
    /// The reference people quote: `SAR-2026-004187`.
    case reference
    /// The link of a mail: to sign in, to verify, to reset.
    case link
    /// Until when the link or the files can be used.
    case expires
    case today
    // Only in a text message.
    case code
    case host
    // Only in letters, which are shown to the signed-in account or printed.
    case requesterName = "requester-name"
    case subjectName = "subject-name"
    case received
    case started
    case due
    case requested
    case question
    case missing
    case reason
    case grounds
    case withheld
    case released
    case searched
    case part
    case lastDay = "last-day"
    case signature

    /// What stands in a text for a person to fill in, where there is no value: `[reason]`.
    package var gap: String { "[\(rawValue)]" }

    /// Where it may stand. A mail or text message says no more about anybody than the reference (S1-53, S1-62).
    package func isAllowed(in kind: Wording.Kind) -> Bool {
        switch self {
        case .trust, .department, .contact, .portalAddress, .regulator: true
        case .reference, .link, .expires: kind == .mail || kind == .letter
        case .today: kind == .letter || kind == .mail
        case .code, .host: kind == .sms
        case .requesterName, .subjectName, .received, .started, .due, .requested, .question, .missing, .reason,
            .grounds, .withheld, .released, .searched, .part, .lastDay, .signature:
            kind == .letter
        }
    }
}

/// The texts that the program itself uses; a policy without one of them is at fault.
package enum StandardWording: String, CaseIterable, Sendable {
    // Pages.
    case summary
    case howToMakeARequest = "how-to-make-a-request"
    case privacyNotice = "privacy-notice"
    case rightToObject = "right-to-object"
    case contactUs = "contact-us"
    case consentForm = "consent-form"
    /// How to get a letter in large print or another language (S1-67).
    case otherFormats = "other-formats"
    // Letters.
    case acknowledgement
    case clarification
    case evidence
    case moreTime = "extension"
    case refusal
    case notHeld = "not-held"
    case releaseNote = "release-note"
    case withdrawn
    case closing
    case form
    // Mails.
    case verifyAddress = "verify-address"
    case knownAddress = "known-address"
    case resetPassword = "reset-password"
    case passwordChanged = "password-changed"
    case requestReceived = "request-received"
    case questionAsked = "question-asked"
    case statusChanged = "status-changed"
    case requestWithdrawn = "request-withdrawn"
    case requestClosed = "request-closed"
    case filesReady = "files-ready"
    case filesExpiring = "files-expiring"
    case fileRejected = "file-rejected"
    case staffAlert = "staff-alert"
    case staffInvitation = "staff-invitation"
    /// To somebody who forgot the password of an account that is not there.
    case unknownAddress = "unknown-address"
    case secondStepChanged = "second-step-changed"
    case accountClosed = "account-closed"
    // Text messages.
    case securityCode = "security-code"

    package var kind: Wording.Kind {
        switch self {
        case .summary, .howToMakeARequest, .privacyNotice, .rightToObject, .contactUs, .consentForm, .otherFormats:
            .page
        case .acknowledgement, .clarification, .evidence, .moreTime, .refusal, .notHeld, .releaseNote, .withdrawn,
            .closing, .form:
            .letter
        case .verifyAddress, .knownAddress, .resetPassword, .passwordChanged, .requestReceived, .questionAsked,
            .statusChanged, .requestWithdrawn, .requestClosed, .filesReady, .filesExpiring, .fileRejected,
            .staffAlert, .staffInvitation, .unknownAddress, .secondStepChanged, .accountClosed:
            .mail
        case .securityCode: .sms
        }
    }

    /// The fields without which the text would fail its purpose.
    package var mustContain: Set<MergeField> {
        switch self {
        case .summary, .howToMakeARequest, .privacyNotice, .rightToObject, .consentForm, .staffAlert: []
        case .contactUs, .otherFormats: [.contact]
        case .acknowledgement: [.reference, .received]
        case .clarification: [.reference, .question]
        case .evidence: [.reference, .missing]
        case .moreTime: [.reference, .reason, .due]
        // Policy 3.6 (S2-019): the trust's own complaint procedure and the regulator's.
        case .refusal: [.reference, .grounds, .contact, .regulator]
        case .notHeld: [.reference, .searched, .contact, .regulator]
        case .releaseNote: [.reference, .released, .withheld, .contact, .regulator]
        case .withdrawn, .closing, .form, .requestReceived, .statusChanged, .requestWithdrawn, .requestClosed:
            [.reference]
        case .verifyAddress, .resetPassword: [.link, .expires]
        case .knownAddress, .unknownAddress, .staffInvitation: [.link]
        case .passwordChanged, .secondStepChanged, .accountClosed: [.contact]
        case .questionAsked, .filesReady: [.reference, .link]
        case .filesExpiring: [.reference, .link, .expires]
        case .fileRejected: [.reference, .link]
        case .securityCode: [.code]
        }
    }
}
