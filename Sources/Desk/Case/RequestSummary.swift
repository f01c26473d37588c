import Rights
import Web

/// What was asked, by whom and how, beside the work on a case.
struct RequestSummary {
    let rows: [SummaryRow]

    init(_ opened: OpenedCase) {
        let matter = opened.matter
        let received = matter.received
        let requester = matter.requester
        var rows: [SummaryRow] = []
        let capacity = opened.policy.capacities[requester.capacity]
        let who: HTML =
            capacity?.isPatient == true && requester.name == matter.subject.name
            ? "\(person: requester.name.full) (the patient)"
            : "\(person: requester.name.full) (\(capacity?.name ?? requester.capacity))"
        rows.append(SummaryRow("Requester", who))
        func add(_ key: String, _ value: String?) {
            guard let value, !value.isBlank else { return }
            rows.append(SummaryRow(key, "\(each: value.split(whereSeparator: \.isNewline), { "\(person: $0)<br>" })"))
        }
        add("Organisation", requester.organisation)
        add("Their reference", requester.theirReference)
        if let email = requester.email { rows.append(SummaryRow("Email", .email(email))) }
        add("Phone", requester.phone)
        add("Address", requester.address)
        add("Wants", received.scope.description)
        add("Records", received.scope.recordTypes.joined(separator: ", "))
        add("From", RequestSummary.range(received.scope))
        add("Format", received.scope.format)
        add("Former names", matter.subject.formerNames)
        add("Patient's address", matter.subject.address)
        add("Came by", received.channel.label)
        add("Urgent because", received.urgency)
        add("Adjustments", received.adjustments)
        rows.append(
            SummaryRow(
                "Handler", matter.handler.map { "\(person: $0.label)" } ?? "Nobody yet",
                actions: opened.mayChange(.giveTask)
                    ? [Link(matter.handler == nil ? "Assign" : "Change", opened.address.handler, hidden: "handler")]
                    : []
            ))
        add("Department", opened.department(received.department))
        add("Policy", "\(opened.policy.edition.name), \(opened.policy.edition.version)")
        if !opened.kin.isEmpty { rows.append(SummaryRow("Other requests", KindredCase.summary(opened.kin))) }
        if let closed = matter.closedOn {
            let review = opened.policy.periods.review(ofCaseClosedOn: closed)
            rows.append(SummaryRow("Retain until", "Review \(review.inWords)"))
        }
        self.rows = rows
    }

    private static func range(_ scope: Scope) -> String? {
        switch (scope.from, scope.to) {
        case (let from?, let to?): "\(from.inWords) to \(to.inWords)"
        case (let from?, nil): "\(from.inWords) on"
        case (nil, let to?): "the beginning to \(to.inWords)"
        case (nil, nil): nil
        }
    }

    var html: HTML { .section("Request", id: "request", .summaryList(rows, hasBorder: false)) }
}
