import Hummingbird
import NIOCore

extension Route {
    /// Says in one word that the process answers: for whoever watches it, and as the measure beside which the speed of
    /// everything else is given. Neither database nor session is asked.
    package static let alive = Route(method: .get, pattern: "/health/live", access: .anyone, recognises: false) { _ in
        Response(
            status: .ok, headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: "alive\n")))
    }
}
