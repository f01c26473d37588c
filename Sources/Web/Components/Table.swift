/// The head of one column.
package struct Column: Sendable {
    /// How the table is sorted by a column now, for `aria-sort`.
    package enum Order: Sendable { case none, ascending, descending }

    let title: String
    let isNumeric: Bool
    let order: Order
    let href: String?

    /// A column that is not for sorting.
    package init(_ title: String, isNumeric: Bool = false) {
        self.title = title
        self.isNumeric = isNumeric
        order = .none
        href = nil
    }

    /// A column whose head is a link that sorts by it.
    ///
    /// - Parameter href: the same page sorted by this column, or the other way round if it is already.
    package init(_ title: String, isNumeric: Bool = false, sorted order: Order, by href: String) {
        self.title = title
        self.isNumeric = isNumeric
        self.order = order
        self.href = href
    }
}

/// What a table shows, and how large that is written.
package struct TableCaption: Sendable {
    let text: String
    let modifier: HTML

    /// A caption that is seen; without a size it is text.
    package static func shown(_ text: String, size: Label.Size? = nil) -> TableCaption {
        switch size {
        case nil: TableCaption(text: text, modifier: "")
        case .small: TableCaption(text: text, modifier: " nhsuk-table__caption--s")
        case .medium: TableCaption(text: text, modifier: " nhsuk-table__caption--m")
        case .large: TableCaption(text: text, modifier: " nhsuk-table__caption--l")
        case .extraLarge: TableCaption(text: text, modifier: " nhsuk-table__caption--xl")
        }
    }

    /// A caption for screen readers, where a heading above says it already.
    package static func hidden(_ text: String) -> TableCaption {
        TableCaption(text: text, modifier: " nhsuk-u-visually-hidden")
    }
}

extension HTML {
    /// A table whose rows become cards on a phone: for lists that people look through.
    package static func responsiveTable(_ caption: TableCaption, _ columns: [Column], _ rows: [[HTML]]) -> HTML {
        """
        <table class="nhsuk-table-responsive" role="table">\(tableCaption(caption))\
        <thead class="nhsuk-table__head" role="rowgroup"><tr class="nhsuk-table__row" role="row">\
        \(each: columns, { head($0, role: " role=\"columnheader\"") })</tr></thead>\
        <tbody class="nhsuk-table__body">\(responsiveRows(columns, rows))</tbody></table>
        """
    }

    /// The rows of the longest pages there are: what stands before a cell is made once for its column, and all goes
    /// into one buffer.
    private static func responsiveRows(_ columns: [Column], _ rows: [[HTML]]) -> HTML {
        let starts = columns.map { column -> HTML in
            """
            <td class="nhsuk-table__cell\(" nhsuk-table__cell--numeric", when: column.isNumeric)" role="cell">\
            <span class="nhsuk-table-responsive__heading" aria-hidden="true">\(column.title) </span><span>
            """
        }
        let rowStart: HTML = "<tr class=\"nhsuk-table__row\" role=\"row\">"
        let cellEnd: HTML = "</span></td>"
        let rowEnd: HTML = "</tr>"
        let cellSize = rows.first?.reduce(0) { $0 + $1.bytes.count + 180 } ?? 0
        var body = HTML.empty
        body.bytes.reserveCapacity(rows.count * (cellSize + 60))
        for cells in rows {
            body += rowStart
            for (start, cell) in zip(starts, cells) {
                body += start
                body += cell
                body += cellEnd
            }
            body += rowEnd
        }
        return body
    }

    /// A table that keeps its columns at every width, in a region that scrolls; for figures. The first cell of each
    /// row is its head.
    ///
    /// - Parameter id: of the region, which is named by the caption.
    package static func table(id: String, _ caption: TableCaption, _ columns: [Column], _ rows: [[HTML]]) -> HTML {
        """
        <div class="app-scroll" role="region" aria-labelledby="\(id)" tabindex="0"><table class="nhsuk-table">\
        \(tableCaption(caption, id: id))<thead class="nhsuk-table__head"><tr class="nhsuk-table__row">\
        \(each: columns, { head($0, role: "") })</tr></thead><tbody class="nhsuk-table__body">\
        \(each: rows, { cells -> HTML in """
            <tr class="nhsuk-table__row">\(each: zip(columns, cells).enumerated(), { plainCell($0, $1.0, $1.1) })</tr>
            """ })</tbody></table></div>
        """
    }

    private static func tableCaption(_ caption: TableCaption, id: String? = nil) -> HTML {
        """
        <caption class="nhsuk-table__caption\(caption.modifier)"\(attribute: "id", id)>\(caption.text)</caption>
        """
    }

    private static func plainCell(_ index: Int, _ column: Column, _ content: HTML) -> HTML {
        if index == 0 { return "<th scope=\"row\" class=\"nhsuk-table__header\">\(content)</th>" }
        return """
            <td class="nhsuk-table__cell\(" nhsuk-table__cell--numeric", when: column.isNumeric)">\(content)</td>
            """
    }

    private static func head(_ column: Column, role: HTML) -> HTML {
        let numeric: HTML = column.isNumeric ? " nhsuk-table__header--numeric" : ""
        guard let href = column.href else {
            return "<th scope=\"col\" class=\"nhsuk-table__header\(numeric)\"\(role)>\(column.title)</th>"
        }
        let (sort, mark): (HTML, HTML) =
            switch column.order {
            case .none: ("none", "<path d=\"M8 1 4 7h8zM8 15l4-6H4z\"/>")
            case .ascending: ("ascending", "<path d=\"M8 3 3 12h10z\"/>")
            case .descending: ("descending", "<path d=\"m8 13 5-9H3z\"/>")
            }
        return """
            <th scope="col" class="nhsuk-table__header\(numeric)"\(role) aria-sort="\(sort)">\
            <a class="app-sort" href="\(href)">\(column.title)\
            <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">\(mark)</svg></a></th>
            """
    }
}
