/// How a fact is kept: `{"kind": "clock-paused", "payload": {…}}`. A new optional field of a payload reads old
/// facts as nothing; a changed meaning needs a new kind.
extension Fact: Codable {
    private enum Key: String, CodingKey { case kind, payload }

    /// The stable name of this fact's kind.
    package var kind: Kind {
        switch self {
        case .received: .received
        case .handlerAssigned: .handlerAssigned
        case .evidenceOffered: .evidenceOffered
        case .checkAccepted: .checkAccepted
        case .checkRefused: .checkRefused
        case .lastEntryRecorded: .lastEntryRecorded
        case .messageSent: .messageSent
        case .messageRead: .messageRead
        case .replyReceived: .replyReceived
        case .clockPaused: .clockPaused
        case .clockResumed: .clockResumed
        case .clockExtended: .clockExtended
        case .taskGiven: .taskGiven
        case .taskReturned: .taskReturned
        case .noteAdded: .noteAdded
        case .fileAdded: .fileAdded
        case .fileInspected: .fileInspected
        case .fileRemoved: .fileRemoved
        case .releaseConfirmed: .releaseConfirmed
        case .partReleased: .partReleased
        case .releasedAgain: .releasedAgain
        case .fileDownloaded: .fileDownloaded
        case .requestRefused: .requestRefused
        case .notHeld: .notHeld
        case .withdrawn: .withdrawn
        case .closed: .closed
        case .alertRaised: .alertRaised
        case .duplicateJudged: .duplicateJudged
        case .struck: .struck
        }
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        func payload<Payload: Decodable>() throws -> Payload {
            try container.decode(Payload.self, forKey: .payload)
        }
        switch try container.decode(Kind.self, forKey: .kind) {
        case .received: self = .received(try payload())
        case .handlerAssigned: self = .handlerAssigned(try payload())
        case .evidenceOffered: self = .evidenceOffered(try payload())
        case .checkAccepted: self = .checkAccepted(try payload())
        case .checkRefused: self = .checkRefused(try payload())
        case .lastEntryRecorded: self = .lastEntryRecorded(try payload())
        case .messageSent: self = .messageSent(try payload())
        case .messageRead: self = .messageRead(try payload())
        case .replyReceived: self = .replyReceived(try payload())
        case .clockPaused: self = .clockPaused(try payload())
        case .clockResumed: self = .clockResumed(try payload())
        case .clockExtended: self = .clockExtended(try payload())
        case .taskGiven: self = .taskGiven(try payload())
        case .taskReturned: self = .taskReturned(try payload())
        case .noteAdded: self = .noteAdded(try payload())
        case .fileAdded: self = .fileAdded(try payload())
        case .fileInspected: self = .fileInspected(try payload())
        case .fileRemoved: self = .fileRemoved(try payload())
        case .releaseConfirmed: self = .releaseConfirmed(try payload())
        case .partReleased: self = .partReleased(try payload())
        case .releasedAgain: self = .releasedAgain(try payload())
        case .fileDownloaded: self = .fileDownloaded(try payload())
        case .requestRefused: self = .requestRefused(try payload())
        case .notHeld: self = .notHeld(try payload())
        case .withdrawn: self = .withdrawn(try payload())
        case .closed: self = .closed(try payload())
        case .alertRaised: self = .alertRaised(try payload())
        case .duplicateJudged: self = .duplicateJudged(try payload())
        case .struck: self = .struck(try payload())
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(kind, forKey: .kind)
        switch self {
        case .received(let payload): try container.encode(payload, forKey: .payload)
        case .handlerAssigned(let payload): try container.encode(payload, forKey: .payload)
        case .evidenceOffered(let payload): try container.encode(payload, forKey: .payload)
        case .checkAccepted(let payload): try container.encode(payload, forKey: .payload)
        case .checkRefused(let payload): try container.encode(payload, forKey: .payload)
        case .lastEntryRecorded(let payload): try container.encode(payload, forKey: .payload)
        case .messageSent(let payload): try container.encode(payload, forKey: .payload)
        case .messageRead(let payload): try container.encode(payload, forKey: .payload)
        case .replyReceived(let payload): try container.encode(payload, forKey: .payload)
        case .clockPaused(let payload): try container.encode(payload, forKey: .payload)
        case .clockResumed(let payload): try container.encode(payload, forKey: .payload)
        case .clockExtended(let payload): try container.encode(payload, forKey: .payload)
        case .taskGiven(let payload): try container.encode(payload, forKey: .payload)
        case .taskReturned(let payload): try container.encode(payload, forKey: .payload)
        case .noteAdded(let payload): try container.encode(payload, forKey: .payload)
        case .fileAdded(let payload): try container.encode(payload, forKey: .payload)
        case .fileInspected(let payload): try container.encode(payload, forKey: .payload)
        case .fileRemoved(let payload): try container.encode(payload, forKey: .payload)
        case .releaseConfirmed(let payload): try container.encode(payload, forKey: .payload)
        case .partReleased(let payload): try container.encode(payload, forKey: .payload)
        case .releasedAgain(let payload): try container.encode(payload, forKey: .payload)
        case .fileDownloaded(let payload): try container.encode(payload, forKey: .payload)
        case .requestRefused(let payload): try container.encode(payload, forKey: .payload)
        case .notHeld(let payload): try container.encode(payload, forKey: .payload)
        case .withdrawn(let payload): try container.encode(payload, forKey: .payload)
        case .closed(let payload): try container.encode(payload, forKey: .payload)
        case .alertRaised(let payload): try container.encode(payload, forKey: .payload)
        case .duplicateJudged(let payload): try container.encode(payload, forKey: .payload)
        case .struck(let payload): try container.encode(payload, forKey: .payload)
        }
    }
}
