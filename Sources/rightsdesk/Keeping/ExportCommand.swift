import ArgumentParser
import Casework
import Rights
import Store

/// Writes one case, or everything, in open formats.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write one case, or everything, as JSON and the original files.",
        discussion: "The folder `secret` in it opens what the rest holds: keep it apart, or remove it from a copy that "
            + "is only to be read. docs/export.md describes the format. The sites may run meanwhile.")

    @Option(name: .customLong("case"), help: ArgumentHelp("The case with this reference.", valueName: "reference"))
    var reference: String?

    @Flag(help: "Everything.")
    var all = false

    @Option(help: "The folder to make. It must not be there, or be empty.")
    var into: String

    @OptionGroup var trust: TrustOption

    func run() async throws {
        let selection: Casework.Selection
        switch (reference, all) {
        case (let reference?, false): selection = .oneCase(reference)
        case (nil, true): selection = .everything
        case (nil, false), (_?, true):
            throw CommandFailure(status: .badInput, message: "Say --case with a reference, or --all.")
        }
        let installation = try Installation.open(try trust.settings())
        let folder = EmptyFolder(path: into)
        try folder.begin()
        let exported: Exported
        do {
            exported = try await installation.casework.export(selection, into: folder.partial) { Console.tell($0) }
        } catch Problem.notFound {
            throw CommandFailure(status: .inputMissing, message: "There is no case \(reference ?? "").")
        }
        try installation.casework.store.close()
        try folder.finish()
        print(
            "Exported: \(exported.cases) cases, \(exported.facts) facts, \(exported.files) files of "
                + "\(exported.bytes) bytes, into \(into).")
        guard exported.missing.isEmpty, exported.altered.isEmpty else {
            throw CommandFailure(
                status: .partial,
                message:
                    "\(exported.missing.count) files were not there, and \(exported.altered.count) are damaged and "
                    + "were left out: `missing` and `altered` of export.json name them, and so does "
                    + "`rightsdesk verify --files`.")
        }
    }
}
