import Store

/// A line of the access log. Named here, where only the store's word is known: Web calls who may use a route by the
/// same one.
typealias AccessLine = Access
