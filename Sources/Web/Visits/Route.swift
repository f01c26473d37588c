import HTTPTypes
import Hummingbird
import Rights
import Store

/// Who may call a route. The type of the visit follows from it: what is for requesters gets a `RequesterVisit`, which
/// cannot be made without a session.
package struct Caller<V: Visiting>: Sendable {
    let access: Access
    let admit: @Sendable (Visit) throws -> V
}

/// The same for lists and tests.
package enum Access: Hashable, Sendable, CustomStringConvertible {
    case anyone
    case requester
    /// A member of staff with at least one of these permissions; with none named, any member of staff.
    case staff(Set<Permission>)

    package var description: String {
        switch self {
        case .anyone: "anyone"
        case .requester: "requester"
        case .staff(let permissions):
            permissions.isEmpty
                ? "staff" : "staff: " + permissions.map(\.rawValue).sorted().joined(separator: " or ")
        }
    }
}

/// Why a visit does not get in.
enum Refusal: Error {
    case notSignedIn
    case notPermitted
}

extension Caller where V == Visit {
    /// Anybody, signed in or not.
    package static var anyone: Caller { Caller(access: .anyone) { $0 } }
}

extension Caller where V == RequesterVisit {
    /// Somebody signed in to the portal.
    package static var requester: Caller {
        Caller(access: .requester) { visit in
            guard let visit = RequesterVisit(visit) else { throw Refusal.notSignedIn }
            return visit
        }
    }
}

extension Caller where V == StaffVisit {
    /// A member of staff with at least one of these permissions; with none named, any member of staff.
    package static func staff(_ permissions: Permission...) -> Caller {
        let wanted = Set(permissions)
        return Caller(access: .staff(wanted)) { visit in
            guard let visit = StaffVisit(visit) else { throw Refusal.notSignedIn }
            guard wanted.isEmpty || !wanted.isDisjoint(with: visit.staff.permissions) else {
                throw Refusal.notPermitted
            }
            return visit
        }
    }
}

/// One thing a site answers: a method, a path, who may ask, and what is done.
///
///     Route.get("/requests/:request", .requester) { visit in … }
///     Route.post("/cases/:case/pauses", .staff(.runClock)) { visit, form in … }
///     Route.upload("/requests/:request/files", .requester, most: 2 << 30) { visit, upload in … }
///
/// A path is made of words and `:parameters`. What changes something is a POST: its form has been read and its origin
/// proved before the closure is called.
package struct Route: Sendable {
    package let method: HTTPRequest.Method
    package let pattern: String
    package let access: Access
    /// Whether the visitor's session is looked up first. Only what answers without a database goes without.
    var recognises = true
    let respond: @Sendable (Visit) async throws -> Response

    /// A page or a file; changes nothing.
    package static func get<V>(
        _ pattern: String, _ caller: Caller<V>, _ respond: @escaping @Sendable (V) async throws -> Response
    ) -> Route {
        Route(method: .get, pattern: pattern, access: caller.access) { visit in
            try await respond(try caller.admit(visit))
        }
    }

    /// A form without files.
    package static func post<V>(
        _ pattern: String, _ caller: Caller<V>, limits: FormFields.Limits = FormFields.Limits(),
        _ respond: @escaping @Sendable (V, Form) async throws -> Response
    ) -> Route {
        Route(method: .post, pattern: pattern, access: caller.access) { visit in
            let form = try await FormReading.form(of: visit, limits: limits)
            let admitted: V
            do { admitted = try caller.admit(visit) } catch Refusal.notSignedIn {
                throw HeldForm(form.fields, because: .signedOut)
            }
            guard form.fields.tooLong.isEmpty else { throw HeldForm(form.fields, because: .tooLong) }
            do { return try await respond(admitted, form) } catch let error as StoreError {
                guard let held = HeldForm(form.fields, after: error) else { throw error }
                ProblemPage.log(error, on: visit)
                throw held
            }
        }
    }

    /// A form with files.
    ///
    /// - Parameter most: the bytes of the whole body, files and all.
    package static func upload<V>(
        _ pattern: String, _ caller: Caller<V>, most: Int,
        _ respond: @escaping @Sendable (V, Upload) async throws -> Response
    ) -> Route {
        Route(method: .post, pattern: pattern, access: caller.access) { visit in
            let admitted = try caller.admit(visit)
            let upload = try await FormReading.upload(of: visit, most: most)
            return try await respond(admitted, upload)
        }
    }
}
