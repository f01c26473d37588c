import Foundation

/// The settings of one trust of several, with the code that names it.
struct TrustSettings: Sendable {
    let code: String
    let settings: Settings

    var file: String { TrustFile.name(of: code) }
}

/// Several trusts that one process serves: a folder with a file of settings for each, and the process's own settings
/// from its environment.
struct TrustsFolder: Sendable {
    let path: String
    private let environment: [String: String]
    /// Where the secrets are that systemd hands to the process: those of every trust.
    private let credentials: [String: String]

    /// What belongs to the process and no trust may set.
    static let processNames = Set(
        [
            "TRUSTS", "ASSETS", "SITE", "PORTAL_LISTEN", "DESK_LISTEN", "METRICS_LISTEN", "PROXIES", "TLS_CERTIFICATE",
            "TLS_KEY", "DESK_TLS_CERTIFICATE", "DESK_TLS_KEY",
        ].map { "RIGHTSDESK_" + $0 })

    /// What has a default that would be another trust's, or nobody's.
    static let required = [
        "DATA", "POLICY", "PORTAL_ADDRESS", "DESK_ADDRESS", "TRUST_NAME", "CONTACT_DEPARTMENT", "CONTACT_EMAIL",
        "CONTACT_TELEPHONE", "SENDER",
    ].map { "RIGHTSDESK_" + $0 }

    /// Nothing where the environment names no folder of trusts: then there is one trust, and the environment is its own.
    init?(environment: [String: String]) {
        guard let path = environment["RIGHTSDESK_TRUSTS"], !path.isEmpty else { return nil }
        self.path = path
        self.environment = environment.filter { $0.key.hasPrefix("RIGHTSDESK_") && !$0.value.isEmpty }
        credentials = environment.filter { $0.key == SettingsReader.credentialsFolder }
    }

    /// The settings of every trust, in the order of their codes.
    ///
    /// - Throws: `SettingsFaults` with every fault of every file and of the environment.
    func all() throws(SettingsFaults) -> [TrustSettings] {
        let codes = try codes()
        var faults = processFaults()
        // Where the process's own are not right, the files are looked at without them.
        let own = faults.isEmpty ? own : [:]
        var found: [TrustSettings] = []
        for code in codes {
            do throws(SettingsFaults) {
                found.append(TrustSettings(code: code, settings: try settings(of: code, with: own)))
            } catch {
                faults += error.faults
            }
        }
        faults += Belongings.sharedFaults(of: found)
        guard faults.isEmpty else { throw SettingsFaults(faults: faults) }
        return found
    }

    /// The settings of one trust, whatever is wrong with the others.
    ///
    /// - Parameter changes: what stands in place of settings of the file.
    /// - Throws: `SettingsFaults` with every fault of its file and of the process's own settings.
    func settings(of code: String, changing changes: [String: String]) throws(SettingsFaults) -> Settings {
        try settings(of: code, with: own.merging(changes) { $1 })
    }

    private func settings(of code: String, with own: [String: String]) throws(SettingsFaults) -> Settings {
        let name = TrustFile.name(of: code)
        guard TrustFile.isCode(code), let text = try? String(contentsOfFile: "\(path)/\(name)", encoding: .utf8) else {
            throw SettingsFaults(faults: [
                SettingsFault(name: "RIGHTSDESK_TRUSTS", text: "there is no file \(name) in \(path) that can be read")
            ])
        }
        let file = TrustFile(code: code, text: text)
        var faults = file.faults
        for name in file.values.keys.sorted() where TrustsFolder.processNames.contains(name) {
            faults.append(
                SettingsFault(
                    file: file.name, name: name, text: "this is the process's own: set it in its environment"))
        }
        for name in TrustsFolder.required where file.values[name]?.isEmpty ?? true {
            faults.append(SettingsFault(file: file.name, name: name, text: "each of several trusts must say this"))
        }
        let settings: Settings
        do throws(SettingsFaults) {
            settings = try Settings(environment: file.values.merging(own) { $1 }.merging(credentials) { $1 })
        } catch {
            throw SettingsFaults(
                faults: faults
                    + error.faults.map { fault in
                        let isOwn = own[fault.name] != nil
                        return SettingsFault(file: isOwn ? nil : file.name, name: fault.name, text: fault.text)
                    })
        }
        guard faults.isEmpty else { throw SettingsFaults(faults: faults) }
        return settings
    }

    /// The process's own settings.
    private var own: [String: String] { environment.filter { TrustsFolder.processNames.contains($0.key) } }

    /// The trusts' codes, in order.
    ///
    /// - Throws: `SettingsFaults` where the folder cannot be read, holds no trust, or a file that cannot be one's.
    func codes() throws(SettingsFaults) -> [String] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw SettingsFaults(faults: [
                SettingsFault(name: "RIGHTSDESK_TRUSTS", text: "the folder \(path) cannot be read")
            ])
        }
        let codes = names.filter { $0.hasSuffix(TrustFile.ending) }.map { String($0.dropLast(TrustFile.ending.count)) }
        let wrong = codes.filter { !TrustFile.isCode($0) }.sorted()
        guard wrong.isEmpty else {
            throw SettingsFaults(
                faults: wrong.map {
                    SettingsFault(
                        file: TrustFile.name(of: $0), name: "RIGHTSDESK_TRUSTS",
                        text: "a trust's file is named by small letters, digits and hyphens, as in meadowbank.env")
                })
        }
        guard !codes.isEmpty else {
            throw SettingsFaults(faults: [
                SettingsFault(
                    name: "RIGHTSDESK_TRUSTS", text: "\(path) holds no file such as meadowbank.env")
            ])
        }
        return codes.sorted()
    }

    /// The process's own settings.
    ///
    /// - Throws: `SettingsFaults` with every fault of the environment.
    func process() throws(SettingsFaults) -> Settings {
        try Settings(environment: environment.filter { !isOfATrust($0.key) })
    }

    /// What is wrong with the process's own settings, and what is set for all trusts at once: a trust that forgot its
    /// own sender or database would take that of another.
    private func processFaults() -> [SettingsFault] {
        var faults: [SettingsFault] = []
        do throws(SettingsFaults) { _ = try process() } catch { faults = error.faults }
        for name in environment.keys.sorted() where isOfATrust(name) {
            faults.append(SettingsFault(name: name, text: "with several trusts this belongs in each trust's file"))
        }
        return faults
    }

    private func isOfATrust(_ name: String) -> Bool {
        Settings.names.contains(name) && !TrustsFolder.processNames.contains(name)
    }
}
