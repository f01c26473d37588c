import Rights
import Web

/// The history of a case, newest first.
struct Timeline {
    let entries: [TimelineEntry]
    /// How many entries the whole history has.
    let count: Int

    /// The newest happenings that matter for the work: what only says that a machine or the requester looked at
    /// something is left to the whole history, and files that came together are one line.
    init(latest most: Int, of opened: OpenedCase) {
        let matter = opened.matter
        var shown: [TimelineEntry] = []
        var rest = matter.entries.filter { !$0.fact.isRoutine }[...]
        while shown.count < most, let entry = rest.popLast() {
            let batch = Timeline.takeFiles(like: entry, from: &rest)
            if batch > 0 {
                let line = EntryLine("\(counted(batch + 1, "file")) added", mark: Timeline.mark(of: entry))
                shown.append(Timeline.entry(entry, line, in: opened))
            } else {
                shown.append(Timeline.entry(entry, in: opened))
            }
        }
        entries = shown
        count = matter.entries.count
    }

    /// Every entry, with links to strike out what may be a mistake.
    init(allOf opened: OpenedCase) {
        let mayStrike = opened.may(.correctHistory)
        entries = opened.matter.entries.reversed().map { entry in
            var line = EntryLine(entry.fact, of: opened.matter, under: opened.policy)
            if mayStrike, entry.fact.canBeStruck, opened.matter.struck[entry.sequence] == nil {
                let link = HTML.link(
                    "Strike out", to: opened.address.strike(entry.sequence), hidden: "entry \(entry.sequence)")
                line = EntryLine(line.title, "\(line.detail)<p>\(link)</p>", mark: line.mark)
            }
            return Timeline.entry(entry, line, in: opened, numbered: true)
        }
        count = entries.count
    }

    /// Takes the files that were added in the same moment out of what is left; returns how many there were.
    private static func takeFiles(like entry: Entry, from rest: inout ArraySlice<Entry>) -> Int {
        guard case .fileAdded = entry.fact else { return 0 }
        var taken = 0
        while let last = rest.last, last.recorded == entry.recorded, last.by == entry.by, case .fileAdded = last.fact {
            rest.removeLast()
            taken += 1
        }
        return taken
    }

    private static func entry(_ entry: Entry, in opened: OpenedCase) -> TimelineEntry {
        self.entry(entry, EntryLine(entry.fact, of: opened.matter, under: opened.policy), in: opened)
    }

    private static func entry(
        _ entry: Entry, _ line: EntryLine, in opened: OpenedCase, numbered: Bool = false
    ) -> TimelineEntry {
        let striker = opened.matter.struck[entry.sequence]
        let number: HTML = numbered ? "\(entry.sequence). " : ""
        let title: HTML = striker == nil ? "\(number)\(line.title)" : "\(number)<s>\(line.title)</s>"
        let struck: HTML = striker.map { "<p>Struck out by entry \($0): it no longer counts.</p>" } ?? ""
        let effect: HTML =
            entry.effective == opened.day(entry.recorded)
            ? "" : "<p>Took effect on \(entry.effective.inWords).</p>"
        let detail: HTML = "\(effect)\(struck)\(line.detail)"
        return TimelineEntry(
            title, at: entry.recorded.description, opened.inWords(entry.recorded), by: entry.by.label,
            mark: striker == nil ? line.mark : .struckOut, detail: detail.isEmpty ? nil : detail)
    }

    private static func mark(of entry: Entry) -> TimelineEntry.Mark { entry.by.kind == .requester ? .theirs : .ours }
}
