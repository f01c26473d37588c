import Foundation
import Rights
import Testing

/// What must hold for every history that the acts can write, tried on hundreds of them, always the same.
@Suite struct HistoryPropertyTests {
    @Test("random histories fold, keep what was written, and read back as they were", arguments: 1...8)
    func histories(seed: Int) throws {
        var chance = Chance(seed: UInt64(seed))
        for number in 0..<60 {
            var hand = try RandomWork.beginning(&chance)
            for _ in 0..<(20 + chance.below(40)) {
                hand.today = hand.today + max(0, chance.below(5) - 2)
                let before = hand.matter
                let (act, actor) = RandomWork.act(on: hand, &chance)
                do {
                    let added = try hand.does(act, by: actor)
                    try check(hand, after: before, added: added, by: actor ?? CaseInHand.actor(for: act))
                } catch Problem.refused(let reasons) {
                    try hold(!reasons.isEmpty, "refused for no reason: \(act)")
                    try hold(hand.matter.entries == before.entries, "a refusal changed the case: \(act)")
                } catch {
                    Issue.record("seed \(seed), history \(number), \(act): \(error)")
                    return
                }
            }
            try readBack(hand)
        }
    }

    @Test("striking out what an act added restores both dates, the stage and the gates", arguments: 1...8)
    func striking(seed: Int) throws {
        var chance = Chance(seed: UInt64(100 + seed))
        var struck: Set<Fact.Kind> = []
        for _ in 0..<60 {
            var hand = try RandomWork.beginning(&chance)
            for _ in 0..<(5 + chance.below(25)) {
                hand.today = hand.today + max(0, chance.below(5) - 2)
                let before = hand
                let (act, actor) = RandomWork.act(on: hand, &chance)
                guard let added = try? hand.does(act, by: actor), added.count == 1, let fact = added.first,
                    fact.canBeStruck
                else { continue }
                var restored = hand
                try restored.does(StrikeEntry(entry: hand.matter.sequence, reason: "A slip"))
                try hold(restored.fold == before.fold, "striking \(fact.kind) left something of it")
                struck.insert(fact.kind)
            }
        }
        #expect(struck.count > 8, "only \(struck) were tried")
    }

    private func check(_ hand: CaseInHand, after before: Case, added: [Fact], by actor: Actor) throws {
        let matter = hand.matter
        try hold(matter.entries.map(\.sequence) == Array(1...matter.entries.count), "a gap in the sequence")
        try hold(Array(matter.entries.prefix(before.entries.count)) == before.entries, "an earlier entry changed")
        try hold(matter.entries.count == before.entries.count + added.count, "a fact was lost")
        let days = matter.entries.dropFirst(before.entries.count).map(\.effective)
        try hold(days.allSatisfy { (matter.receivedOn...hand.today).contains($0) }, "a day outside the case")
        if case .requester = actor {
            let own: Set<Fact.Kind> = [
                .messageRead, .replyReceived, .fileAdded, .evidenceOffered, .fileDownloaded, .withdrawn,
            ]
            try hold(own.isSuperset(of: added.map(\.kind)), "a requester added \(added.map(\.kind))")
        }
        try hold(areUnique(matter.conversations.map(\.sent.number)), "two messages of one number")
        try hold(areUnique(matter.pauses.map(\.paused.number)), "two pauses of one number")
        try hold(areUnique(matter.tasks.map(\.given.number)), "two tasks of one number")
        try hold(areUnique(matter.parts.map(\.part.number)), "two parts of one number")
        try hold(
            matter.parts.allSatisfy { part in part.part.files.allSatisfy { matter.file($0) != nil } },
            "a release of another case's file")
        // Whatever happened, everything that pages ask can be answered.
        _ = try hand.clock()
        _ = matter.gates(under: hand.policy)
        _ = matter.nextAction(under: hand.policy)
    }

    /// Each fact as it is kept and read again, which must give the same case.
    private func readBack(_ hand: CaseInHand) throws {
        let entries = try hand.matter.entries.map { entry in
            let kept = try JSONEncoder().encode(entry.fact)
            return Entry(
                sequence: entry.sequence, recorded: entry.recorded, effective: entry.effective, by: entry.by,
                fact: try JSONDecoder().decode(Fact.self, from: kept))
        }
        try hold(entries == hand.matter.entries, "a fact reads back as another")
    }
}

extension CaseInHand {
    /// What a case adds up to, but for its history.
    fileprivate var fold: [String] {
        get throws {
            let clock = try clock()
            return [
                "\(Check.allCases.map(matter.standing))",
                "\(matter.conversations)", "\(matter.unpromptedReplies)", "\(matter.pauses)", "\(matter.extensions)",
                "\(matter.tasks)", "\(matter.files)", "\(String(describing: matter.confirmation))", "\(matter.parts)",
                "\(matter.refusals)", "\(matter.alerts)", "\(matter.judgedDuplicates)",
                "\(String(describing: matter.handler))", "\(String(describing: matter.lastEntry))",
                "\(String(describing: matter.outcome))", "\(clock.policy.due?.description ?? "none")",
                "\(clock.statute?.due?.description ?? "none")", "\(clock.state)",
                "\(matter.gates(under: policy))",
            ]
        }
    }
}

