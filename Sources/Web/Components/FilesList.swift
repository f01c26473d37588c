/// One file as a page lists it.
package struct FileItem: Sendable {
    let name: String
    let detail: HTML
    let tag: HTML?
    let href: String?
    let action: HTML?
    let isRefused: Bool

    /// - Parameters:
    ///   - detail: `JPG, 2.4MB, added 13 November 2026 at 10:42am`.
    ///   - href: where it can be downloaded, if it can.
    ///   - action: what can be done with it: a link, or a small form (`removeButton`).
    ///   - isRefused: whether it was not taken.
    package init(
        _ name: String, detail: HTML, tag: HTML? = nil, href: String? = nil, action: HTML? = nil,
        isRefused: Bool = false
    ) {
        self.name = name
        self.detail = detail
        self.tag = tag
        self.href = href
        self.action = action
        self.isRefused = isRefused
    }
}

extension HTML {
    /// Files under each other.
    package static func files(_ items: [FileItem]) -> HTML {
        """
        <ul class="app-files" data-app-files>\
        \(each: items, { item -> HTML in
            let name: HTML =
                if let href = item.href {
                    "<a href=\"\(href)\" download>\(person: item.name)</a>"
                } else {
                    "\(person: item.name)"
                }
            return """
                <li\(" class=\"app-files--error\"", when: item.isRefused)>\
                <span>\(name)<small>\(item.detail)</small></span>\(item.tag)\(item.action)</li>
                """
        })</ul>
        """
    }

    /// A button that reads as a link, inside a form that changes something: "Remove" … "passport.jpg".
    ///
    /// - Parameter form: the identifier of the form it sends, where it stands outside of it.
    package static func linkButton(
        _ text: String, hidden: String? = nil, name: String? = nil, value: String? = nil, form: String? = nil
    ) -> HTML {
        """
        <button class="app-linkbutton" type="submit"\(attribute: "form", form)\(attribute: "name", name)\
        \(attribute: "value", value)>\
        \(text)\(hiddenText(hidden))</button>
        """
    }

    /// A size as people read it: `2.4MB`.
    package static func size(_ bytes: Int) -> String {
        switch bytes {
        case ..<1_000: return bytes == 1 ? "1 byte" : "\(bytes) bytes"
        case ..<999_500: return "\((bytes + 500) / 1_000)KB"
        case ..<999_950_000: return "\(tenths(bytes, of: 1_000_000))MB"
        default: return "\(tenths(bytes, of: 1_000_000_000))GB"
        }
    }

    private static func tenths(_ bytes: Int, of unit: Int) -> String {
        let tenths = (bytes * 10 + unit / 2) / unit
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}
