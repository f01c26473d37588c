import Casework
import Rights
import Store
import Web

/// Giving a case to a member of staff.
struct HandlerForm: CaseForm {
    static let pattern = "/cases/:case/handler"
    static let permission = Permission.giveTask
    static let done = Done.assigned

    /// Who can be given cases today.
    private var colleagues: [Staff] = []

    init(_ visit: StaffVisit) {}

    mutating func prepare(at desk: Desk) async throws {
        let all = try await desk.casework.store.read { try $0.allStaff() }
        let today = desk.casework.surroundings.today
        colleagues = all.filter { $0.mayEnter(on: today) }.map(desk.accounts.member)
            .filter { $0.permissions.contains(.viewCases) }
    }

    func title(in opened: OpenedCase) -> String {
        opened.matter.handler == nil ? "Assign the case" : "Change the handler"
    }

    func start(in opened: OpenedCase) -> Form {
        var form = Form()
        form.set("staff", to: (opened.matter.handler?.staff ?? opened.staff.id).text)
        return form
    }

    func fields(_ form: Form, in opened: OpenedCase) -> HTML {
        .select(
            form["staff"], label: .small("Who handles this case?"),
            [Choice("", "Choose")] + colleagues.map { Choice($0.id.text, $0.label) })
    }

    let button = HTML.button("Give the case")

    func act(_ form: inout Form, in opened: OpenedCase) -> AssignHandler {
        guard let chosen = colleagues.first(where: { $0.id.text == form.text("staff") }) else {
            form.add("Choose who handles the case.", to: "staff")
            return AssignHandler(staff: opened.staff)
        }
        return AssignHandler(staff: chosen)
    }
}