/// Acts that somebody might try on a case, sensible and not.
private enum RandomWork {
    static func beginning(_ chance: inout Chance) throws -> CaseInHand {
        switch chance.below(5) {
        case 0: try CaseInHand()
        case 1: try CaseInHand.ofDeceased()
        case 2: try CaseInHand.readyToRelease(files: 3)
        case 3: try CaseInHand.running(policy: "uk-2026")
        default: try CaseInHand.running()
        }
    }

    /// The act, and who does it where that is not plain from the act.
    static func act(on hand: CaseInHand, _ chance: inout Chance) -> (any Act, Actor?) {
        let (matter, today) = (hand.matter, hand.today)
        let requester = Actor.requester(CaseInHand.account)
        let check = Check.allCases[chance.below(3)]
        let earlier = today - chance.below(4)
        let number = 1 + chance.below(4)
        let file = CaseInHand.file(1 + chance.below(6))
        let records = matter.records.map(\.file.id)
        switch chance.below(31) {
        case 0:
            return (
                hand.acceptance(of: check, by: ["passport", "council-tax", "probate", nil][chance.below(4)]), nil
            )
        case 1: return (RefuseCheck(check: check, reason: "It cannot be read."), nil)
        case 2: return (LogEvidence(check: check, arrivedOn: earlier), nil)
        case 3: return (RecordLastEntry(lastEntry: today - chance.below(90), firstEntry: nil), nil)
        case 4, 5:
            return (SendMessage(text: "Which?", asks: MessageSent.Asks.allCases[chance.below(3)], check: check), nil)
        case 6: return (ReadMessage(number: number), nil)
        case 7, 8: return (AnswerQuestion(number: number, text: "This one."), requester)
        case 9: return (AnswerQuestion(number: number, text: "", files: [file]), requester)
        case 10: return (AnswerQuestion(number: number, text: "By letter.", arrivedOn: earlier), nil)
        case 11: return (WriteToTrust(text: "How long still?"), nil)
        case 12, 13:
            let reasons = ["clarification", "evidence", "fee", "further-info"]
            return (PauseClock(reason: reasons[chance.below(4)], question: "Which?", asks: .reply), nil)
        case 14, 15:
            let end = [QuestionEnd.answeredOtherwise, .withdrawn, nil][chance.below(3)]
            return (ResumeClock(pause: number, answeredOn: earlier, note: "By telephone.", question: end), nil)
        case 16:
            let amounts: [Period] = [.days(10), .days(56), .months(1), .months(2)]
            return (ExtendClock(amount: amounts[chance.below(4)], reason: "Much.", letter: "More time."), nil)
        case 17: return (RaiseAlert(raised: AlertRaised(daysLeft: number, told: [], due: today)), nil)
        case 18: return (GiveTask(title: "Find", department: "x-ray", dueOn: today + number), nil)
        case 19: return (ReturnTask(number: number, isDone: true, outcome: "Found."), nil)
        case 20: return (AddNote(text: "Noted."), nil)
        case 21: return (AssignHandler(staff: CaseInHand.handler), nil)
        case 22:
            return (
                AddFiles(files: [CaseInHand.file(1000 + matter.sequence)], purpose: .record, arrivedOn: earlier), nil
            )
        case 23:
            let results: [FileInspected.Result] = [
                .clean, .infected("Eicar"), .unusable("Broken."), .notScanned("Off."),
            ]
            let some = matter.files.isEmpty ? file.id : matter.files[chance.below(matter.files.count)].file.id
            return (InspectFile(inspected: FileInspected(file: some, result: results[chance.below(4)])), nil)
        case 24: return (RemoveFile(file: records.first ?? file.id, reason: "Wrong."), nil)
        case 25: return (ConfirmRelease(statements: hand.statements), nil)
        case 26: return (ReleasePart(files: Array(records.prefix(number)), note: "Here.", isFinal: number == 4), nil)
        case 27: return (DownloadFile(part: 1, file: records.first ?? file.id), nil)
        case 28: return (StrikeEntry(entry: 1 + chance.below(matter.sequence), reason: "A slip."), nil)
        case 29: return (ReleasePartAgain(part: number, reason: "She was away."), nil)
        default: return (ending(matter, &chance), nil)
        }
    }

    private static func ending(_ matter: Case, _ chance: inout Chance) -> any Act {
        switch chance.below(12) {
        case 0: WithdrawRequest(how: "Letter")
        case 1: CloseCase(cause: .lapsed, reason: "No answer.")
        case 2:
            DeclareNotHeld(
                searches: [.init(place: "Archive", result: "Nothing")],
                letter: "Not held. You can complain to us or to the Information Commissioner's Office.")
        case 3:
            RefuseRequest(
                ground: "third-party", reason: "See file.",
                letter: "You can complain to us or to the Information Commissioner's Office.")
        default:
            JudgeDuplicate(
                judged: DuplicateJudged(
                    other: identifier(chance.below(2) + 2), otherReference: "SAR-1", isDuplicate: false, reason: "Other"
                ))
        }
    }
}

private func areUnique(_ numbers: [Int]) -> Bool { Set(numbers).count == numbers.count }
