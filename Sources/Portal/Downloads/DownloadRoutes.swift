import Casework
import HTTPTypes
import Hummingbird
import Rights
import Store
import Web

extension Portal {
    /// Released files (S1-62, S1-63).
    var downloadRoutes: [Route] {
        [
            .get("/requests/:request/parts/:part/files/:file", .requester) { visit in try await download(visit) }
        ]
    }

    private func download(_ visit: RequesterVisit) async throws -> Response {
        let id: Case.ID = try visit.identifier("request")
        let file: StoredFile.ID = try visit.identifier("file")
        let matter = try await casework.glance(id, by: visit.actor)
        guard let number = Int(visit.parameter("part")),
            let part = matter.parts.first(where: { $0.part.number == number }), part.part.files.contains(file)
        else { throw Problem.notFound }
        do {
            let opened = try await casework.download(
                file, ofPart: number, from: id, by: visit.actor, isFresh: visit.begins(file, of: part))
            return visit.download(opened)
        } catch Problem.refused(let reasons) {
            return visit.show(DownloadRefusedPage(request: id, reference: matter.reference, reasons: reasons).page)
        }
    }
}

extension RequesterVisit {
    /// Whether a copy is begun. A browser that goes on with one after a lost connection has one on record already,
    /// and a look at the headers takes nothing.
    fileprivate func begins(_ file: StoredFile.ID, of part: ReleasedPart) -> Bool {
        guard visit.request.method == .get else { return false }
        guard let range = visit.request.headers[.range], !range.hasPrefix("bytes=0-") else { return true }
        return !part.downloads.contains { $0.file == file }
    }
}

/// Says why a file cannot be fetched, and what to do.
struct DownloadRefusedPage {
    let request: Case.ID
    let reference: String
    let reasons: [Reason]

    var page: Page {
        Page(
            "This file cannot be downloaded", back: Link("Back to your request", Place.request(request)),
            current: Place.requests, status: .gone,
            .twoThirds(
                """
                \(HTML.heading("This file cannot be downloaded", caption: reference))\
                \(each: reasons, { "<p>\($0.text)</p>" })\
                <p><a href="\(Place.request(request))#messages">Write to us about this request</a></p>
                """))
    }
}
