import Rights

/// The policies of a trust: the one in force and those that open cases came in under (policy 8.2; S2-201).
package struct Policies: Sendable {
    private let byStamp: [PolicyStamp: Policy]
    /// Those in force, newest last.
    private let inOrder: [Policy]
    private let holidays: [Nation: BankHolidays]
    /// The one that new requests come in under today.
    package let current: Policy

    /// - Parameter current: the policy the trust has chosen; `others` are kept for the cases that came in under them.
    package init(current: Policy, others: [Policy] = [], holidays: [BankHolidays]) {
        self.current = current
        inOrder = (others + [current]).sorted { $0.edition.inForce < $1.edition.inForce }
        byStamp = Dictionary(inOrder.map { ($0.stamp, $0) }, uniquingKeysWith: { _, last in last })
        self.holidays = Dictionary(holidays.map { ($0.nation, $0) }, uniquingKeysWith: { _, last in last })
    }

    /// The policy of a case.
    ///
    /// - Throws: `PolicyMissing` if its folder is not there any more: without the rules nothing may be decided.
    package func policy(_ stamp: PolicyStamp) throws(PolicyMissing) -> Policy {
        guard let policy = byStamp[stamp] else { throw .policy(stamp) }
        return policy
    }

    /// The bank holidays of a nation.
    package func holidays(of nation: Nation) throws(PolicyMissing) -> BankHolidays {
        guard let table = holidays[nation] else { throw .holidays(nation) }
        return table
    }
}

/// Rules that a case needs are not among the trust's files.
package enum PolicyMissing: Error, Hashable, Sendable {
    case policy(PolicyStamp)
    case holidays(Nation)
}

extension Policy {
    /// What a case keeps of the policy it came in under.
    package var stamp: PolicyStamp { PolicyStamp(code: edition.code, version: edition.version) }
}
