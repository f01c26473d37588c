import Rights
import Store
import Web

/// The list of an account's requests (S1-45 to S1-51).
struct ManageRequests: Sendable {
    static let pageSize = 20

    let search: String
    let order: ListOrder
    let lines: [RequestLine]
    let total: Int
    let number: Int
    /// When it was looked up: `10:52am`.
    let updated: String
    /// How many requests have something to read or answer, on whatever page of the list they are.
    let waiting: Int

    private var pages: Int { max(1, (total + ManageRequests.pageSize - 1) / ManageRequests.pageSize) }
    private var address: ListAddress { ListAddress(search: search, order: order, number: number) }

    var page: Page {
        Page(
            "Manage Requests", back: Link("Back to your home page", Place.home), current: Place.requests,
            unread: [Place.requests: waiting],
            """
            <h1>Manage Requests</h1>\
            \(HTML.toolbar(
                search: Field("q", search), label: "Search by name or reference", action: Place.requests,
                keeping: address.kept,
                end: """
                    \(HTML.refreshLink(to: address.text))\(HTML.fullScreenButton)\
                    \(HTML.buttonLink(
                        "Download list", to: address.export, .secondary, isSmall: true, hidden: "as a CSV file"))
                    """))\
            \(HTML.refreshable(list))
            """)
    }

    private var list: HTML {
        """
        \(HTML.count(countline))\(lines.isEmpty ? empty : table)\
        \(HTML.pagination(current: number, of: pages) { page in
            var other = address
            other.number = page
            return other.text
        })
        """
    }

    private var countline: String {
        let found = search.isEmpty ? "" : " found for “\(search)”"
        let first = (number - 1) * ManageRequests.pageSize + 1
        let shown =
            switch total {
            case 0: "No requests\(found)."
            case 1: "Showing 1 request\(found)."
            case ...ManageRequests.pageSize: "Showing \(total) requests\(found)."
            default: "Showing \(first) to \(first + lines.count - 1) of \(total) requests\(found)."
            }
        return "\(shown) Updated today at \(updated)."
    }

    private var empty: HTML {
        search.isEmpty
            ? "<p>You have not sent a request yet. \(HTML.link("Make a new request", to: Place.newRequest)).</p>"
            : """
            <p>Check the spelling, or search for a part of the name or reference. \
            \(HTML.link("Show all your requests", to: Place.requests)).</p>
            """
    }

    private var table: HTML {
        .box(
            .responsiveTable(
                .hidden("Your requests, \(order.inWords)"), ListOrder.columns.map(head), lines.map(row)))
    }

    private func head(_ column: (title: String, column: SummaryOrder.Column)) -> Column {
        let isCurrent = order.column == column.column
        var next = address
        next.number = 1
        next.order = ListOrder(
            column.column, descending: isCurrent ? !order.isDescending : column.column == .received)
        return Column(
            column.title, sorted: isCurrent ? (order.isDescending ? .descending : .ascending) : .none, by: next.text)
    }

    private func row(_ line: RequestLine) -> [HTML] {
        let question: HTML =
            line.hasQuestion
            ? "<br>\(HTML.questionLink(line.wantsAnswer ? "Question" : "Message", to: "\(Place.request(line.id))#messages", hidden: "to \(line.wantsAnswer ? "answer" : "read") about \(line.reference)"))"
            : ""
        return [
            "\(line.type)",
            "<a class=\"app-nowrap\" href=\"\(Place.request(line.id))\">\(line.reference)</a>\(question)",
            "\(person: line.name)", .unbroken(line.submitted.inWords), line.status.tag,
        ]
    }
}

/// How the list is sorted, as its address says it: `-submitted` for the newest first.
struct ListOrder: Sendable, Hashable {
    let column: SummaryOrder.Column
    let isDescending: Bool

    /// The guide's columns (S1-46).
    static let columns: [(title: String, column: SummaryOrder.Column)] = [
        ("Type", .type), ("Reference", .reference), ("Name", .subject), ("Submitted", .received), ("Status", .stage),
    ]
    static let newestFirst = ListOrder(.received, descending: true)

    init(_ column: SummaryOrder.Column, descending: Bool) {
        self.column = column
        isDescending = descending
    }

    /// Reads the address; what it does not know is the newest first.
    init(_ text: String) {
        let isDescending = text.hasPrefix("-")
        let name = isDescending ? text.dropFirst() : text[...]
        guard let column = ListOrder.columns.first(where: { $0.title.lowercased() == name }) else {
            self = .newestFirst
            return
        }
        self.init(column.column, descending: isDescending)
    }

    private var title: String { ListOrder.columns.first { $0.column == column }?.title ?? "Submitted" }

    var text: String { "\(isDescending ? "-" : "")\(title.lowercased())" }

    var inWords: String { "sorted by \(title.lowercased())\(isDescending ? ", last first" : "")" }

    var summaries: SummaryOrder { SummaryOrder(column, descending: isDescending) }
}

/// The address of one state of the list.
struct ListAddress: Sendable {
    var search: String
    var order: ListOrder
    var number: Int

    /// What a search keeps: the order, not the page.
    var kept: [(name: String, value: String)] {
        order == .newestFirst ? [] : [("sort", order.text)]
    }

    private var query: String {
        var parts: [String] = []
        if !search.isEmpty { parts.append("q=\(percentEncoded(search))") }
        if order != .newestFirst { parts.append("sort=\(order.text)") }
        if number > 1 { parts.append("page=\(number)") }
        return parts.isEmpty ? "" : "?\(parts.joined(separator: "&"))"
    }

    var text: String { Place.requests + query }
    var export: String { "/requests.csv\(ListAddress(search: search, order: order, number: 1).query)" }
}
