import Rights
import Web

/// What was sent as proof, with the day it came and whether it can be looked at.
struct OfferedProof {
    private let items: [FileItem]
    private let words: [String]

    init(_ check: Check, in opened: OpenedCase) {
        var items: [FileItem] = []
        var words: [String] = []
        for (evidence, day) in opened.matter.standing(of: check).offered.reversed() {
            let document = evidence.document.map { opened.policy.documentTypes[$0]?.label ?? $0 }
            if let id = evidence.file, let file = opened.matter.file(id) {
                items.append(CaseFileItem(file, in: opened, as: document).item)
            } else {
                words.append("\(document ?? "A document"), which came on \(day.inWords)")
            }
        }
        self.items = items
        self.words = words
    }

    var html: HTML {
        guard !items.isEmpty || !words.isEmpty else { return .insetText("<p>Nothing has been sent yet.</p>") }
        let list: HTML = words.isEmpty ? "" : "<ul>\(each: words, { "<li>\($0)</li>" })</ul>"
        return "\(items.isEmpty ? "" : .files(items))\(list)"
    }
}
