import Casework
import Hummingbird
import Rights
import Store
import Web

extension Desk {
    /// The files of a case: the list, adding some, and opening one.
    var fileRoutes: [Route] {
        let limits = casework.policies.current.files
        return [
            .get("/cases/:case/files", .staff(.viewCases)) { visit in
                let opened = try await open(visit)
                return visit.show(filesPage(opened, UploadForm.start(in: opened), for: visit, isFirst: true))
            },
            .upload(
                "/cases/:case/files", .staff(.handleFiles), most: limits.staffBytes * IncomingFiles.most
            ) { visit, upload in try await take(upload, for: visit) },
            .get("/cases/:case/files/:file", .staff(.handleFiles)) { visit in
                let file = try await casework.open(
                    try visit.identifier("file"), of: try visit.identifier("case"), by: visit.actor)
                return visit.download(file)
            },
        ]
    }

    private func filesPage(_ opened: OpenedCase, _ form: Form, for visit: StaffVisit, isFirst: Bool) -> Page {
        let upload: HTML =
            opened.mayChange(.handleFiles)
            ? .section(
                "Add files", id: "new",
                visit.form(
                    to: opened.address.files, again: isFirst ? nil : form, hasFiles: true,
                    UploadForm.fields(form, in: opened))) : ""
        return opened.page(
            .files, for: visit, form: isFirst ? nil : form, FilesPage(opened: opened).content(upload: upload))
    }

    private func take(_ upload: Upload, for visit: StaffVisit) async throws -> Response {
        let opened = try await glance(visit)
        let id = opened.matter.id
        let files = try await takeIn(upload, into: id, for: visit) {
            try reasons(against: upload.form, in: opened, by: visit).isEmpty
        }
        let (kept, faults) = (files.kept, files.faults)
        var form = upload.form
        let act = UploadForm.act(&form, kept, in: opened)
        if faults.isEmpty || !kept.isEmpty {
            let reasons = try casework.reasonsAgainst(act, on: opened.matter, by: visit.actor)
            form = form.refused(reasons)
            if form.isSound {
                try await casework.perform(
                    act, on: id, by: visit.actor, receipt: FormReceipt(form.sending(visit, with: kept.map(\.sha256))))
            }
        }
        for fault in faults { form.add(fault, to: "files") }
        guard form.isSound else {
            return visit.show(filesPage(try await open(visit), form, for: visit, isFirst: false))
        }
        return visit.redirect(to: "\(opened.address.files)?done=\(Done.added.rawValue)")
    }

    /// What speaks against adding any file, before the first is read.
    private func reasons(against form: Form, in opened: OpenedCase, by visit: StaffVisit) throws -> [Reason] {
        var form = form
        let act = UploadForm.act(&form, [], in: opened)
        guard form.isSound else { return [Reason("form-unread", "")] }
        return try casework.reasonsAgainst(act, on: opened.matter, by: visit.actor).filter { $0.field != "files" }
    }
}

extension UploadForm {
    static func act(_ form: inout Form, _ files: [StoredFile], in opened: OpenedCase) -> AddFiles {
        let purpose = FileAdded.Purpose(rawValue: form.text("purpose"))
        if purpose == nil { form.add("Choose what the files are.", to: "purpose") }
        let arrived = form.day("arrived-on", called: "Date they came") ?? opened.today
        return AddFiles(
            files: files, purpose: purpose ?? .correspondence,
            check: purpose == .evidence ? Check(rawValue: form.text("check")) : nil, arrivedOn: arrived)
    }
}
