import Casework
import Jobs
import Store
import Testing

@Test("The store and the worker mean the same by the name of a message that is to be sent")
func messageKind() {
    #expect(WorkKind.sendMessage.rawValue == OutgoingMessage.jobKind)
}
