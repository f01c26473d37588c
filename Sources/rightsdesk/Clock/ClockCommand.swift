import ArgumentParser

/// `rightsdesk clock`: the statutory clock by itself, for staff who check a date and for programs that compare.
struct ClockCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clock", abstract: "Work out due dates.",
        subcommands: [ClockExplainCommand.self, ClockVectorsCommand.self])
}
