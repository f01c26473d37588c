import Foundation
import PolicyFiles
import Rights
import TestSupport
import Testing

/// One way to break the shipped policy, and what must be said about it.
struct Breakage: Sendable, CustomTestStringConvertible {
    let what: String
    let file: String
    let old: String
    let new: String
    /// Part of the message or advice of the fault.
    let says: String
    /// Lines below the place of `old` at which the fault is told.
    var below = 0

    var testDescription: String { what }

    static let all = [
        Breakage(
            what: "an unknown key", file: "policy.yaml", old: "sender: Sars", new: "sendr: Sars",
            says: "Did you mean `sender`?"),
        Breakage(
            what: "an unknown key far inside", file: "clocks.yaml", old: "          counting: difference",
            new: "          countin: difference", says: "Did you mean `counting`?"),
        Breakage(
            what: "a word instead of a number", file: "retention.yaml", old: "draft-days: 30", new: "draft-days: many",
            says: "whole number from 1 to 365"),
        Breakage(
            what: "less room for what is not sent than for one file", file: "retention.yaml",
            old: "unsent-megabytes: 2000", new: "unsent-megabytes: 24", says: "A single file of the largest size"),
        Breakage(
            what: "less than three years of retention", file: "retention.yaml", old: "retention-years: 3",
            new: "retention-years: 2", says: "whole number from 3 to 30"),
        Breakage(
            what: "a date that no calendar has", file: "policy.yaml", old: "issued: 2017-07-01",
            new: "issued: 2017-02-30", says: "must be a real date"),
        Breakage(
            what: "a flag that is neither true nor false", file: "policy.yaml", old: "patient-signs-consent: false",
            new: "patient-signs-consent: maybe", says: "must be true or false"),
        Breakage(
            what: "a text where a list belongs", file: "roles.yaml", old: "permissions: [administer]",
            new: "permissions: administer", says: "must be a list"),
        Breakage(
            what: "a code that stands twice", file: "departments.yaml", old: "{ code: pathology,",
            new: "{ code: maternity,", says: "There are two of the department `maternity`", below: 1),
        Breakage(
            what: "a code with signs it may not have", file: "departments.yaml", old: "code: pathology",
            new: "code: Path_Lab", says: "not well formed"),
        Breakage(
            what: "an unknown department", file: "rights.yaml", old: "department: medico-legal }",
            new: "department: medico-legl }", says: "Did you mean `medico-legal`?"),
        Breakage(
            what: "an unknown letter", file: "clocks.yaml", old: "letter: evidence", new: "letter: evidenc",
            says: "There is no letter `evidenc`"),
        Breakage(
            what: "an unknown form", file: "rights.yaml", old: "form: living", new: "form: livin",
            says: "There is no form `livin`"),
        Breakage(
            what: "an unknown permission", file: "roles.yaml", old: "[administer]", new: "[administer, realease]",
            says: "Did you mean `release`?"),
        Breakage(
            what: "an unknown document type", file: "capacity.yaml", old: "accepts: [deputy-order]",
            new: "accepts: [deputy-ordr]", says: "Did you mean `deputy-order`?"),
        Breakage(
            what: "a document that does not prove the thing", file: "capacity.yaml", old: "accepts: [deputy-order]",
            new: "accepts: [passport]", says: "does not prove authority"),
        Breakage(
            what: "an unknown role", file: "alerts.yaml", old: "[siro,", new: "[sirro,", says: "Did you mean `siro`?"),
        Breakage(
            what: "an unknown clock of the law", file: "clocks.yaml", old: "[uk-2018, uk-2026]",
            new: "[uk-2018, uk-2025]", says: "There is no clock `uk-2025`"),
        Breakage(
            what: "laws in the wrong order", file: "clocks.yaml", old: "[uk-2018, uk-2026]", new: "[uk-2026, uk-2018]",
            says: "oldest first"),
        Breakage(
            what: "an extension in another unit", file: "clocks.yaml", old: "longest: { days: 56 }",
            new: "longest: { months: 2 }", says: "counts in one unit", below: -1),
        Breakage(
            what: "a clock that pauses for nothing", file: "clocks.yaml",
            old: "reasons: [clarification, evidence, fee]", new: "reasons: []", says: "for no reason at all", below: -1),
        Breakage(
            what: "holidays counted twice", file: "clocks.yaml", old: "        bank-holidays-add-days: true",
            new: "        bank-holidays-add-days: true\n        rolls-to-working-day: true",
            says: "counted twice", below: 1),
        Breakage(
            what: "more time for recent records", file: "clocks.yaml", old: "recent-days: 21", new: "recent-days: 41",
            says: "more time than an old one"),
        Breakage(
            what: "a period in two units", file: "clocks.yaml", old: "length: { days: 28 }",
            new: "length: { days: 28, months: 1 }", says: "either days or months"),
        Breakage(
            what: "warnings that do not fall", file: "alerts.yaml", old: "[7, 3, 1, 0]", new: "[3, 7, 1, 0]",
            says: "must fall"),
        Breakage(
            what: "a missing stage", file: "stages.yaml", old: "  withdrawn:\n", new: "  withdrew:\n",
            says: "Did you mean `withdrawn`?"),
        Breakage(
            what: "a consent that nobody has to sign", file: "capacity.yaml",
            old: "        accepts: [signed-consent]\n        consent: true\n      - code: patient-identity",
            new: "        accepts: [signed-consent]\n      - code: patient-identity",
            says: "must send the signed consent", below: -5),
        Breakage(
            what: "a merge field that does not exist", file: "letters/extension.md", old: "{{due}}", new: "{{dew}}",
            says: "There is no merge field “dew”"),
        Breakage(
            what: "a name in a mail", file: "mails/question-asked.md", old: "We have sent you",
            new: "Dear {{requester-name}}, we have sent you", says: "may not stand in a mail"),
        Breakage(
            what: "a question in a text message", file: "sms/security-code.md", old: "{{code}}",
            new: "{{question}} {{code}}", says: "may not stand in a sms"),
        Breakage(
            what: "a page that excludes itself", file: "forms/living.yaml",
            old: "when: { all: [requester-is-organisation] }",
            new: "when: { all: [requester-is-organisation], none: [requester-is-organisation] }",
            says: "can never be reached"),
        Breakage(
            what: "a page for the living on the form for the dead", file: "forms/deceased.yaml",
            old: "when: { all: [acts-as-claimant] }", new: "when: { all: [requester-is-patient] }",
            says: "can never be reached"),
        Breakage(
            what: "a condition on two answers to one question", file: "forms/living.yaml",
            old: "when: { all: [knows-nhs-number=yes] }",
            new: "when: { all: [knows-nhs-number=yes, knows-nhs-number=no] }", says: "can never be reached"),
        Breakage(
            what: "a condition on a question nobody asks", file: "forms/living.yaml", old: "[urgent=yes]",
            new: "[urgnt=yes]", says: "No earlier page asks `urgnt`"),
        Breakage(
            what: "a condition on an answer nobody can give", file: "forms/living.yaml", old: "[urgent=yes]",
            new: "[urgent=perhaps]", says: "is no answer to `urgent`"),
        Breakage(
            what: "an unknown fact", file: "forms/deceased.yaml", old: "none: [has-right]", new: "none: [has-rihgt]",
            says: "Did you mean `has-right`?"),
        Breakage(
            what: "a meaning that does not fit", file: "forms/living.yaml", old: "means: subject-date-of-birth",
            new: "means: subject-nhs-number", says: "cannot mean"),
        Breakage(
            what: "a required question without its error", file: "forms/living.yaml",
            old: "            when-empty: Enter the patient's date of birth\n", new: "",
            says: "`when-empty` is missing", below: -4),
        Breakage(
            what: "a section that waits for none", file: "forms/living.yaml", old: "after: [patient]",
            new: "after: [patent]", says: "Did you mean `patient`?"),
        Breakage(
            what: "broken YAML", file: "fees.yaml", old: "living: [", new: "living: [[", says: "This is not YAML",
            below: 1),
        Breakage(
            what: "a key that stands twice", file: "alerts.yaml", old: "warned: [medico-legal]",
            new: "warned: [medico-legal]\nwarned: [legal]", says: "The same key stands twice"),
    ]
}

