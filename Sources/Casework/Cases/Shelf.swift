import Rights
import Store
import Synchronization

/// Cases as they were last folded. A history only grows, so the fold of facts 1 to n stays right for ever: a case
/// whose last fact is still number n need not be read, opened and folded again.
///
/// Two generations keep it bounded: what was asked for lately is in the young one; when that is full it becomes the
/// old one, and what nobody asked for in the meantime is forgotten.
package final class Shelf: Sendable {
    private struct Generations {
        var young: [Case.ID: Case] = [:]
        var old: [Case.ID: Case] = [:]
    }

    private let generations = Mutex(Generations())
    private let size: Int

    /// - Parameter size: how many cases a generation holds; a case of 80 facts takes some 60 kB.
    package init(size: Int = 128) {
        self.size = size
    }

    /// The case, if it is here as of this fact.
    func find(_ id: Case.ID, at sequence: Int) -> Case? {
        generations.withLock { generations in
            guard let found = generations.young[id] ?? generations.old[id], found.sequence == sequence else {
                return nil
            }
            keep(found, in: &generations)
            return found
        }
    }

    func put(_ matter: Case) {
        generations.withLock { keep(matter, in: &$0) }
    }

    private func keep(_ matter: Case, in generations: inout Generations) {
        if generations.young[matter.id] == nil, generations.young.count >= size {
            generations.old = generations.young
            generations.young = [:]
        }
        generations.young[matter.id] = matter
    }
}

extension Transaction {
    /// The case as its history says it stands, from the shelf where that is as new; nothing if there is no such case.
    func matter(_ id: Case.ID, from shelf: Shelf) throws -> Case? {
        guard let last = try lastSequence(of: id) else { return nil }
        if let found = shelf.find(id, at: last) { return found }
        return try matter(id)
    }
}
