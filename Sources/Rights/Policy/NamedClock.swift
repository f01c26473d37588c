/// A clock with the code by which application types name it: `access-2017`.
package struct NamedClock: Listed, Hashable {
    package let code: String
    package let rules: ClockRules
    package let retired: Bool

    package init(code: String, rules: ClockRules, retired: Bool = false) {
        self.code = code
        self.rules = rules
        self.retired = retired
    }
}
