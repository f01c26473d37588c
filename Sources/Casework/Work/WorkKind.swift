/// What the worker does later: the names that jobs carry, which must never change, and how people know the work.
package enum WorkKind: String, CaseIterable, Sendable {
    /// Named by the store, which writes the job together with its message.
    case sendMessage = "send-message"
    case scanFile = "scan-file"
    case watchDueDates = "watch-due-dates"
    case warnOfExpiry = "warn-of-expiry"
    case forgetDrafts = "forget-drafts"
    case forgetAccountRemnants = "forget-account-remnants"
    case forgetOldWork = "forget-old-work"
    case sweepFiles = "sweep-files"
}
