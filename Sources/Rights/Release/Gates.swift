/// One condition that must be met before anything is released, and how it stands.
package struct Gate: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        case passed
        case notNeeded
        /// What is missing, as the blocker that pages and refusals name.
        case blocked(String)
    }

    /// Stable, in kebab case: `identity`, `files-checked`.
    package let code: String
    package let title: String
    /// Where it stands in a few words: `Passport, 22 October 2026`.
    package let detail: String
    package let state: State

    package var blocker: String? {
        if case .blocked(let text) = state { text } else { nil }
    }
}

extension Case {
    /// Every gate between this case and a release, in the order in which they are usually passed (policy 5.1(c),
    /// 5.3(e) to (h)).
    ///
    /// - Parameter isFinal: whether the part is the one that answers the request, which asks for more.
    package func gates(under policy: Policy, isFinal: Bool = true) -> [Gate] {
        var gates = Check.allCases.map { gate(for: $0, under: policy) }
        if received.regime == .deceased { gates.append(lastEntryGate) }
        gates.append(questionsGate)
        gates.append(recordsGate)
        gates.append(inspectionGate)
        if isFinal { gates.append(tasksGate) }
        gates.append(confirmationGate(under: policy))
        return gates
    }

    private func gate(for check: Check, under policy: Policy) -> Gate {
        switch standing(of: check).standing {
        case .accepted(let accepted, let day, _):
            let documents = accepted.documents.map { policy.label(ofDocument: $0.document) }
            let seen = documents.isEmpty ? "No document needed" : documents.joined(separator: "; ")
            return Gate(
                code: check.rawValue, title: check.title, detail: "\(seen), \(day.inWords)", state: .passed)
        case .refused(let refused, let day, _):
            return Gate(
                code: check.rawValue, title: check.title, detail: "Refused on \(day.inWords): \(refused.reason)",
                state: .blocked("\(check.title) was refused and has not been proved since."))
        case .waiting:
            let missing = missingProof(of: check, under: policy)
            let offered = !standing(of: check).offered.isEmpty
            let names = missing.map(policy.name(of:)).joined(separator: "; ")
            return Gate(
                code: check.rawValue, title: check.title,
                detail: !offered
                    ? "Not yet sent" : missing.isEmpty ? "Sent, not yet checked" : "Not yet sent: \(names)",
                state: .blocked("\(check.title) has not been accepted."))
        }
    }

    private var lastEntryGate: Gate {
        Gate(
            code: "last-entry", title: "Dates of the record",
            detail: lastEntry.map { $0.lastEntry?.inWords ?? "Last entry not known" } ?? "Not yet written down",
            state: lastEntry == nil
                ? .blocked("The date of the last entry in the record is not written down.") : .passed)
    }

    private var questionsGate: Gate {
        // A closed case asks nothing any more.
        guard isOpen else { return Gate(code: "questions", title: "Questions", detail: "Closed", state: .notNeeded) }
        let open = conversations.filter(\.isWaiting).count
        if !openPauses.isEmpty {
            return Gate(
                code: "questions", title: "Questions", detail: "The clock is stopped",
                state: .blocked("The clock is stopped for an answer. Confirm the end of the pause first."))
        }
        return Gate(
            code: "questions", title: "Questions", detail: open == 0 ? "None open" : "\(open) not answered",
            state: open == 0 ? .passed : .blocked("\(counted(open, "question")) to the requester not answered."))
    }

    private var recordsGate: Gate {
        Gate(
            code: "records", title: "Records", detail: records.isEmpty ? "None added" : counted(records.count, "file"),
            state: records.isEmpty ? .blocked("No record files have been added.") : .passed)
    }

    private var inspectionGate: Gate {
        let unclean = records.filter { !$0.isOpenable }
        let isScanned = !records.contains { $0.inspection == .admittedUnscanned }
        return Gate(
            code: "files-checked", title: "Virus check",
            detail: records.isEmpty
                ? "No files yet"
                : !unclean.isEmpty
                    ? "\(unclean.count) not passed" : isScanned ? "Every file is clean" : "No scanner is set up",
            state: records.isEmpty || unclean.isEmpty
                ? (records.isEmpty ? .notNeeded : .passed)
                : .blocked("\(counted(unclean.count, "record file")) not passed by the virus check."))
    }

    private var tasksGate: Gate {
        Gate(
            code: "tasks", title: "Tasks", detail: openTasks.isEmpty ? "None open" : "\(openTasks.count) open",
            state: openTasks.isEmpty ? .passed : .blocked("\(counted(openTasks.count, "task")) not returned."))
    }

    private func confirmationGate(under policy: Policy) -> Gate {
        let title = "Release check"
        guard let confirmation else {
            return Gate(
                code: "release-check", title: title, detail: "Not yet done",
                state: .blocked("Nobody has confirmed the release check."))
        }
        let confirmed = Set(confirmation.confirmed.files)
        guard confirmed == Set(records.map(\.file.id)) else {
            return Gate(
                code: "release-check", title: title, detail: "Files changed since \(confirmation.on.inWords)",
                state: .blocked("Files changed after the release check. Confirm it again."))
        }
        let wanted = Set(policy.releaseChecks(in: received.regime).map(\.code))
        guard wanted.isSubset(of: confirmation.confirmed.statements) else {
            return Gate(
                code: "release-check", title: title, detail: "Not every statement confirmed",
                state: .blocked("Not every statement of the release check is confirmed."))
        }
        return Gate(
            code: "release-check", title: title, detail: "\(confirmation.by.label), \(confirmation.on.inWords)",
            state: .passed)
    }
}
