/// How a trust's pages look, as far as a trust decides it (S1-02). The rest is the NHS library's.
package struct Brand: Hashable, Sendable {
    /// The picture in the header, for a trust that may use one (the NHS logo comes from the NHS identity team).
    package struct Logo: Hashable, Sendable {
        /// A PNG picture, checked by its content.
        package let png: [UInt8]
        /// In points of the picture.
        package let width: Int
        package let height: Int
        /// What people hear who do not see it: the trust's name.
        package let alternative: String

        package init(png: [UInt8], width: Int, height: Int, alternative: String) {
            self.png = png
            self.width = width
            self.height = height
            self.alternative = alternative
        }
    }

    package let logo: Logo?
    /// Behind the white words of the header; nothing for the NHS library's own.
    package let headerColour: Colour?

    package init(logo: Logo? = nil, headerColour: Colour? = nil) {
        self.logo = logo
        self.headerColour = headerColour
    }
}

/// A colour of a page, `#005eb8`. Only what has that form is one, so that nothing else can reach a style sheet.
package struct Colour: Hashable, Sendable, CustomStringConvertible {
    package let red: UInt8
    package let green: UInt8
    package let blue: UInt8

    /// Reads `#` and six hexadecimal digits.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 7, bytes[0] == UInt8(ascii: "#"), !bytes.dropFirst().contains(UInt8(ascii: "+")),
            let number = UInt32(text.dropFirst(), radix: 16)
        else { return nil }
        red = UInt8(number >> 16 & 0xff)
        green = UInt8(number >> 8 & 0xff)
        blue = UInt8(number & 0xff)
    }

    package var description: String {
        "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
