import ArgumentParser
import Casework
import Store

/// Brings an export into an empty installation.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Bring an export into an empty installation.",
        discussion:
            "The installation of the settings is where to: it must not hold anything yet, and its sites must not "
            + "run. Everything is checked before anything is kept, and all of it is kept or nothing.")

    @Argument(help: "The folder that `export` made.")
    var folder: String

    @OptionGroup var trust: TrustOption

    func run() async throws {
        let installation = try Installation.open(try trust.settings())
        let imported: Imported
        do {
            imported = try await installation.casework.importEverything(from: folder) { Console.tell($0) }
        } catch let fault as ImportFault {
            throw CommandFailure(
                status: .badInput, message: "\(folder) is not brought in, and nothing of it was kept. \(fault).")
        } catch StoreError.notEmpty(let table) {
            throw CommandFailure(
                status: .badInput,
                message: "This installation holds something already (in its table \(table)). Import into a new one.")
        }
        try installation.casework.store.close()
        print(
            "Imported: \(imported.cases) cases, \(imported.facts) facts, \(imported.files) files of "
                + "\(imported.bytes) bytes.")
        if imported.missing > 0 {
            Console.tell(
                "\(imported.missing) files were missing from the export or damaged before it, and are missing here.")
        }
    }
}
