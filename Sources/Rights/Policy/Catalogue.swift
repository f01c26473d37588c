/// An entry of one of the policy's lists. Cases, facts and letters keep its code as text.
package protocol Listed: Sendable {
    /// Stable, in kebab case. A code that cases use may be retired, never removed or given another meaning.
    var code: String { get }
    /// Still understood where it is used, no longer offered.
    var retired: Bool { get }
}

/// A list of the policy with its codes: looked up by code, shown in the order the trust wrote it.
package struct Catalogue<Item: Listed>: Sendable {
    /// Every entry, retired ones included, in the policy's order.
    package let all: [Item]
    private let places: [String: Int]

    /// Where a code comes twice the first counts; `PolicyFiles` reports the second as a fault.
    package init(_ items: [Item]) {
        all = items
        places = Dictionary(items.indices.map { (items[$0].code, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// What may be chosen today.
    package var offered: [Item] { all.filter { !$0.retired } }

    /// The entry with this code, retired or not; nothing for a code the policy does not know.
    package subscript(code: String) -> Item? { places[code].map { all[$0] } }

    /// The entry with this code, if it may be chosen today.
    package func offered(_ code: String) -> Item? { self[code].flatMap { $0.retired ? nil : $0 } }
}

extension Catalogue: Equatable where Item: Equatable {}
extension Catalogue: Hashable where Item: Hashable {}
