import Casework
import HTTPTypes
import Hummingbird
import Logging
import Rights
import Store

/// The page for whatever went wrong. A person is told what they can be told; only the log has the rest.
enum ProblemPage {
    static func response(to error: any Error, on visit: Visit) -> Response {
        switch error {
        case let problem as Problem: return visit.show(page(for: problem))
        case let refusal as Refusal: return response(to: refusal, on: visit)
        case let held as HeldForm: return visit.show(held.page(for: visit))
        case let refused as BodyRefused: return visit.show(page(for: refused))
        case let problem as MultipartProblem: return visit.show(page(for: problem))
        case let wrong as WrongMethod:
            var response = visit.show(
                plain("This page cannot be used like that", "<p>Go back and try again.</p>", .methodNotAllowed))
            response.headers[.allow] = wrong.allowed.map(\.rawValue).joined(separator: ", ")
            return response
        case is MisdirectedRequest:
            return visit.show(
                plain(
                    "This address is not in use",
                    "<p>Use the address you were given: \(visit.site.origin.description)</p>", .misdirectedRequest))
        case let error as StoreError:
            log(error, on: visit)
            return visit.show(page(for: error, on: visit))
        case let damaged as DamagedFile:
            log(damaged, on: visit)
            return visit.show(page(for: damaged, on: visit))
        default:
            log(error, on: visit)
            return visit.show(internalError(visit))
        }
    }

    /// Only the kind of an error is logged: what it says may be about a person.
    static func log(_ error: any Error, on visit: Visit) {
        visit.site.logger.error(
            "internal error",
            metadata: ["request_id": "\(visit.id)", "route": "\(visit.pattern)", "error": "\(kind(of: error))"])
    }

    static func log(_ damaged: DamagedFile, on visit: Visit) {
        visit.site.logger.error(
            "A file is not what was put in, and was not given out. Run rightsdesk verify --files",
            metadata: [
                "request_id": "\(visit.id)", "route": "\(visit.pattern)", "file": "\(damaged.file)",
                "error": "\(kind(of: damaged.fault))",
            ])
    }

    private static func page(for problem: Problem) -> Page {
        switch problem {
        case .notFound:
            plain(
                "Page not found",
                """
                <p>If you typed the address, check it is correct. If you pasted it, check you copied the whole of \
                it.</p><p>If you followed a link, what it led to may have been moved or removed, or may belong to \
                somebody else’s account.</p>
                """, .notFound)
        case .notAllowed(let sentence):
            plain("You cannot do this", "<p>\(sentence)</p>", .forbidden)
        case .refused(let reasons):
            plain(
                "This could not be done",
                """
                <ul class="nhsuk-list nhsuk-list--bullet">\(each: reasons, { "<li>\($0.text)</li>" })</ul>\
                <p>Nothing was changed. Go back to put it right.</p>
                """, .unprocessableContent)
        case .conflict(let sentence):
            plain(
                "Somebody else changed this first",
                "<p>\(sentence)</p><p>Nothing of yours was saved. Go back and reload the page to see how it is now.</p>",
                .conflict)
        }
    }

    private static func response(to refusal: Refusal, on visit: Visit) -> Response {
        switch refusal {
        case .notSignedIn where [.get, .head].contains(visit.request.method):
            let wanted = LocalPath(visit.request.head.path ?? "/")
            let query = wanted.map { "?then=\(percentEncoded($0.text))" } ?? ""
            return visit.redirect(to: "\(visit.site.paths.signIn)\(query)")
        case .notSignedIn:
            return visit.show(
                plain(
                    "You were signed out",
                    """
                    <p>We signed you out to keep your account safe. Your files were not uploaded.</p>\
                    <p><a href="\(visit.site.paths.signIn)">Sign in</a>, then choose the files again. Everything you \
                    saved before is still there.</p>
                    """, .forbidden))
        case .notPermitted:
            return visit.show(
                plain(
                    "You cannot open this page",
                    "<p>Your role does not include it. If you need it for your work, ask your administrator.</p>",
                    .forbidden))
        }
    }

