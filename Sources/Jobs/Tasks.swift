import Casework
import Rights
import Store

extension Casework {
    /// Puts something that went wrong on the list of the department whose case it is. The same thing is put there
    /// once, however often it is tried.
    ///
    /// - Parameter key: letters and digits that name the thing.
    func giveTask(about id: Case.ID, title: String, details: String, key: String) async throws {
        guard let matter = try await store.read({ try $0.matter(id) }) else { return }
        let act = GiveTask(
            title: title, details: details, department: matter.received.department, dueOn: surroundings.today)
        try await perform(act, on: id, by: .system("Messages and files"), receipt: FormReceipt("task-\(key)"))
    }
}
