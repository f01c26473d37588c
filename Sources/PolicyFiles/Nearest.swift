/// The word that somebody who wrote `word` probably meant, if one is near enough.
///
/// Written by hand: a spelling library for one distance of two short words would be a dependency for twenty lines.
package func nearest(to word: String, among known: some Sequence<String>) -> String? {
    let close = known.map { (word: $0, distance: distance(Array(word.utf8), Array($0.utf8))) }
        .min { ($0.distance, $0.word) < ($1.distance, $1.word) }
    guard let close, close.distance <= max(2, word.utf8.count / 3) else { return nil }
    return close.word
}

/// `Did you mean …?` where something is near, and otherwise what may stand there.
func suggestion(for word: String, among known: some Collection<String>) -> String {
    if let near = nearest(to: word, among: known) { return "Did you mean `\(near)`?" }
    return known.isEmpty
        ? "Nothing may stand here." : "Use one of: " + known.sorted().map { "`\($0)`" }.joined(separator: ", ") + "."
}

/// Letters to insert, remove, replace or swap with their neighbour to make one word of the other.
private func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for i in left.indices {
        var row = [i + 1] + Array(repeating: 0, count: right.count)
        for j in right.indices {
            row[j + 1] = min(last[j + 1] + 1, row[j] + 1, last[j] + (left[i] == right[j] ? 0 : 1))
            if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1)
            }
        }
        beforeLast = last
        last = row
    }
    return last[right.count]
}
