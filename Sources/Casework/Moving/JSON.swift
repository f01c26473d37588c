import Foundation
import Store

/// Any JSON value, as rows and facts hold them.
enum JSON: Hashable, Sendable {
    case null
    case flag(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    case list([JSON])
    case object([String: JSON])

    /// The name under which bytes stand, which JSON has no form for.
    private static let bytes = "base64"

    init(_ value: StoredValue?) {
        switch value {
        case nil: self = .null
        case .text(let text): self = .text(text)
        case .integer(let number): self = .integer(number)
        case .flag(let flag): self = .flag(flag)
        case .bytes(let bytes): self = .object([Self.bytes: .text(Data(bytes).base64EncodedString())])
        }
    }

    /// The value of a column: nothing where this is none, and NULL where it is null.
    var stored: StoredValue?? {
        switch self {
        case .null: return .some(nil)
        case .text(let text): return StoredValue.text(text)
        case .integer(let number): return StoredValue.integer(number)
        case .flag(let flag): return StoredValue.flag(flag)
        case .object(let object):
            guard object.count == 1, case .text(let text)? = object[Self.bytes], let bytes = Data(base64Encoded: text)
            else { return nil }
            return StoredValue.bytes(Array(bytes))
        case .number, .list: return nil
        }
    }
}

extension JSON: Codable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let number = try? container.decode(Int64.self) {
            self = .integer(number)
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let object = try? container.decode([String: JSON].self) {
            self = .object(object)
        } else if let list = try? container.decode([JSON].self) {
            self = .list(list)
        } else {
            self = .number(try container.decode(Double.self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .flag(let flag): try container.encode(flag)
        case .integer(let number): try container.encode(number)
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .list(let list): try container.encode(list)
        case .object(let object): try container.encode(object)
        }
    }
}

extension TableRow {
    /// The row as it stands in an export.
    var exported: [String: JSON] { mapValues { JSON($0) } }

    /// A row as an export has it; nothing if a value of it is of no column.
    init?(exported: [String: JSON]) {
        var row: TableRow = [:]
        for (name, value) in exported {
            guard let stored = value.stored else { return nil }
            row[name] = .some(stored)
        }
        self = row
    }

    func text(_ column: String) -> String? {
        guard case .text(let text)?? = self[column] else { return nil }
        return text
    }
}
