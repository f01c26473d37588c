import Rights
import Web

/// One file of a case in a list: what it is, whether it can be opened, and what can be done with it.
struct CaseFileItem {
    let item: FileItem

    /// - Parameters:
    ///   - document: what it was sent as, where that is known.
    ///   - isRemovable: whether the way to take it out is shown.
    init(_ file: CaseFile, in opened: OpenedCase, as document: String? = nil, isRemovable: Bool = false) {
        let what: HTML = document.map { "\($0), " } ?? ""
        let detail: HTML = """
            \(what)\(HTML.size(file.file.size)), came on \(file.on.inWords), added by \(person: file.by.label)\
            \(file.removed.map { ". Taken out: \($0)" })
            """
        let mayOpen = file.isOpenable && file.isPresent && opened.may(.handleFiles)
        let mayRemove =
            isRemovable && file.isPresent && file.releasedIn.isEmpty && opened.mayChange(.handleFiles)
        item = FileItem(
            file.file.name, detail: detail, tag: CaseFileItem.tag(of: file),
            href: mayOpen ? opened.address.file(file.file.id) : nil,
            action: mayRemove
                ? .link("Take out", to: opened.address.removal(of: file.file.id), hidden: file.file.name) : nil,
            isRefused: file.isBad)
    }

    private static func tag(of file: CaseFile) -> HTML {
        guard file.isPresent else { return .tag("Taken out", .grey) }
        switch file.inspection {
        case nil: return .tag("Being checked", .white)
        case .clean?: return file.releasedIn.isEmpty ? .tag("Clean", .green) : .tag("Released", .green)
        case .admittedUnscanned?:
            return file.releasedIn.isEmpty ? .tag("Not scanned", .yellow) : .tag("Released, not scanned", .yellow)
        case .infected?: return .tag("Holds malware", .red)
        case .unusable?: return .tag("Cannot be used", .red)
        case .notScanned?: return .tag("Not yet checked", .orange)
        }
    }
}

extension CaseFile {
    /// Whether something is wrong with it that waiting does not mend.
    var isBad: Bool {
        switch inspection {
        case .infected?, .unusable?: true
        case .clean?, .admittedUnscanned?, .notScanned?, nil: false
        }
    }
}
