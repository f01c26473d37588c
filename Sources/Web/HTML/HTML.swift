/// A piece of markup, already safe to send.
///
/// Markup comes from literals in the source alone: a literal is a `StaticString`, so a string that exists only at
/// run time cannot become markup by accident. Everything inserted is escaped byte by byte; only another `HTML` goes
/// in as it is. (The escaping is per byte because a quote followed by a combining mark is one `Character`, and a
/// table of characters would let it through.)
///
///     let row: HTML = "<td>\(person: subject.name)</td><td>\(request.reference)</td>"
package struct HTML: Sendable, Hashable {
    /// The markup in UTF-8, ready for the wire.
    package var bytes: [UInt8]

    /// No markup at all.
    package static let empty = HTML(bytes: [])

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Several pieces one after the other.
    package init(_ parts: [HTML]) {
        var joined: [UInt8] = []
        joined.reserveCapacity(parts.reduce(0) { $0 + $1.bytes.count })
        for part in parts { joined += part.bytes }
        bytes = joined
    }

    /// Plain text as markup: escaped, never interpreted.
    package init(text: some StringProtocol) {
        bytes = []
        bytes.appendEscaped(text)
    }

    package var isEmpty: Bool { bytes.isEmpty }

    /// The markup as text: for tests and messages, not for putting into other markup.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    package static func + (left: HTML, right: HTML) -> HTML { HTML(bytes: left.bytes + right.bytes) }
    package static func += (left: inout HTML, right: HTML) { left.bytes += right.bytes }
}

extension HTML: ExpressibleByStringInterpolation {
    package init(stringLiteral literal: StaticString) {
        bytes = []
        bytes.append(literal)
    }

    package init(stringInterpolation: Interpolation) {
        bytes = stringInterpolation.bytes
    }

    package struct Interpolation: StringInterpolationProtocol {
        fileprivate(set) var bytes: [UInt8] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + 24 * interpolationCount)
        }

        package mutating func appendLiteral(_ literal: StaticString) {
            bytes.append(literal)
        }

        /// Text, escaped for an element's content and for a quoted attribute alike.
        package mutating func appendInterpolation(_ text: some StringProtocol) {
            bytes.appendEscaped(text)
        }

        package mutating func appendInterpolation(_ number: Int) {
            bytes.append(contentsOf: String(number).utf8)
        }

        package mutating func appendInterpolation(_ markup: HTML) {
            bytes += markup.bytes
        }

        /// Markup if there is some.
        package mutating func appendInterpolation(_ markup: HTML?) {
            if let markup { bytes += markup.bytes }
        }

        /// Markup under a condition: `\(" checked", when: isChosen)`.
        package mutating func appendInterpolation(_ markup: @autoclosure () -> HTML, when condition: Bool) {
            if condition { bytes += markup().bytes }
        }

        /// Text if there is some, escaped.
        package mutating func appendInterpolation(optional text: String?) {
            if let text { bytes.appendEscaped(text) }
        }

        /// A name or other text in a direction we do not know, kept from turning the words around it.
        package mutating func appendInterpolation(person name: some StringProtocol) {
            bytes.append("<bdi>")
            bytes.appendEscaped(name)
            bytes.append("</bdi>")
        }

        /// Each element in turn: `\(each: rows, { row in "<li>\(row.name)</li>" })`. The closure stands inside the
        /// parentheses, because one that trails them is not part of the interpolation.
        package mutating func appendInterpolation<S: Sequence, E: Error>(
            each elements: S, _ markup: (S.Element) throws(E) -> HTML
        ) throws(E) {
            for element in elements { bytes += try markup(element).bytes }
        }

        package mutating func appendInterpolation(_ attributes: [Attribute]) {
            for attribute in attributes { bytes.append(attribute) }
        }

        /// One attribute with a space before it, or nothing when there is no value.
        package mutating func appendInterpolation(attribute name: StaticString, _ value: String?) {
            if let value { bytes.append(Attribute(name, value)) }
        }
    }
}

/// A further attribute of a component's element. Its name is a literal; its value is escaped.
package struct Attribute: Sendable, Hashable {
    let name: HTML
    let value: String?

    package init(_ name: StaticString, _ value: String) {
        self.name = HTML(stringLiteral: name)
        self.value = value
    }

    /// An attribute that stands without a value: `multiple`.
    package init(_ name: StaticString) {
        self.name = HTML(stringLiteral: name)
        value = nil
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ literal: StaticString) {
        literal.withUTF8Buffer { append(contentsOf: $0) }
    }

    fileprivate mutating func append(_ attribute: Attribute) {
        append(0x20)
        self += attribute.name.bytes
        guard let value = attribute.value else { return }
        append("=\"")
        appendEscaped(value)
        append(0x22)
    }
}
