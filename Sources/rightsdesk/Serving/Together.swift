import ServiceLifecycle

/// Services that end at the same moment when the process is told to stop. In a group they would end one after the
/// other, and a site would take new visitors until the last request of the other site is answered.
struct Together: Service {
    let services: [any Service]

    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for service in services { group.addTask { try await service.run() } }
            // The first that fails ends all.
            try await group.waitForAll()
        }
    }
}
