/// How each kind of question is read. Messages follow the NHS and GOV.UK content style.
extension Question {
    /// The answer in these fields; nothing if an optional question is left empty.
    func read(_ entered: Entered, with answers: Answers, on today: Day) throws(FieldFault) -> Answer? {
        switch kind {
        case .text(let limit, _): return try readText(entered.line(code), limit)
        case .longText(let limit): return try readText(entered.text(code), limit)
        case .date(let rule): return try readDate(entered, rule, answers, today)
        case .yesNo, .choice: return try readChoice(entered.line(code))
        case .several: return try readSeveral(entered.several(code))
        case .nhsNumber: return try readNHSNumber(entered.line(code))
        case .email: return try readEmail(entered.line(code))
        case .phone: return try readPhone(entered.line(code))
        case .address: return try readAddress(entered)
        case .files(let files): return try readFiles(files, entered, answers)
        case .declaration: return try entered.line(code) == "yes" ? .confirmed : empty()
        }
    }

    private func empty(_ field: String? = nil) throws(FieldFault) -> Answer? {
        guard required else { return nil }
        throw FieldFault("answer-missing", whenEmpty, field: field ?? code)
    }

    private func readText(_ text: String, _ limit: Int) throws(FieldFault) -> Answer? {
        if text.isEmpty { return try empty() }
        guard text.unicodeScalars.count <= limit else {
            throw FieldFault("too-long", "\(noun) must be \(limit) characters or less", field: code)
        }
        return .text(text)
    }

    private func readChoice(_ value: String) throws(FieldFault) -> Answer? {
        guard choices.contains(where: { $0.value == value }) else { return try empty() }
        return .choice(value)
    }

    private func readSeveral(_ values: [String]) throws(FieldFault) -> Answer? {
        let known = choices.map(\.value).filter(values.contains)
        return known.isEmpty ? try empty() : .several(known)
    }

    private func readNHSNumber(_ text: String) throws(FieldFault) -> Answer? {
        if text.isEmpty { return try empty() }
        let digits = text.filter { $0 != " " && $0 != "-" }
        guard digits.utf8.count == 10, digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
            throw FieldFault("nhs-number-shape", "NHS number must be 10 numbers, like 999 123 4567", field: code)
        }
        guard let number = NHSNumber(digits) else {
            throw FieldFault("nhs-number-check", "Enter a real NHS number. Check the numbers you typed", field: code)
        }
        return .nhsNumber(number)
    }

    private func readEmail(_ text: String) throws(FieldFault) -> Answer? {
        if text.isEmpty { return try empty() }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, text.utf8.count <= 254, !text.contains(where: \.isWhitespace),
            parts[1].contains("."), !parts[1].hasPrefix("."), !parts[1].hasSuffix(".")
        else {
            throw FieldFault(
                "email-shape", "Enter an email address in the correct format, like name@example.com", field: code)
        }
        return .text(text)
    }

    private func readPhone(_ text: String) throws(FieldFault) -> Answer? {
        if text.isEmpty { return try empty() }
        let digits = text.utf8.count { (48...57).contains($0) }
        let plain = text.utf8.allSatisfy { (48...57).contains($0) || [32, 40, 41, 43, 45].contains($0) }
        guard plain, (7...15).contains(digits) else {
            throw FieldFault("phone-shape", "Enter a phone number, like 07700 900123 or +44 7700 900123", field: code)
        }
        return .text(text)
    }

    private func readAddress(_ entered: Entered) throws(FieldFault) -> Answer? {
        let address = PostalAddress(
            line1: entered.line("\(code)-line-1"), line2: entered.line("\(code)-line-2"),
            town: entered.line("\(code)-town"), county: entered.line("\(code)-county"),
            postcode: entered.line("\(code)-postcode"))
        if address.lines.isEmpty, !required { return nil }
        let needed = [
            ("line-1", address.line1, "Enter the first line of the address"),
            ("town", address.town, "Enter a town or city"),
            ("postcode", address.postcode, "Enter a postcode"),
        ]
        var reasons = needed.filter(\.1.isEmpty).map { Reason("address-part", $0.2, field: "\(code)-\($0.0)") }
        let parts = [
            ("line-1", address.line1, "First line of the address"), ("line-2", address.line2, "Second line"),
            ("town", address.town, "Town or city"), ("county", address.county, "County"),
            ("postcode", address.postcode, "Postcode"),
        ]
        for (part, text, name) in parts where text.unicodeScalars.count > 100 {
            reasons.append(Reason("too-long", "\(name) must be 100 characters or less", field: "\(code)-\(part)"))
        }
        guard reasons.isEmpty else { throw FieldFault(reasons) }
        return .address(address)
    }

    private func readFiles(_ rule: FileQuestion, _ entered: Entered, _ answers: Answers) throws(FieldFault) -> Answer? {
        if case .files(let files) = answers[code], !files.isEmpty { return .files(files) }
        if let other = rule.reuses, entered.line("\(code)-reuse") == "yes" { return .sameFiles(as: other) }
        return try empty()
    }

    // MARK: dates

    private func readDate(_ entered: Entered, _ rule: DateRule, _ answers: Answers, _ today: Day) throws(FieldFault)
        -> Answer?
    {
        let parts = ["day", "month", "year"].map { ($0, entered.line("\(code)-\($0)")) }
        let absent = parts.filter(\.1.isEmpty).map(\.0)
        if absent.count == 3 { return try empty("\(code)-day") }
        if let first = absent.first {
            throw FieldFault(
                "date-part", "\(noun) must include a \(absent.joined(separator: " and "))", field: "\(code)-\(first)")
        }
        guard parts[2].1.utf8.count == 4 else {
            throw FieldFault("date-year", "Year must include 4 numbers", field: "\(code)-year")
        }
        guard let number = Question.number(parts[0].1), let month = Question.month(parts[1].1),
            let year = Question.number(parts[2].1), year >= 1850, let day = Day(year: year, month: month, day: number)
        else { throw FieldFault("date-unreal", "\(noun) must be a real date", field: "\(code)-day") }
        if !rule.futureAllowed, day > today {
            throw FieldFault("date-future", "\(noun) must be today or in the past", field: "\(code)-day")
        }
        if let earlier = rule.notBefore, case .day(let start) = answers[earlier.question], day < start {
            throw FieldFault(
                "date-order",
                "\(noun) must be the same as or after \(start.inWords), the \(earlier.noun.lowercased())",
                field: "\(code)-day")
        }
        return .day(day)
    }

    private static func number(_ text: String) -> Int? {
        text.utf8.allSatisfy { (48...57).contains($0) } ? Int(text) : nil
    }

    /// A month by number or by name, as people write it.
    private static func month(_ text: String) -> Int? {
        if let number = number(text) { return number }
        let name = text.lowercased()
        guard name.count >= 3 else { return nil }
        return Day.monthNames.firstIndex { $0.lowercased().hasPrefix(name) }.map { $0 + 1 }
    }
}
