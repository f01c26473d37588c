import Rights
import Web

/// What stands before the release, the way to it once nothing does, and what was released so far.
struct ReleasePage {
    let opened: OpenedCase

    var content: HTML {
        let gates = GateList(opened)
        return """
            \(opened.matter.isOpen ? gates.alert(checksAt: "#gates") : "")\
            \(.columns(
                main: "\(opened.matter.isOpen ? .section("Release", id: "act", act(gates)) : "")\(parts)",
                side: .section("Checks before release", id: "gates", gates.html)))
            """
    }

    private func act(_ gates: GateList) -> HTML {
        guard opened.may(.release) else { return "<p>Your role does not include releasing files.</p>" }
        var content: HTML = """
            <p>Before anything goes out, a named person confirms the release check about exactly these files. \
            Then they are released, all at once or in parts.</p>
            """
        // A part may go while tasks for the rest are open.
        let others = GateList(opened, isFinal: false).gates.filter { $0.code != "release-check" && $0.blocker != nil }
        var buttons: HTML = ""
        if !opened.matter.records.isEmpty {
            buttons += .buttonLink("Do the release check", to: opened.address.releaseCheck, .secondary, isSmall: true)
        }
        if GateList(opened, isFinal: false).blockers.isEmpty {
            buttons += .buttonLink("Release files", to: opened.address.parts, isSmall: true)
        }
        if !others.isEmpty {
            content += """
                <p>Not even a part can be released yet:</p><ul class="nhsuk-list nhsuk-list--bullet">\
                \(each: others, { "<li>\($0.blocker ?? "")</li>" })</ul>
                """
        } else if !gates.blockers.isEmpty {
            content += "<p>A part can be released. The whole answer has to wait for the checks that are not done.</p>"
        }
        return content + (buttons.isEmpty ? "" : .actions(buttons))
    }

    private var parts: HTML {
        guard !opened.matter.parts.isEmpty else {
            return .section("Released so far", id: "parts", "<p>Nothing has been released.</p>")
        }
        return HTML(opened.matter.parts.reversed().map(section))
    }

    private func section(_ released: ReleasedPart) -> HTML {
        let part = released.part
        return .section(
            part.isFinal ? "Released: the answer" : "Released: part \(part.number)", id: "part-\(part.number)",
            """
            <p>\(released.on.inWords), by \(person: released.by.label). \(until(released))</p>\
            \(each: released.again, { "<p>Released again on \($0.on.inWords), by \(person: $0.by.label).</p>" })\
            \(.responsiveTable(
                .hidden("Files of part \(part.number)"), [Column("File"), Column("Size"), Column("Downloaded")],
                part.files.compactMap { opened.matter.file($0) }.map { file in
                    ["\(person: file.file.name)", "\(HTML.size(file.file.size))", downloads(of: file, in: released)]
                }))\
            \(.details("Read the covering note", .paragraphs(part.note)))\(again(released))
            """)
    }

    private func until(_ released: ReleasedPart) -> HTML {
        opened.today > released.downloadUntil
            ? "Could be downloaded until \(released.downloadUntil.inWords)."
            : "Can be downloaded until \(released.downloadUntil.inWords)."
    }

    /// The way to release it once more, where its time has ended; the release check stands before it as before.
    private func again(_ released: ReleasedPart) -> HTML {
        guard opened.today > released.downloadUntil, opened.may(.release) else { return "" }
        let gates = GateList(opened, isFinal: false)
        var buttons: HTML = ""
        if gates.gates.contains(where: { $0.code == "release-check" && $0.blocker != nil }) {
            buttons += .buttonLink("Do the release check", to: opened.address.releaseCheck, .secondary, isSmall: true)
        }
        if gates.blockers.isEmpty {
            buttons += .buttonLink("Release again", to: opened.address.again(released.part.number), isSmall: true)
        }
        let blockers: HTML =
            gates.blockers.isEmpty
            ? ""
            : """
            <p>Before these files can be released again:</p><ul class="nhsuk-list nhsuk-list--bullet">\
            \(each: gates.blockers, { "<li>\($0)</li>" })</ul>
            """
        return "\(blockers)\(buttons.isEmpty ? "" : .actions(buttons))"
    }

    private func downloads(of file: CaseFile, in released: ReleasedPart) -> HTML {
        let times = released.downloads.filter { $0.file == file.file.id }.map { opened.inWords($0.at) }
        return times.isEmpty ? "Not yet" : "\(each: times, { "\($0)<br>" })"
    }
}
