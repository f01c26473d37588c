import HTTPTypes

/// A page without what stands round it on every page.
package struct Page: Sendable {
    /// The first part of the title in the browser's tab; the same as the heading.
    package var title: String
    /// The form on it, if there is one: its problems are listed above the content, and the title says "Error".
    package var form: Form?
    /// The link back to the page before; instead of it, the trail.
    package var back: Link?
    /// The pages above this one.
    package var trail: [Link]
    /// Which link of the navigation it belongs to, by its address.
    package var current: String?
    /// How many unread things wait behind links of the navigation, by address.
    package var unread: [String: Int]
    /// Another status than 200, or 422 for a form with problems.
    package var status: HTTPResponse.Status?
    /// What stands in `main`; one `h1` in it.
    package var content: HTML

    package init(
        _ title: String, back: Link? = nil, trail: [Link] = [], current: String? = nil, form: Form? = nil,
        unread: [String: Int] = [:], status: HTTPResponse.Status? = nil, _ content: HTML
    ) {
        self.title = title
        self.back = back
        self.trail = trail
        self.current = current
        self.form = form
        self.unread = unread
        self.status = status
        self.content = content
    }
}
