import Foundation

/// The commonest passwords that were stolen elsewhere and published (ASVS 6.2.4, 6.2.12). The commonest are not always
/// words, so that no rule finds them. The list is other people's and is fetched beside the assets, not kept with us.
package struct StolenPasswords: Hashable, Sendable {
    /// The name of the list in the folder of assets: one in small letters a line.
    package static let file = "stolen-passwords.txt"

    private let known: Set<String>

    /// Whether there is no list: the rules then refuse only what they find by themselves.
    package var isEmpty: Bool { known.isEmpty }

    package init(_ known: Set<String> = []) {
        self.known = known
    }

    /// The list in a folder of assets; an empty one where there is none.
    package init(in assets: String) {
        let text = try? String(contentsOfFile: "\(assets)/\(Self.file)", encoding: .utf8)
        self.init(Set((text ?? "").split(separator: "\n").map(String.init)))
    }

    /// - Parameter plain: in small letters, without accents and spaces.
    func contain(_ plain: String) -> Bool { known.contains(plain) }
}
