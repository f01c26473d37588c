import Foundation

/// The fields of a form as they came: every value of every name, cleaned, none lost.
package struct FormFields: Sendable {
    /// How much a form may hold.
    package struct Limits: Sendable {
        /// Bytes of one value. Beyond it a value is cut and its name is noted as too long.
        package var value: Int
        /// Values altogether; no form of ours has nearly as many.
        package var count: Int
        /// Bytes that are read before the rest is refused. Larger than what is kept, so that somebody who pasted a
        /// book into one field still gets the other fields back.
        package var body: Int

        package init(value: Int = 100_000, count: Int = 1_000, body: Int = 16 << 20) {
            self.value = value
            self.count = count
            self.body = body
        }

        static let query = Limits(value: 1_000, count: 100)
    }

    /// Values by name, in the order they came in.
    package private(set) var values: [String: [String]] = [:]
    /// Names in the order they first came in.
    package private(set) var names: [String] = []
    /// Names of which a value was longer than allowed. The value kept is its beginning.
    package private(set) var tooLong: Set<String> = []
    let limits: Limits
    private var count = 0

    package init(limits: Limits = Limits()) {
        self.limits = limits
    }

    /// Adds a value as it came over the wire. What comes after too many values is not kept.
    mutating func add(name: some Collection<UInt8>, value: some Collection<UInt8>, isCut: Bool) {
        guard count < limits.count else { return }
        count += 1
        let name = clean(name)
        if values[name] == nil { names.append(name) }
        values[name, default: []].append(clean(value))
        if isCut { tooLong.insert(name) }
    }

    /// Adds or replaces values of our own.
    mutating func set(_ name: String, to values: [String]) {
        if self.values[name] == nil { names.append(name) }
        self.values[name] = values
    }
}

/// Text as it is kept: Unicode in composed form, so that a name typed on two machines is one name; line ends as one
/// line feed; no control characters, for nobody types them and some programs stumble over them.
func clean(_ bytes: some Collection<UInt8>) -> String {
    var isPlain = true
    for byte in bytes where byte >= 0x80 || byte < 0x20 || byte == 0x7f {
        isPlain = false
        break
    }
    let text = String(decoding: bytes, as: UTF8.self)
    if isPlain { return text }
    var scalars = String.UnicodeScalarView()
    var wasReturn = false
    for scalar in text.unicodeScalars {
        switch scalar.value {
        case 0x0d: scalars.append("\n")
        case 0x0a: if !wasReturn { scalars.append(scalar) }
        case 0x09: scalars.append(scalar)
        case 0x00...0x1f, 0x7f...0x9f: break
        default: scalars.append(scalar)
        }
        wasReturn = scalar.value == 0x0d
    }
    return String(scalars).precomposedStringWithCanonicalMapping
}