@Suite("A policy with a fault")
struct FaultTests {
    @Test("is refused with the file, the line and advice", arguments: Breakage.all)
    func table(breakage: Breakage) throws {
        let copy = try PolicyCopy()
        let line = try copy.replace(breakage.file, breakage.old, breakage.new) + breakage.below
        let faults = PolicyFiles.check(copy.folder)
        let told = faults.contains {
            $0.file == breakage.file && $0.line == line && ($0.message + $0.advice).contains(breakage.says)
        }
        #expect(told, "line \(line) in:\n\(faults.map(\.description).joined(separator: "\n"))")
        #expect(throws: Faults.self) { try PolicyFiles.load(copy.folder) }
    }

    @Test("misses a file or a text", arguments: ["roles.yaml", "letters/refusal.md", "mails/verify-address.md"])
    func missing(file: String) throws {
        let copy = try PolicyCopy()
        try copy.remove(file)
        #expect(PolicyFiles.check(copy.folder).contains { $0.file == file && $0.message.hasSuffix("is missing") })
    }

    @Test("holds a file that does not belong there")
    func stray() throws {
        let copy = try PolicyCopy()
        try copy.write("role.yaml", "roles: []")
        let faults = PolicyFiles.check(copy.folder)
        #expect(faults.map(\.file) == ["role.yaml"])
        #expect(faults.first?.advice.contains("`roles.yaml`") == true)
    }

