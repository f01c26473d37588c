import Rights
import Web

/// What the policy wants as proof from somebody in this capacity, where it is more than one thing, and which of it has
/// not come (S2-068).
struct WantedProof {
    private let lines: [(name: String, state: HTML)]

    init(_ check: Check, in opened: OpenedCase) {
        let matter = opened.matter
        let slots = opened.policy.slots(for: check, in: matter.requester.capacity)
        let missing = matter.missingProof(of: check, under: opened.policy)
        guard slots.count > 1, !matter.standing(of: check).isAccepted else {
            lines = []
            return
        }
        lines = slots.map { slot in
            let state: HTML =
                missing.contains(slot)
                ? .tag("Missing", .orange) : slot.required ? .tag("Sent", .green) : .tag("Optional", .grey)
            return (opened.policy.name(of: slot), state)
        }
    }

    var html: HTML {
        guard !lines.isEmpty else { return "" }
        return """
            <p>The policy asks for each of these:</p><ul class="nhsuk-list nhsuk-list--bullet">\
            \(each: lines, { "<li>\($0.name) \($0.state)</li>" })</ul>
            """
    }
}
