import Foundation
import Testing

/// The engine that this run of the tests is on: PostgreSQL with `RIGHTSDESK_TEST_ENGINE=postgresql`, otherwise SQLite.
package enum TestEngine: Sendable {
    case sqlite
    case postgresql

    package static var current: TestEngine {
        ProcessInfo.processInfo.environment["RIGHTSDESK_TEST_ENGINE"] == "postgresql" ? .postgresql : .sqlite
    }
}

extension Trait where Self == ConditionTrait {
    /// The test is about SQLite's files or settings, and there is none of them on the other engine.
    package static var aboutSQLite: Self {
        .enabled("about SQLite alone") { TestEngine.current == .sqlite }
    }
}
