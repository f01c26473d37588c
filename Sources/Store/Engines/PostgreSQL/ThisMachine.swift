/// Which names of hosts lead nowhere but to this machine.
package enum ThisMachine {
    /// Whether nothing leaves this machine: a socket of its file system, or an address of its own. Several hosts stand
    /// between commas.
    package static func has(_ hosts: String) -> Bool {
        hosts.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { host in
            host.hasPrefix("/") || host.hasPrefix("@") || host == "localhost" || host == "::1" || isLoopback(host)
        }
    }

    /// `127.0.0.1` and its like, but not a name such as `127.example.org`.
    private static func isLoopback(_ host: Substring) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.first == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
