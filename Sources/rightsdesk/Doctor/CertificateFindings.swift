import Correspondence
import Foundation
import Rights
import Store
import Web

extension Settings {
    /// How long before its end a certificate is told of.
    private static let warning = 30

    /// The certificates that the sites show, and those by which the program knows others.
    func certificateFindings(_ surroundings: Surroundings) -> [Finding] {
        let sites = [
            ("Certificate of the portal", portalCertificate, portalAddress),
            ("Certificate of the desk", deskCertificate, deskAddress),
        ]
        var findings: [Finding] = []
        for (subject, files, address) in sites {
            if let files {
                findings += siteFindings(subject, files, at: address, surroundings)
            } else if address.hasPrefix("https://") {
                findings.append(Finding(.well, subject, "is the reverse proxy's: see there when it ends"))
            }
        }
        let authorities = [
            ("Certificates for the mail server", mail?.certificates, "RIGHTSDESK_SMTP_CERTIFICATES"),
            ("Certificates for the database", database?.authorityFile, "sslrootcert of the database's address"),
        ]
        for (subject, path, setting) in authorities {
            guard let path else { continue }
            findings.append(authorityFinding(subject, path, setting, surroundings))
        }
        return findings
    }

    private func siteFindings(
        _ subject: String, _ files: SiteCertificate.Files, at address: String, _ surroundings: Surroundings
    ) -> [Finding] {
        var findings: [Finding] = []
        if isOpen(files.key, to: 0o007) {
            findings.append(
                Finding(
                    .fault, subject, "its key \(files.key) can be read by others",
                    advice: "Close it: chmod o-rwx \(files.key)"))
        }
        do throws(CertificateFault) {
            let file = try CertificateFile(files.chain)
            if try !file.belongs(to: files.key) {
                findings.append(
                    Finding(
                        .fault, subject, "the key \(files.key) does not belong to it",
                        advice: "Put both files in place again, from the same order."))
            }
            if let host = Origin(address)?.host, !file.covers(host) {
                findings.append(
                    Finding(
                        .fault, subject, "is not for \(host), so that browsers refuse it",
                        advice: "Order one with that name, or set the site's address to a name that is in it."))
            }
            findings.append(endFinding(subject, file, surroundings))
        } catch {
            findings.append(
                Finding(
                    .fault, subject, "\(error.path) \(error.words)",
                    advice: "The sites do not start with it; those that run go on with the one before."))
        }
        return findings
    }

    /// The first of a chain that ends ends the chain.
    private func endFinding(_ subject: String, _ file: CertificateFile, _ surroundings: Surroundings) -> Finding {
        let now = surroundings.now()
        let today = surroundings.day(now)
        let advice = "Renew it. The sites take a new one within seconds, without a restart."
        let end = file.ends.min() ?? now
        let lastDay = surroundings.day(end)
        if file.begins > now {
            let first = surroundings.day(file.begins).inWords
            return Finding(.fault, subject, "is not valid before \(first)", advice: "Is this machine's clock right?")
        }
        if end <= now { return Finding(.fault, subject, "ended on \(lastDay.inWords)", advice: advice) }
        let left = lastDay - today
        guard left > Self.warning else {
            return Finding(.look, subject, "ends on \(lastDay.inWords), in \(left) days", advice: advice)
        }
        return Finding(.well, subject, "is good until \(lastDay.inWords)")
    }

    /// Of several authorities one that has ended may be one that nobody needs any more.
    private func authorityFinding(
        _ subject: String, _ path: String, _ setting: String, _ surroundings: Surroundings
    ) -> Finding {
        let now = surroundings.now()
        do throws(CertificateFault) {
            let ends = try CertificateFile(path).ends
            let good = ends.filter { $0 > now }
            guard let last = good.max() else {
                return Finding(
                    .fault, subject, "have ended, all in \(path)", advice: "Put newer ones there: \(setting).")
            }
            let lasting = good.filter { surroundings.day($0) - surroundings.day(now) > Self.warning }
            guard lasting.count == ends.count else {
                return Finding(
                    .look, subject, "\(ends.count - lasting.count) of \(ends.count) in \(path) have ended or end soon",
                    advice: "Put newer ones there: \(setting).")
            }
            return Finding(.well, subject, "are good until \(surroundings.day(last).inWords)")
        } catch {
            return Finding(.fault, subject, "\(error.path) \(error.words)", advice: "Set another file: \(setting).")
        }
    }
}
