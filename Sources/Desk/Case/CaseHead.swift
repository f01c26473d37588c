import Rights
import Web

/// The top of every page of a case: whose it is and where it stands.
struct CaseHead {
    let caption: String
    let name: String
    let facts: [(key: String, value: HTML)]
    let tags: [HTML]

    init(_ opened: OpenedCase) {
        let matter = opened.matter
        let subject = matter.subject
        caption = "\(matter.reference), \(opened.kind)"
        name = subject.name.full
        var facts: [(key: String, value: HTML)] = []
        if let born = subject.dateOfBirth {
            let age = subject.age(on: opened.today)
            let years: HTML = age.map { subject.dateOfDeath == nil ? " (\($0))" : " (died aged \($0))" } ?? ""
            facts.append(("Born", "\(born.inWords)\(years)"))
        }
        if let died = subject.dateOfDeath { facts.append(("Died", "\(died.inWords)")) }
        if let number = subject.nhsNumber { facts.append(("NHS number", .unbroken(number.description))) }
        if let number = subject.hospitalNumber { facts.append(("Hospital number", .unbroken(number))) }
        self.facts = facts
        tags = [.stageTag(matter.stage, matter.outcome?.outcome)] + CaseHead.furtherTags(opened)
    }

    private static func furtherTags(_ opened: OpenedCase) -> [HTML] {
        let matter = opened.matter
        var tags: [HTML] = []
        if let clock = opened.clock.counted, matter.isOpen {
            let late = clock.due.map { $0 < opened.today } ?? false
            if late { tags.append(.tag("Late", .red)) }
            if clock.policy.isExtended { tags.append(.tag("Extended", .yellow)) }
        }
        if matter.isOpen, !matter.openPauses.isEmpty { tags.append(.tag("Clock stopped", .orange)) }
        if matter.received.urgency != nil { tags.append(.tag("Urgent", .red)) }
        if matter.received.adjustments != nil { tags.append(.tag("Adjustments asked for", .yellow)) }
        if matter.hasUnseenReply { tags.append(.tag("New message", .orange)) }
        return tags
    }

    var html: HTML {
        """
        <div>\(.heading(name, caption: caption))\(.facts(facts, tags: tags))</div>
        """
    }
}
