import Logging
import ServiceLifecycle
import Web

/// The certificates of the sites that speak TLS themselves; both sites may have one and the same.
struct SiteCertificates {
    let portal: SiteCertificate?
    let desk: SiteCertificate?
    /// What reads them again while the sites run.
    let all: [any Service]

    /// - Throws: `CommandFailure` if one of them cannot be served.
    init(_ settings: Settings, _ logger: Logger) throws(CommandFailure) {
        var read: [SiteCertificate.Files: SiteCertificate] = [:]
        do throws(CertificateFault) {
            for files in [settings.portalCertificate, settings.deskCertificate] {
                guard let files, read[files] == nil else { continue }
                read[files] = try SiteCertificate(files, logger: logger)
            }
        } catch {
            throw CommandFailure(status: .configuration, message: "\(error.path) \(error.words).")
        }
        portal = settings.portalCertificate.flatMap { read[$0] }
        desk = settings.deskCertificate.flatMap { read[$0] }
        all = Array(read.values)
    }
}
