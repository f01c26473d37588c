/// The JSON of one kept fact, cut into its values once, for `FactDecoder` to pick from.
///
/// By hand, because to open a case is to read some 80 of them, and six tenths of that went into the generic containers
/// of Foundation's decoder. It reads what `EntryCoding` writes: the numbers of facts are whole.
final class FactText: Sendable {
    enum Shape: Sendable {
        case object, list
        /// With nothing in it that stands for something else.
        case text
        case textWithEscapes
        case number, yes, no, nothing
    }

    /// A value, followed by what is in it: of an object, name and value in turn.
    struct Value: Sendable {
        let shape: Shape
        /// The bytes of a text without its quotes, or of a number.
        var bytes: Range<Int>
        /// The place of the value after this one and all that is in it.
        var next: Int
    }

    let values: [Value]
    private let bytes: [UInt8]

    /// - Throws: `DecodingError` for what is not JSON.
    init(_ bytes: [UInt8]) throws {
        values = try bytes.withUnsafeBufferPointer { bytes in
            var reading = FactTextReading(bytes)
            return try reading.whole()
        }
        self.bytes = bytes
    }

    /// Whether the text at a place, which is the name of a member, is this one.
    func isName(_ name: String, at place: Int) -> Bool {
        let value = values[place]
        guard value.shape == .text else { return (try? string(at: place)) == name }
        return name.utf8.count == value.bytes.count && bytes[value.bytes].elementsEqual(name.utf8)
    }

    /// The text at a place.
    ///
    /// - Throws: `DecodingError` where there is something else, or bytes that are no text.
    func string(at place: Int) throws -> String {
        let value = values[place]
        let found: String? =
            switch value.shape {
            case .text: bytes.withUnsafeBufferPointer { String(validating: $0[value.bytes], as: UTF8.self) }
            case .textWithEscapes: FactTextReading.unescaped(bytes[value.bytes])
            case .object, .list, .number, .yes, .no, .nothing: nil
            }
        guard let found else { throw fault("no text") }
        return found
    }

    /// The whole number at a place.
    func integer(at place: Int) throws -> Int {
        let value = values[place]
        guard value.shape == .number, let number = Int(String(decoding: bytes[value.bytes], as: UTF8.self)) else {
            throw fault("no whole number")
        }
        return number
    }

    func flag(at place: Int) throws -> Bool {
        switch values[place].shape {
        case .yes: return true
        case .no: return false
        case .object, .list, .text, .textWithEscapes, .number, .nothing: throw fault("neither true nor false")
        }
    }

    /// What is wrong, without the text itself, which is personal.
    func fault(_ what: String) -> DecodingError {
        .dataCorrupted(.init(codingPath: [], debugDescription: "the JSON of a fact: \(what)"))
    }
}
