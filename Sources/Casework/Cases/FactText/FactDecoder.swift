/// Reads a fact from its text by the facts' own `Decodable`, so that what a fact is stands in one place only.
struct FactDecoder: Decoder {
    let text: FactText
    /// Which of the values is read.
    let place: Int

    /// Not kept: a fact is read or it is not, and nobody is shown where it broke.
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// Reads one value that was kept.
    ///
    /// - Throws: `DecodingError` for what is not JSON or does not say what the type needs.
    static func decode<Kept: Decodable>(_ type: Kept.Type, from bytes: [UInt8]) throws -> Kept {
        try Kept(from: FactDecoder(text: FactText(bytes), place: 0))
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object = text.values[place].shape else { throw text.fault("no object") }
        return KeyedDecodingContainer(FactMembers(text: text, place: place))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .list = text.values[place].shape else { throw text.fault("no list") }
        return FactItems(text: text, place: place)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }
}

extension FactText {
    /// The value at a place. Plain ones are picked at once: to ask them to decode themselves would be two calls more.
    func value<Kept: Decodable>(_ type: Kept.Type, at place: Int) throws -> Kept {
        if Kept.self == String.self, let text = try string(at: place) as? Kept { return text }
        if Kept.self == Int.self, let number = try integer(at: place) as? Kept { return number }
        if Kept.self == Bool.self, let flag = try flag(at: place) as? Kept { return flag }
        return try Kept(from: FactDecoder(text: self, place: place))
    }

    func isNothing(at place: Int) -> Bool {
        if case .nothing = values[place].shape { true } else { false }
    }
}

extension FactDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { text.isNothing(at: place) }

    func decode<Kept: Decodable>(_ type: Kept.Type) throws -> Kept {
        // Any other number would ask for itself again, without end.
        if Kept.self != Int.self, Kept.self is any Numeric.Type { throw text.fault("a number that no fact has") }
        return try text.value(type, at: place)
    }
}

/// The members of an object. They are few, so they are looked for one after the other.
private struct FactMembers<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let text: FactText
    let place: Int

    var codingPath: [any CodingKey] { [] }

    var allKeys: [Key] {
        var keys: [Key] = []
        var name = place + 1
        while name < text.values[place].next {
            if let key = (try? text.string(at: name)).flatMap({ Key(stringValue: $0) }) { keys.append(key) }
            name = text.values[name + 1].next
        }
        return keys
    }

    private func find(_ key: Key) -> Int? {
        let wanted = key.stringValue
        var name = place + 1
        while name < text.values[place].next {
            if text.isName(wanted, at: name) { return name + 1 }
            name = text.values[name + 1].next
        }
        return nil
    }

    private func found(_ key: Key) throws -> Int {
        guard let value = find(key) else {
            throw DecodingError.keyNotFound(key, .init(codingPath: [], debugDescription: "a fact without it"))
        }
        return value
    }

    func contains(_ key: Key) -> Bool { find(key) != nil }

    func decodeNil(forKey key: Key) throws -> Bool { text.isNothing(at: try found(key)) }

    func decode<Kept: Decodable>(_ type: Kept.Type, forKey key: Key) throws -> Kept {
        try text.value(type, at: try found(key))
    }

    func decodeIfPresent<Kept: Decodable>(_ type: Kept.Type, forKey key: Key) throws -> Kept? {
        guard let value = find(key), !text.isNothing(at: value) else { return nil }
        return try text.value(type, at: value)
    }

    func nestedContainer<Inner: CodingKey>(
        keyedBy type: Inner.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Inner> {
        try FactDecoder(text: text, place: try found(key)).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try FactDecoder(text: text, place: try found(key)).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { throw text.fault("no fact has a superclass") }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw text.fault("no fact has a superclass") }
}

/// The items of a list.
private struct FactItems: UnkeyedDecodingContainer {
    let text: FactText
    private let end: Int
    private var next: Int
    let count: Int?
    private(set) var currentIndex = 0

    init(text: FactText, place: Int) {
        self.text = text
        end = text.values[place].next
        next = place + 1
        var (items, item) = (0, place + 1)
        while item < end {
            items += 1
            item = text.values[item].next
        }
        count = items
    }

    var codingPath: [any CodingKey] { [] }
    var isAtEnd: Bool { next >= end }

    /// The place of the next item, which is taken.
    private mutating func take() throws -> Int {
        guard !isAtEnd else { throw text.fault("a list that is too short") }
        defer {
            next = text.values[next].next
            currentIndex += 1
        }
        return next
    }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, text.isNothing(at: next) else { return false }
        _ = try take()
        return true
    }

    mutating func decode<Kept: Decodable>(_ type: Kept.Type) throws -> Kept { try text.value(type, at: try take()) }

    mutating func nestedContainer<Inner: CodingKey>(keyedBy type: Inner.Type) throws -> KeyedDecodingContainer<Inner> {
        try FactDecoder(text: text, place: try take()).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try FactDecoder(text: text, place: try take()).unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder { throw text.fault("no fact has a superclass") }
}
