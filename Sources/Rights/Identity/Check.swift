/// The proofs without which nothing is supplied (policy 5.1(c), 5.2(d)): who asks, where they live, and by what
/// right they ask.
package enum Check: String, CaseIterable, Hashable, Sendable, Codable {
    case identity, address, authority

    package var title: String {
        switch self {
        case .identity: "Identity"
        case .address: "Address"
        case .authority: "Authority"
        }
    }
}
