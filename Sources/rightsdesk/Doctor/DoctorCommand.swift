import ArgumentParser
import Foundation
import Logging
import Rights

/// Looks at everything this machine needs to run, and says in plain words what is well, what soon will not be, and
/// what to do. It opens the database as a start does, which makes the tables of an empty one and brings an older one up
/// to date, and changes nothing else.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Look at everything that is needed to run, and say what is not well.",
        discussion: "It opens the database as a start does: one that is empty gets its tables and its key, one of an "
            + "older version is brought up to date. Nothing else is changed. It ends with 0 if nothing is wrong, "
            + "also where something deserves a look, and with 69 otherwise.")

    @OptionGroup var trust: TrustOption

    func run() async throws {
        let settings = try trust.settings()
        let surroundings: Surroundings
        do throws(NoTimeZone) {
            surroundings = try .live()
        } catch {
            throw CommandFailure(status: .unavailable, message: error.description)
        }
        var findings = [Finding(.well, "Settings", "can be read")]
        func look(_ at: [Finding]) {
            findings += at
            for finding in at { print(finding) }
        }
        print(findings[0])
        look(settings.policyFindings(on: surroundings.today))
        look(settings.folderFindings())
        look(settings.assetFindings())
        look(settings.databaseServerFindings())
        look(await settings.databaseFindings(at: surroundings.now()))
        look(await settings.filesFindings(at: surroundings.now()))
        look(await settings.mailFindings())
        look(await settings.scannerFindings(at: surroundings.now()))
        look(settings.certificateFindings(surroundings))
        look(settings.backupFindings(at: surroundings.now()))
        let faults = findings.count { $0.verdict == .fault }
        guard faults == 0 else {
            throw CommandFailure(status: .unavailable, message: "\(faults) of \(findings.count) are not well.")
        }
    }
}

/// What was found out about one thing.
struct Finding: CustomStringConvertible {
    enum Verdict: String {
        case well
        /// It works, and somebody should look at it.
        case look
        /// It does not work.
        case fault
    }

    let verdict: Verdict
    let subject: String
    /// What is the case, as the rest of a sentence that begins with the subject.
    let words: String
    /// What to do about it.
    let advice: String?

    init(_ verdict: Verdict, _ subject: String, _ words: String, advice: String? = nil) {
        self.verdict = verdict
        self.subject = subject
        self.words = words
        self.advice = advice
    }

    var description: String {
        let mark =
            switch verdict {
            case .well: "well   "
            case .look: "LOOK   "
            case .fault: "FAULT  "
            }
        return "\(mark)\(subject): \(words)." + (advice.map { "\n       \($0)" } ?? "")
    }
}