    private static func page(for refused: BodyRefused) -> Page {
        switch refused {
        case .foreign:
            plain(
                "We could not accept this",
                """
                <p>It did not come from a page of this service, so nothing was done.</p><p>If you filled in a form \
                here, go back to it and send it again. What you typed should still be there.</p>
                """, .forbidden)
        case .staleUpload:
            plain(
                "Choose your files again",
                """
                <p>This page was open for a long time, or you signed in again since you opened it. To keep your \
                account safe the files were not uploaded.</p><p>Go back, refresh the page and choose the files \
                again. Everything you saved before is still there.</p>
                """, .forbidden)
        case .unknownType:
            plain("We could not read this", "<p>Go back and send the form again.</p>", .unsupportedMediaType)
        }
    }

    private static func page(for problem: MultipartProblem) -> Page {
        switch problem {
        case .noBoundary, .malformed:
            plain(
                "The upload did not arrive",
                """
                <p>The connection was lost before everything had arrived. Files that were complete may have been \
                added.</p><p>Go back, refresh the page, and add the files that are missing.</p>
                """, .badRequest)
        case .tooMuch:
            plain(
                "That was too much at once",
                """
                <p>What you sent is larger than we can take at one time, so it was not added. Everything you saved \
                before is still there.</p><p>Go back and send less at a time: fewer files together, or a shorter \
                answer.</p>
                """, .contentTooLarge)
        case .tooSlow:
            plain(
                "The upload took too long",
                "<p>Your connection is too slow at the moment. Go back and try again, with one file at a time.</p>",
                .requestTimeout)
        }
    }

    private static func page(for error: StoreError, on visit: Visit) -> Page {
        switch error.hope {
        case .whenThereIsRoom:
            plain(
                "We cannot do this now",
                """
                <p>There is no room left on our side. Nothing was changed, and what was saved before is still there. \
                Wait a few minutes, then try again.</p>
                """, .serviceUnavailable)
        case .soon:
            plain(
                "We cannot do this now",
                """
                <p>Our database is not answering. Nothing was changed, and what was saved before is still there. Wait \
                a few minutes, then try again.</p>
                """, .serviceUnavailable)
        case .inDoubt:
            plain(
                "We do not know whether this was saved",
                """
                <p>Our database went away while we were saving it. What was saved before is still there.</p>\
                <p>Go back, refresh the page and look whether it is there. If it is not, send it again.</p>
                """, .serviceUnavailable)
        case .none: internalError(visit)
        }
    }

    private static func page(for damaged: DamagedFile, on visit: Visit) -> Page {
        plain(
            "This file is damaged",
            """
            <p>What we have is not what was put in, so we do not give it out. Everything else is still there.</p>\
            <p>To have it put right, \(callUs(visit))</p>
            """, .internalServerError)
    }

    private static func internalError(_ visit: Visit) -> Page {
        plain(
            "Something went wrong",
            """
            <p>Try again later. What you saved before is still there.</p>\
            <p>If it happens again, \(callUs(visit))</p>
            """, .internalServerError)
    }

    /// Whom to tell, and the code that the log has too.
    private static func callUs(_ visit: Visit) -> HTML {
        let contact = visit.site.branding.contact
        return """
            call \(HTML.unbroken(contact.telephone)) or email \
            <a href="mailto:\(contact.email)">\(contact.email)</a> and give this code: \
            \(HTML.unbroken(visit.id))
            """
    }

    private static func plain(_ title: String, _ content: HTML, _ status: HTTPResponse.Status) -> Page {
        Page(title, status: status, .twoThirds("<h1>\(title)</h1>\(content)"))
    }

    /// The kind of an error without what it holds, which may be somebody's data.
    private static func kind(of error: any Error) -> String {
        let mirror = Mirror(reflecting: error)
        guard mirror.displayStyle == .enum else { return "\(type(of: error))" }
        return "\(type(of: error)).\(mirror.children.first?.label ?? "\(error)")"
    }
}

/// Text for a query.
package func percentEncoded(_ text: String) -> String {
    var encoded = ""
    for byte in text.utf8 {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f, 0x7e:
            encoded.unicodeScalars.append(Unicode.Scalar(byte))
        default:
            let digits = String(byte, radix: 16, uppercase: true)
            encoded += byte < 16 ? "%0\(digits)" : "%\(digits)"
        }
    }
    return encoded
}
