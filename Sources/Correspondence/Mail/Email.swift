import Rights

/// One mail to one person.
package struct Email: Hashable, Sendable {
    /// The left part of its Message-ID: the same whenever it is sent again, so that mail programs show it once.
    package let id: String
    package let to: EmailAddress
    package let subject: HeaderText
    /// Plain text; lines end with a line feed.
    package let body: String
    package let written: Moment

    /// - Parameter id: letters and digits, unique among all mails of the trust; other signs are left out.
    package init(id: String, to: EmailAddress, subject: HeaderText, body: String, written: Moment) {
        self.id = id.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        self.to = to
        self.subject = subject
        self.body = body
        self.written = written
    }
}

/// Who mails come from: `Sars No Reply <no-reply@sar.example.org>` (S1-13, by configuration).
package struct Sender: Hashable, Sendable {
    package let name: HeaderText
    /// With NHSmail this must be the account that signs in.
    package let address: EmailAddress

    package init(name: HeaderText, address: EmailAddress) {
        self.name = name
        self.address = address
    }

    /// What follows the sign in the address.
    var domain: Substring { address.text.split(separator: "@").last ?? "" }
}

extension Email {
    /// The mail as it goes over the wire (RFC 5322, MIME): UTF-8 in quoted-printable, lines ended by CR LF. Written by
    /// hand: eight headers and one text part are all that ever leaves, and the types above make the parts safe.
    package func composed(from sender: Sender) -> [UInt8] {
        let head = [
            "Date: \(MailDate.text(written))",
            "From: \(Email.display(sender.name)) <\(sender.address.text)>",
            "To: <\(to.text)>",
            "Subject: \(subject.encoded(for: "Subject"))",
            "Message-ID: <\(id)@\(sender.domain)>",
            // Tells other programs not to answer with an out-of-office note (RFC 3834).
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable",
        ]
        return Array(head.joined(separator: "\r\n").utf8) + Array("\r\n\r\n".utf8) + QuotedPrintable.bytes(body)
    }

    /// A display name: in quotes where it is plain, since commas and brackets mean something else without them.
    private static func display(_ name: HeaderText) -> String {
        let encoded = name.encoded(for: "From")
        guard encoded == name.text else { return encoded }
        let escaped = name.text.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }
        return "\"\(String(escaped))\""
    }
}

/// The date of a mail's head, in UTC: `Sat, 21 Nov 2026 09:30:00 +0000`.
private enum MailDate {
    static func text(_ moment: Moment) -> String {
        let stored = moment.description
        let day = Day(stored.prefix(10)) ?? Day(number: 0)
        let (year, month, number) = day.parts
        let time = stored.dropFirst(11).prefix(8)
        return "\(day.weekday.name.prefix(3)), \(number) \(Day.monthNames[month - 1].prefix(3)) \(year) \(time) +0000"
    }
}

/// Text as bytes of the printable kind, in lines of at most 76 signs (RFC 2045, 6.7).
private enum QuotedPrintable {
    private static let hex = Array("0123456789ABCDEF".utf8)

    static func bytes(_ text: String) -> [UInt8] {
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        // The text ends its last line; every line gets its end below.
        if lines.last?.isEmpty == true { lines.removeLast() }
        var encoded: [UInt8] = []
        for line in lines {
            encoded += self.line(Array(line.utf8))
            encoded += [13, 10]
        }
        return encoded
    }

    private static func line(_ bytes: [UInt8]) -> [UInt8] {
        var encoded: [UInt8] = []
        var room = 75
        for (index, byte) in bytes.enumerated() {
            let isSpace = byte == 32 || byte == 9
            let isLast = index == bytes.count - 1
            let isPlain = (33...126).contains(byte) && byte != UInt8(ascii: "=") || isSpace && !isLast
            let signs = isPlain ? [byte] : [UInt8(ascii: "="), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            if signs.count > room {
                encoded += [UInt8(ascii: "="), 13, 10]
                room = 75
            }
            encoded += signs
            room -= signs.count
        }
        return encoded
    }
}
