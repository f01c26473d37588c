import Foundation

/// The end of a run that did not do what was asked, in words and as an exit status.
struct CommandFailure: Error {
    /// The numbers of `sysexits.h`, so that scripts and service managers can tell the kinds apart. A command line that
    /// cannot be read ends with 64, by the argument parser.
    enum Status: Int32 {
        /// Some of the items failed, the others were done.
        case partial = 2
        /// The input is not in the form that it should have.
        case badInput = 65
        case inputMissing = 66
        /// Something that the program relies on did not do its part.
        case unavailable = 69
        /// The settings or the policies are not right.
        case configuration = 78
    }

    let status: Status
    /// What happened, why, and what to do.
    let message: String
}

/// Results go to standard output, everything else that a person should read to standard error.
enum Console {
    /// A result that somebody waits for while the command goes on: written at once, also into a pipe.
    static func say(_ message: String) {
        FileHandle.standardOutput.write(Data((message + "\n").utf8))
    }

    static func tell(_ message: String) {
        FileHandle.standardError.write(Data((message + "\n").utf8))
    }
}
