import Rights
import Web

/// The row of what can be done with a case now. First, in green, what moves it forward.
struct CaseActions {
    private let buttons: [(text: String, href: String)]

    init(_ opened: OpenedCase) {
        let address = opened.address
        var buttons: [(text: String, href: String)] = []
        func offer(_ text: String, _ href: String, if may: Bool) {
            if may, !buttons.contains(where: { $0.href == href }) { buttons.append((text, href)) }
        }
        if let next = opened.nextStep { offer(next.text, next.href, if: true) }
        offer("Send message", address.questions, if: opened.may(.sendMessage))
        if opened.clock.counted?.state == .running {
            offer("Pause clock", address.pauses, if: opened.mayChange(.runClock))
        }
        if opened.clock.counted?.policy.extensionLeft != nil {
            offer("Extend", address.extensions, if: opened.mayChange(.runClock))
        }
        offer("Give task", address.tasks + "#new", if: opened.mayChange(.giveTask))
        offer("Add files", address.files + "#new", if: opened.mayChange(.handleFiles))
        offer("Add note", address.notes, if: opened.may(.addNote))
        offer("Record decision", address.decisions, if: opened.mayChange(.decideOutcome))
        self.buttons = buttons
    }

    var html: HTML {
        .actions(
            "\(each: buttons.enumerated(), { .buttonLink($1.text, to: $1.href, $0 == 0 ? .primary : .secondary, isSmall: true) })"
        )
    }
}

extension OpenedCase {
    /// The one thing that moves the case forward and where it is done, if it is for this member of staff to do.
    var nextStep: (text: String, href: String)? {
        switch matter.nextAction(under: policy) {
        case .readReply: (text: "Read the message", href: address.messages)
        case .confirmEndOfPause:
            mayChange(.runClock)
                ? matter.proposedEnds.first.map { ("Restart the clock", address.end(ofPause: $0.pause.paused.number)) }
                : nil
        case .check(let check):
            mayChange(.checkEvidence)
                ? ("Check \(check.title.lowercased())", address.acceptance(check)) : nil
        case .awaitEvidence(let check):
            mayChange(.checkEvidence)
                ? ("Ask for proof of \(check.title.lowercased())", "\(address.questions)?check=\(check.rawValue)") : nil
        case .recordLastEntry: mayChange(.checkEvidence) ? ("Enter the dates of the record", address.lastEntry) : nil
        case .addRecords: mayChange(.handleFiles) ? ("Add the record files", "\(address.files)#new") : nil
        case .resolveFiles: ("Look at the files", address.files)
        case .confirmRelease: mayChange(.release) ? ("Do the release check", address.releaseCheck) : nil
        case .release: mayChange(.release) ? ("Release the files", address.parts) : nil
        case .awaitRequester, .awaitTasks, .none: nil
        }
    }
}
