import Rights

/// One text message to one person.
package struct TextMessage: Hashable, Sendable {
    /// Unique among all messages; holds no personal data, since it goes along as the provider's reference.
    package let id: String
    package let to: MobileNumber
    package let body: String

    package init(id: String, to: MobileNumber, body: String) {
        self.id = id
        self.to = to
        self.body = body
    }
}
