/// Numbers that look random and are the same in every run (SplitMix64).
struct Dice: Sendable {
    private var state: UInt64

    init(_ seed: Int) { state = UInt64(bitPattern: Int64(seed)) &+ 0x9e37_79b9_7f4a_7c15 }

    private mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    mutating func roll(_ range: Range<Int>) -> Int { range.lowerBound + Int(next() % UInt64(range.count)) }
    mutating func pick<Item>(_ items: [Item]) -> Item { items[roll(0..<items.count)] }
    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) } }

    /// A paragraph of about this many letters.
    mutating func text(_ length: Int) -> String {
        var text = ""
        while text.utf8.count < length { text += (text.isEmpty ? "" : " ") + pick(sentences) }
        return text
    }
}

private let sentences = [
    "The ward has looked for the notes of that year and will send them by the end of the week.",
    "Two volumes are at the other site and have been asked for.",
    "The consultant has read the letters and has nothing to leave out.",
    "Please tell us which clinic you went to, so that we look in the right place.",
    "The scan was made on the mobile unit, whose pictures are kept by another department.",
    "We have your form and are checking the documents that came with it.",
    "The copy is faint on pages four to nine; a better one has been asked for.",
    "Nothing is held for the years before 1998, which were destroyed under the schedule.",
]
