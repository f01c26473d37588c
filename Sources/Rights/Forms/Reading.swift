/// From what a browser sent to answers, or every reason why not.
extension ApplicationForm {
    /// Reads one visible page. `entered` holds the fields as sent: a question's own name, `name-day`, `name-month`,
    /// `name-year` for a date, `name-line-1`, `name-line-2`, `name-town`, `name-county`, `name-postcode` for an
    /// address, `name-reuse` for files used again. Files themselves come and go by `attach` and `detach`.
    ///
    /// Throws `Problem.refused` with one reason for each field at fault; nothing is saved then.
    package func read(
        _ entered: [String: [String]], on page: Page, into answers: Answers, on day: Day
    ) throws(Problem) -> Answers {
        var result = answers
        var reasons: [Reason] = []
        for question in page.questions {
            do throws(FieldFault) {
                result[question.code] = try question.read(Entered(values: entered), with: result, on: day)
            } catch {
                reasons += error.reasons
            }
        }
        guard reasons.isEmpty else { throw .refused(reasons) }
        result.save(page.code)
        return result
    }

    /// Adds an uploaded file to an upload question of a visible page.
    ///
    /// Throws `Problem.notFound` if the page has no such question, `Problem.refused` if there are too many files.
    package func attach(_ file: StoredFile, to question: String, of page: Page, in answers: Answers)
        throws(Problem) -> Answers
    {
        guard let question = page.questions.first(where: { $0.code == question }), let rule = question.fileQuestion
        else { throw .notFound }
        var files: [StoredFile] = []
        if case .files(let before) = answers[question.code] { files = before }
        guard files.count < rule.limit else {
            throw .refused([
                Reason(
                    "too-many-files", "You can only select up to \(rule.limit) files at the same time",
                    field: question.code)
            ])
        }
        guard answers.files.count < filesPerRequest else {
            throw .refused([
                Reason(
                    "too-many-files", "You can only add up to \(filesPerRequest) files to one request",
                    field: question.code)
            ])
        }
        var result = answers
        result[question.code] = .files(files + [file])
        return result
    }

    /// Takes an uploaded file out again; does nothing if it is not there.
    package func detach(_ file: StoredFile.ID, from question: String, in answers: Answers) -> Answers {
        guard case .files(let files) = answers[question] else { return answers }
        var result = answers
        let rest = files.filter { $0.id != file }
        result[question] = rest.isEmpty ? nil : .files(rest)
        return result
    }
}

/// What is wrong with one question's fields.
struct FieldFault: Error {
    let reasons: [Reason]

    init(_ code: String, _ text: String, field: String) {
        reasons = [Reason(code, text, field: field)]
    }

    init(_ reasons: [Reason]) {
        self.reasons = reasons
    }
}

/// The fields as sent, cleaned: nothing in them is trusted, and characters that nobody types are dropped.
struct Entered {
    let values: [String: [String]]

    func line(_ name: String) -> String { Entered.clean(values[name]?.first ?? "", keepingLines: false) }
    func text(_ name: String) -> String { Entered.clean(values[name]?.first ?? "", keepingLines: true) }
    func several(_ name: String) -> [String] { values[name] ?? [] }

    /// Drops control characters and the marks that turn text around, which could make one name look like another,
    /// and trims. Letters of any script, and emoji with their joiners, stay.
    private static func clean(_ text: String, keepingLines: Bool) -> String {
        var scalars = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            defer { previous = scalar }
            switch scalar.value {
            case 10 where previous?.value == 13: continue
            case 10, 13: scalars.append(keepingLines ? "\n" : " ")
            case 9: scalars.append(" ")
            case 0..<32, 127..<160, 0x202A...0x202E, 0x2066...0x2069, 0x2028, 0x2029, 0xFEFF: continue
            default: scalars.append(scalar)
            }
        }
        let text = Substring(String(scalars)).drop(while: \.isWhitespace)
        guard let last = text.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(text[...last])
    }
}
