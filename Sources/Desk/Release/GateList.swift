import Rights
import Web

/// What stands between a case and its release, and what does not.
struct GateList {
    let gates: [Rights.Gate]

    init(_ opened: OpenedCase, isFinal: Bool = true) {
        gates = opened.matter.gates(under: opened.policy, isFinal: isFinal)
    }

    var blockers: [String] { gates.compactMap(\.blocker) }

    var html: HTML { .gates(gates.map { Web.Gate($0.title, detail: "\($0.detail)", GateList.tag(of: $0)) }) }

    private static func tag(of gate: Rights.Gate) -> HTML {
        switch gate.state {
        case .passed: .tag(Check(rawValue: gate.code) == nil ? "Done" : "Accepted", .green)
        case .notNeeded: .tag("Not needed", .grey)
        case .blocked: .tag("Waiting", .orange)
        }
    }

    /// The line at the top of the case page that names every blocker; nothing once the case can be released.
    func alert(checksAt href: String) -> HTML {
        guard !blockers.isEmpty else { return .empty }
        return .alert(
            """
            <b>You cannot release this case yet.</b> \(each: blockers, { "\($0) " })\
            \(.link("See the checks", to: href))
            """)
    }
}
