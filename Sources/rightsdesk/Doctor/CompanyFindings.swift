import Correspondence
import Documents
import Foundation
import Rights
import Store

extension Settings {
    /// Whether mail could leave.
    func mailFindings() async -> [Finding] {
        guard let mail else {
            return [
                Finding(
                    .fault, "Mail", "has no server, so nothing leaves",
                    advice: "Set RIGHTSDESK_SMTP_HOST: see docs/configuring.md.")
            ]
        }
        let transport = SMTPTransport(to: mail, from: Sender(name: HeaderText(""), address: sender))
        let finding: Finding
        do {
            try await transport.greet()
            finding = Finding(.well, "Mail", "\(mail.host) answers and lets us in")
        } catch {
            finding = Finding(.fault, "Mail", "cannot leave by \(mail.host)", advice: error.text)
        }
        try? await transport.stop()
        return [finding]
    }

    /// Whether files can be scanned, and by signatures of what age.
    func scannerFindings(at now: Moment) async -> [Finding] {
        switch scanner {
        case .unset:
            return [
                Finding(
                    .fault, "Virus scanner", "is not set up, so no file can be opened",
                    advice: "Set RIGHTSDESK_CLAMD: see docs/configuring.md.")
            ]
        case .none:
            return [
                Finding(
                    .look, "Virus scanner", "is switched off, so files are opened unscanned",
                    advice: "Set RIGHTSDESK_CLAMD, unless all files are scanned elsewhere.")
            ]
        case .clamd(let address):
            return wayFindings(to: address) + [await versionFinding(of: address, at: now)]
        }
    }

    /// Its protocol knows no encryption.
    private func wayFindings(to address: Clamd.Address) -> [Finding] {
        guard case .tcp(let host, _) = address, !ThisMachine.has(host) else { return [] }
        return [
            Finding(
                .look, "Virus scanner", "is on another machine, \(host), to which every file goes in plain text",
                advice: "Let clamd run on this machine, unless nobody can read along between the two.")
        ]
    }

    private func versionFinding(of address: Clamd.Address, at now: Moment) async -> Finding {
        guard let version = await Clamd(at: address, patience: 10).version() else {
            return Finding(
                .fault, "Virus scanner", "does not answer, so new files stay closed",
                advice: "Start it: systemctl start clamav-daemon")
        }
        guard let made = version.signatures else {
            return Finding(
                .fault, "Virus scanner", "\(version.program) has no signatures",
                advice: "Fetch them: systemctl start clamav-freshclam")
        }
        let days = Int((now.milliseconds / 1000 - made) / 86_400)
        return days <= 7
            ? Finding(.well, "Virus scanner", "\(version.program) with signatures \(days) days old")
            : Finding(
                .look, "Virus scanner", "its signatures are \(days) days old",
                advice: "See why clamav-freshclam does not fetch newer ones.")
    }
}
