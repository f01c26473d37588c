extension Case {
    var nextMessage: Int { (conversations.map(\.sent.number).max() ?? 0) + 1 }
}

/// The trust writes to the requester, with or without a question.
package struct SendMessage: Act {
    package static let allowed = Allowed.staff(.sendMessage)

    package var text: String
    package var asks: MessageSent.Asks
    package var check: Check?

    package init(text: String, asks: MessageSent.Asks, check: Check? = nil) {
        self.text = text
        self.asks = asks
        self.check = check
    }

    package func decide(on matter: Case, in situation: Situation) -> Verdict {
        var reasons = Reasons()
        // A closed case may still be written to, but a question would have nowhere to lead.
        reasons.require(
            matter.isOpen || asks == .nothing, "closed",
            "This case is closed, so it cannot ask a question. You can still send a message that needs no answer.")
        reasons.requireLetter(text, "text", "Enter a message.")
        let fact = MessageSent(number: matter.nextMessage, text: text, asks: asks, check: check)
        return .facts([Addition(.messageSent(fact), on: situation.today)], unless: reasons.list)
    }
}

/// The requester opens a message (S1-60). Opening it again adds nothing.
package struct ReadMessage: Act {
    package static let allowed = Allowed.requester

    package var number: Int

    package init(number: Int) { self.number = number }

    package func decide(on matter: Case, in situation: Situation) -> Verdict {
        guard let conversation = matter.conversation(number) else {
            return .refused([Reason("no-message", "There is no such message.")])
        }
        guard conversation.readAt == nil else { return .allowed([]) }
        return .allowed([Addition(.messageRead(MessageRead(number: number)), on: situation.today)])
    }
}

/// An answer reaches the trust: the requester's own in the portal, or one that staff log from a letter.
package struct AnswerQuestion: Act {
    package static let allowed = Allowed.requesterOrStaff(.sendMessage)

    package var number: Int
    package var text: String
    package var files: [StoredFile]
    /// The day it arrived, for staff who log a letter; nothing means today.
    package var arrivedOn: Day?

    package init(number: Int, text: String, files: [StoredFile] = [], arrivedOn: Day? = nil) {
        self.number = number
        self.text = text
        self.files = files
        self.arrivedOn = arrivedOn
    }

    package func decide(on matter: Case, in situation: Situation) -> Verdict {
        guard let conversation = matter.conversation(number) else {
            return .refused([Reason("no-message", "There is no such question.")])
        }
        let day = arrivedOn ?? situation.today
        var reasons = Reasons()
        reasons.requireOpen(matter)
        if case .requester = situation.actor {
            reasons.require(arrivedOn == nil, "not-yours-to-date", "Your answer is dated today.")
        }
        reasons.requireDay(day, of: matter, in: situation, field: "arrived-on")
        reasons.require(
            day >= conversation.on, "before-question",
            "The answer cannot come before the question, which went out on \(conversation.on.inWords).",
            field: "arrived-on")
        if conversation.sent.asks == .document {
            reasons.require(
                !text.isBlank || !files.isEmpty, "nothing-sent", "Choose a document to send, or type why you cannot.",
                field: "files")
        } else {
            reasons.requireText(text, "text", "Enter your answer.")
            // The seed's rule: an upload square appears only if a document was asked for (S1-57). What came by post
            // came, asked for or not.
            if case .requester = situation.actor {
                reasons.require(
                    files.isEmpty, "no-document-asked", "This question did not ask for a document.", field: "files")
            }
        }
        var additions: [Addition] = []
        for file in files {
            let purpose: FileAdded.Purpose = conversation.sent.check == nil ? .correspondence : .evidence
            additions.append(Addition(.fileAdded(FileAdded(file: file, purpose: purpose)), on: day))
            if let check = conversation.sent.check {
                additions.append(Addition(.evidenceOffered(EvidenceOffered(check: check, file: file.id)), on: day))
            }
        }
        let reply = ReplyReceived(message: number, text: text, files: files.map(\.id))
        additions.append(Addition(.replyReceived(reply), on: day))
        return .facts(additions, unless: reasons.list)
    }
}

/// The requester writes to the trust of their own accord.
package struct WriteToTrust: Act {
    package static let allowed = Allowed.requester

    package var text: String

    package init(text: String) { self.text = text }

    package func decide(on matter: Case, in situation: Situation) -> Verdict {
        var reasons = Reasons()
        reasons.requireText(text, "text", "Enter a message.")
        let reply = ReplyReceived(message: nil, text: text)
        return .facts([Addition(.replyReceived(reply), on: situation.today)], unless: reasons.list)
    }
}