    @Test("refuses without both ways to complain (policy 3.6)")
    func complaint() throws {
        let copy = try PolicyCopy()
        try copy.write(
            "letters/refusal.md", "# No {{reference}}\n\n{{grounds}} {{contact}} {{regulator}} You can complain.")
        #expect(PolicyFiles.check(copy.folder).map(\.message) == ["A refusal must name both ways to complain"])
    }

    @Test("sends a mail that does not warn of false ones (S1-54)")
    func password() throws {
        let copy = try PolicyCopy()
        try copy.write("mails/status-changed.md", "# News about {{reference}}\n\nSign in: [Login]({{link}})")
        #expect(PolicyFiles.check(copy.folder).map(\.file) == ["mails/status-changed.md"])
    }

    @Test("has too few sign-offs, or one after it came into force (policy 8.1)")
    func signOffs() throws {
        let copy = try PolicyCopy()
        try copy.replace("policy.yaml", "  - { role: Caldicott Guardian, on: 2017-11-13 }\n", "")
        #expect(PolicyFiles.check(copy.folder).map(\.message) == ["A policy needs three sign-offs"])
        let other = try PolicyCopy()
        try other.replace("policy.yaml", "Guardian, on: 2017-11-13", "Guardian, on: 2017-11-14")
        #expect(
            PolicyFiles.check(other.folder).map(\.message)
                == ["The policy is in force before the Caldicott Guardian signed it off"])
    }

    @Test("has a form that forgets the consent")
    func forgottenConsent() throws {
        let copy = try PolicyCopy()
        try copy.replace("forms/living.yaml", "documents: consent", "documents: authority")
        #expect(
            PolicyFiles.check(copy.folder).map(\.message) == ["No page asks for the documents of `consent`"])
    }

    @Test("is told of every fault of every file at once, in order")
    func all() throws {
        let copy = try PolicyCopy()
        try copy.replace("roles.yaml", "[administer]", "[administer, fly]")
        try copy.replace("alerts.yaml", "[siro,", "[sir,")
        try copy.replace("letters/closing.md", "{{reason}}", "{{raison}}")
        try copy.replace("retention.yaml", "download-days: 42", "download-days: 0")
        let files = PolicyFiles.check(copy.folder).map(\.file)
        #expect(Set(files) == ["alerts.yaml", "letters/closing.md", "retention.yaml", "roles.yaml"])
        #expect(files == files.sorted())
    }

    @Test("in a folder of policies is named with its policy")
    func named() throws {
        let copy = try PolicyCopy()
        try copy.replace("alerts.yaml", "[siro,", "[sir,")
        #expect(
            throws: Faults([
                Fault(
                    file: "poole-2017/alerts.yaml", line: 4, message: "There is no role `sir`",
                    advice: "Did you mean `siro`?")
            ])
        ) { try PolicyFiles.loadAll(copy.folder.deletingLastPathComponent()) }
    }
}

@Suite("A table of bank holidays")
struct HolidayFaultTests {
    private func faults(_ old: String, _ new: String, on day: String = "2026-11-21") throws -> [Fault] {
        let copy = try PolicyCopy(of: "bank-holidays")
        if !old.isEmpty { try copy.replace("scotland.yaml", old, new) }
        do {
            _ = try PolicyFiles.holidays(copy.folder, on: try #require(Day(day)))
            return []
        } catch let error as Faults {
            return error.list
        }
    }

    @Test("is refused when it ends too soon")
    func tooSoon() throws {
        #expect(try faults("", "", on: "2028-12-31") == [])
        let faults = try faults("", "", on: "2029-01-01")
        #expect(faults.count == Nation.allCases.count)
        #expect(faults.allSatisfy { $0.message == "The table ends too soon: 2030 is missing" })
    }

    @Test("is refused with a day at a weekend, a wrong nation, a missing name")
    func wrong() throws {
        #expect(try faults("date: 2012-01-02", "date: 2012-01-01").contains { $0.message.contains("Sunday") })
        #expect(try faults("nation: scotland", "nation: wales").contains { $0.message == "`wales` is not known here" })
        #expect(try faults("nation: scotland", "nation: northern-ireland").contains { $0.file == "scotland.yaml" })
        #expect(try faults(", name: \"Good Friday\"", "").contains { $0.message == "`name` is missing" })
    }
}
