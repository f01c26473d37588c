import HTTPTypes

/// Finds the route for a path. The library's own router answers a wrong method with 404, knows no HEAD unless asked,
/// leaves path parameters encoded and puts no headers on a 404, so a site has this one instead.
package struct RouteTable: Sendable {
    /// Every route, in the order declared: for the documents and for tests that walk them all.
    package let routes: [Route]
    private var nodes: [Node] = [Node()]

    private struct Node {
        var words: [String: Int] = [:]
        var parameter: Int?
        var routes: [HTTPRequest.Method: Int] = [:]
    }

    /// What a path and a method come to.
    enum Match {
        case found(Route, parameters: [String: String])
        /// The path is known, but not with this method.
        case wrongMethod(allowed: [HTTPRequest.Method])
        case notFound
    }

    /// - Precondition: no two routes answer the same.
    package init(_ routes: [Route]) {
        self.routes = routes
        for (index, route) in routes.enumerated() {
            var node = 0
            for segment in segments(of: route.pattern) {
                node = segment.hasPrefix(":") ? parameterNode(under: node) : wordNode(String(segment), under: node)
            }
            precondition(
                nodes[node].routes[route.method] == nil, "two routes answer \(route.method) \(route.pattern)")
            nodes[node].routes[route.method] = index
        }
    }

    func match(_ path: Substring, _ method: HTTPRequest.Method) -> Match {
        var decoded: [String] = []
        for segment in segments(of: path) {
            guard let text = percentDecoded(segment) else { return .notFound }
            decoded.append(text)
        }
        var values: [String] = []
        guard let node = find(decoded[...], from: 0, &values) else { return .notFound }
        let known = nodes[node].routes
        // HEAD is GET without the body.
        guard let index = known[method] ?? (method == .head ? known[.get] : nil) else {
            let allowed = known.keys + (known[.get] == nil ? [] : [.head])
            return .wrongMethod(allowed: allowed.sorted { $0.rawValue < $1.rawValue })
        }
        let names = segments(of: routes[index].pattern).filter { $0.hasPrefix(":") }.map { String($0.dropFirst()) }
        return .found(
            routes[index], parameters: Dictionary(zip(names, values), uniquingKeysWith: { first, _ in first }))
    }

    /// A word is preferred to a parameter; where the words lead nowhere the parameter is tried.
    private func find(_ path: ArraySlice<String>, from node: Int, _ values: inout [String]) -> Int? {
        guard let first = path.first else { return nodes[node].routes.isEmpty ? nil : node }
        if let next = nodes[node].words[first], let found = find(path.dropFirst(), from: next, &values) { return found }
        guard let next = nodes[node].parameter, !first.isEmpty else { return nil }
        values.append(first)
        if let found = find(path.dropFirst(), from: next, &values) { return found }
        values.removeLast()
        return nil
    }

    private mutating func wordNode(_ word: String, under node: Int) -> Int {
        if let known = nodes[node].words[word] { return known }
        nodes.append(Node())
        nodes[node].words[word] = nodes.count - 1
        return nodes.count - 1
    }

    private mutating func parameterNode(under node: Int) -> Int {
        if let known = nodes[node].parameter { return known }
        nodes.append(Node())
        nodes[node].parameter = nodes.count - 1
        return nodes.count - 1
    }
}

/// The parts of a path between its strokes; one stroke at the end counts for nothing.
private func segments(of path: some StringProtocol) -> [Substring] {
    var parts = Substring(path).split(separator: "/", omittingEmptySubsequences: false)
    if parts.first?.isEmpty == true { parts.removeFirst() }
    if parts.last?.isEmpty == true { parts.removeLast() }
    return parts
}
