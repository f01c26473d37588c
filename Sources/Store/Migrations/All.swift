extension Migration {
    /// Every migration in its order. Numbers have no gaps; new ones are added at the end.
    static let all: [Migration] = [
        cases, files, outboxAndJobs, accessLog, accounts, drafts, advice, whatListsKnow, masterKeyMark, nextAction,
        fileBytes, filesPlace, anySize,
    ]
}
