import Casework
import Hummingbird
import Rights
import Store
import Web

extension Desk {
    /// Who opened a case, for those who watch over it (S2-205).
    var viewRoutes: [Route] {
        [.get("/cases/:case/views", .staff(.viewAudit)) { visit in try await views(visit) }]
    }

    private func views(_ visit: StaffVisit) async throws -> Response {
        let opened = try await open(visit)
        let (accesses, names) = try await casework.store.read { transaction in
            (try transaction.accesses(of: opened.matter.id, limit: ViewsPage.most), try transaction.staffNames())
        }
        let page = ViewsPage(accesses: accesses, names: names, opened: opened)
        return visit.show(opened.page(.history, for: visit, page.content))
    }
}

/// The access log of one case, newest first.
struct ViewsPage {
    /// How many lines are shown.
    static let most = 500

    let accesses: [AccessLine]
    let names: [Staff.ID: String]
    let opened: OpenedCase

    var content: HTML {
        .section(
            "Who opened this case", id: "views",
            """
            <p>The newest \(ViewsPage.most) lines. Opening any page of the case counts.</p>\
            \(.responsiveTable(
                .hidden("Who opened this case"), [Column("When"), Column("Who"), Column("What")],
                accesses.map { access in
                    ["\(opened.inWords(access.at))", "\(name(of: access.actor))", "\(words(access))"]
                }))
            """)
    }

    /// `M. Hughes` for `staff:01arz…`.
    private func name(of actor: String) -> String {
        let parts = actor.split(separator: ":")
        guard parts.count == 2 else { return "The system" }
        if parts[0] == "requester" { return "Requester" }
        return Staff.ID(parts[1]).flatMap { names[$0] } ?? "Somebody who has left"
    }

    private func words(_ access: AccessLine) -> String {
        switch access.what {
        case .viewed: return "Opened the case"
        case .viewRefused: return "Tried to open the case and was refused"
        case .downloaded:
            let file = access.detail.flatMap { StoredFile.ID($0) }.flatMap { opened.matter.file($0) }
            return "Opened the file \(file?.file.name ?? "")"
        case .exported: return "Exported the case with its files, on the server"
        case .searched: return "Found the case by a search"
        case .signedIn, .signInRefused, .signedOut: return "Signed in or out"
        case .retriedWork: return "Let failed work be tried again"
        case .dismissedWork: return "Took failed work off the list"
        case .replacedMasterKey: return "Replaced the master key"
        }
    }
}
