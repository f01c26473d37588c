import ArgumentParser
import Foundation
import Rights

/// `rightsdesk clock vectors`: the program's answer to rows of worked examples.
struct ClockVectorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vectors", abstract: "Count the rows of a file of worked examples.",
        discussion: """
            Prints `id,state,due` for each row; `due` is empty where there is no date. Pauses and extensions that do \
            not count, and rows that cannot be read, are reported on standard error with the row's id. Ends with 2 if \
            a row could not be counted.
            """)

    @OptionGroup var policies: PoliciesOption

    @Argument(
        help: """
            A CSV file with the columns id, profile, kind, received, and where needed complete_on, pauses, extension, \
            region, record_last_added, record_first_made; `-` for standard input.
            """)
    var file: String

    func run() throws {
        let rules = try policies.load(on: Surroundings.live().today)
        let rows = try rows()
        var failed = 0
        print(CommaSeparated.line(["id", "state", "due"]))
        for (id, row) in rows {
            do {
                let outcome = try outcome(of: row.get(), under: rules)
                for reason in outcome.refusals { Console.tell("\(id): \(reason.text)") }
                print(CommaSeparated.line([id, outcome.state, outcome.due?.description ?? ""]))
            } catch {
                failed += 1
                Console.tell("\(id): \(words(for: error))")
                print(CommaSeparated.line([id, "", ""]))
            }
        }
        guard failed == 0 else {
            throw CommandFailure(status: .partial, message: "\(failed) of \(rows.count) rows could not be counted.")
        }
    }

    private func rows() throws(CommandFailure) -> [(id: String, row: Result<ClockVector, Problem>)] {
        let data =
            file == "-"
            ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: file)
        guard let data else {
            throw CommandFailure(status: .inputMissing, message: "The file \(file) cannot be read.")
        }
        do throws(Problem) {
            return try ClockVector.rows(of: String(decoding: data, as: UTF8.self))
        } catch {
            throw CommandFailure(status: .badInput, message: "\(file): \(words(for: error))")
        }
    }

    private func outcome(of vector: ClockVector, under rules: ShippedRules) throws -> ClockVector.Outcome {
        let profiles = rules.profiles.filter { $0.code == vector.profile }
        let holidays = try rules.holidays(of: vector.nation)
        if let clock = profiles.lazy.compactMap({ $0.rules(for: vector.kind) }).first {
            return try vector.outcome(under: clock, holidays: holidays)
        }
        // A duty of one date binds whichever profile counts the clock, so another profile may be the one that has it.
        if let duty = (profiles + rules.profiles).lazy.compactMap({ $0.duty(for: vector.kind) }).first {
            return try vector.outcome(of: duty, holidays: holidays)
        }
        let known = Set(rules.profiles.map(\.code)).sorted().joined(separator: ", ")
        throw CommandFailure(
            status: .badInput,
            message: "The profile “\(vector.profile)” has no rules for “\(vector.kind)”. Profiles: \(known).")
    }

    private func words(for error: any Error) -> String {
        switch error {
        case Problem.refused(let reasons): reasons.map(\.text).joined(separator: " ")
        case let failure as CommandFailure: failure.message
        case let unknown as HolidaysUnknown: unknown.reason.text
        default: "\(error)"
        }
    }
}
