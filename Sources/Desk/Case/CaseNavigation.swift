import Rights
import Web

/// The pages of a case.
enum CasePage: CaseIterable, Sendable {
    case overview, checks, messages, clock, files, tasks, release, decisions, history

    func link(in opened: OpenedCase) -> Link {
        let matter = opened.matter
        let address = opened.address
        switch self {
        case .overview: return Link("Overview", address.page)
        case .checks: return Link("Checks", address.checks)
        case .messages: return Link("Messages", address.messages, count: matter.unseenReplies)
        case .clock: return Link("Clock", address.clock)
        case .files:
            let count = matter.presentFiles.count
            return Link(count == 0 ? "Files" : "Files (\(count))", address.files)
        case .tasks:
            let count = matter.openTasks.count
            return Link(count == 0 ? "Tasks" : "Tasks (\(count))", address.tasks)
        case .release: return Link("Release", address.release)
        case .decisions: return Link("Decisions", address.decisions)
        case .history: return Link("History", address.history)
        }
    }
}

extension Case {
    /// How many messages of the requester came since a member of staff last did something.
    var unseenReplies: Int {
        let lastByStaff = entries.last { $0.by.kind == .staff }?.sequence ?? 0
        return entries.filter { entry in
            guard entry.sequence > lastByStaff, entry.by.kind == .requester else { return false }
            if case .replyReceived = entry.fact { return true }
            return false
        }.count
    }
}
