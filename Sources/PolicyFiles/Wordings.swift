import Rights

/// The Markdown of `letters/`, `mails/`, `texts/` and `sms/`.
extension PolicyReading {
    private static let folders: [(name: String, kind: Wording.Kind)] = [
        ("letters", .letter), ("mails", .mail), ("texts", .page), ("sms", .sms),
    ]

    func wordings() -> [Wording] {
        var wordings: [Wording] = []
        for (name, kind) in PolicyReading.folders {
            for path in folder.paths(in: name) {
                guard let text = folder.text(path), let wording = wording(text, path, kind) else { continue }
                wordings.append(wording)
            }
        }
        for standard in StandardWording.allCases {
            let name = PolicyReading.folders.first { $0.kind == standard.kind }?.name ?? ""
            let path = "\(name)/\(standard.rawValue).md"
            if folder.text(path) == nil {
                findings.add(path, 1, "This text is missing", "Copy it from one of the policies that ship.")
            }
        }
        return wordings
    }

    private func wording(_ text: String, _ path: String, _ kind: Wording.Kind) -> Wording? {
        let code = path.split(separator: "/").last.map { String($0.dropLast(3)) } ?? path
        // One name for one text, whatever folder it lies in; only letters are named by other files.
        ledger.declare(kind == .letter ? .letter : .text, Section.Placed(text: code, file: path, line: 1))
        let markdown: Markdown
        do throws(Markdown.Unreadable) {
            markdown = try Markdown(text)
        } catch {
            for fault in error.faults {
                findings.add(
                    path, fault.line, String(fault.text.trimmingSuffix(while: { $0 == "." })),
                    "See “Texts” in docs/policy-authoring.md.")
            }
            return nil
        }
        let wording = Wording(code: code, kind: kind, text: markdown)
        findForbidden(wording, text, path)
        findAbsent(wording, text, path)
        return wording
    }

    private func findForbidden(_ wording: Wording, _ text: String, _ path: String) {
        for field in wording.text.fields where !field.isAllowed(in: wording.kind) {
            findings.add(
                path, line(of: "{{\(field.rawValue)}}", in: text),
                "`{{\(field.rawValue)}}` may not stand in a \(wording.kind.rawValue)",
                wording.kind == .letter || wording.kind == .page
                    ? "Take it out: it has no value there."
                    : "Anybody may read it on its way. Say it in the portal, and only give the reference here.")
        }
    }

    private func findAbsent(_ wording: Wording, _ text: String, _ path: String) {
        if wording.kind == .sms {
            if !wording.text.title.isEmpty {
                findings.add(path, 1, "A text message has no title", "Take the line with `#` out.")
            }
        } else if wording.text.title.isEmpty {
            findings.add(path, 1, "The text has no title", "Begin with a line `# Title`; for a mail it is the subject.")
        }
        // S1-54: every mail says so, because false ones will not.
        if wording.kind == .mail, !text.lowercased().contains("never ask you for your password") {
            findings.add(
                path, 1, "The mail does not say that nobody is ever asked for a password",
                "Add: “We will never ask you for your password in an email.”")
        }
        guard let standard = StandardWording(rawValue: wording.code), standard.kind == wording.kind else { return }
        for field in MergeField.allCases
        where standard.mustContain.contains(field) && !wording.text.fields.contains(field) {
            findings.add(
                path, 1, "The text does not contain `{{\(field.rawValue)}}`",
                "Without it the text fails its purpose; put it where it fits.")
        }
        if standard == .refusal, text.lowercased().ranges(of: "complain").count < 2 {
            // Policy 3.6 (S2-019).
            findings.add(
                path, 1, "A refusal must name both ways to complain",
                "Say how to complain to the trust, and how to complain to `{{regulator}}`.")
        }
    }

    private func line(of part: String, in text: String) -> Int {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return (lines.firstIndex { $0.contains(part) } ?? 0) + 1
    }
}

extension String {
    fileprivate func trimmingSuffix(while drop: (Character) -> Bool) -> Substring {
        var rest = self[...]
        while let last = rest.last, drop(last) { rest.removeLast() }
        return rest
    }
}
