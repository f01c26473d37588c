import Foundation
import Rights

extension WebOperation {
    /// What is asked of a trust of any size: lists, which may cost by the logarithm of it, and work on one case, which
    /// may not.
    static func ofAnySize(_ visitor: Visitor, cases: [Case.ID], today: Day) -> [WebOperation] {
        func page(_ name: String, _ path: String, least: Int = 3_000) -> WebOperation {
            WebOperation(name: name, count: 200) { connection, _ in
                _ = try visitor.get(path, on: connection, expecting: least...)
            }
        }
        let month = (today - 120).description.prefix(7)
        let warm = Array(cases.suffix(40))
        return [
            page("list: all, newest first", "/requests", least: 20_000),
            page("list: page 10", "/requests?page=10", least: 20_000),
            page("list: Today, due next", "/", least: 20_000),
            page("list: by the subject's name", "/requests?sort=subject&order=up", least: 20_000),
            page("list: by stage", "/requests?sort=stage&order=up", least: 20_000),
            page("filter: late, by requester", "/requests?due=late&sort=requester&order=up", least: 20_000),
            page("filter: closed in time", "/requests?state=closed&result=in-time", least: 20_000),
            page("filter: one month", "/requests?month=\(month)"),
            page("filter: finds nothing", "/requests?handler=nobody"),
            page("filter: finds nothing open", "/?department=no-such-department"),
            WebOperation(name: "search: NHS number", count: 200) { connection, number in
                let nine = MadeUpPerson(number % cases.count).subject.nhsNumber?.digits ?? ""
                _ = try visitor.get("/search?q=\(nine)", on: connection, expecting: 3_000...)
            },
            page("search: frequent name", "/search?q=smith", least: 10_000),
            page("search: two names", "/search?q=grace+smith"),
            page("search: one letter", "/search?q=m", least: 20_000),
            page("search: three letters", "/search?q=wil", least: 10_000),
            page("search: nobody", "/search?q=xylander"),
            WebOperation(name: "case: first time", count: 200) { connection, number in
                // In an order of their own, so that neighbours on the disk are not read together.
                let id = cases[number &* 7_919 % cases.count]
                _ = try visitor.get("/cases/\(id)", on: connection, expecting: 10_000...)
            },
            WebOperation(name: "case: again", count: 200) { connection, number in
                _ = try visitor.get("/cases/\(warm[number % warm.count])", on: connection, expecting: 10_000...)
            },
            WebOperation(name: "act: a note", count: 200) { connection, number in
                let id = cases[number &* 6_101 % cases.count]
                let form = "csrf=\(visitor.secret)&text=The+archive+answered+\(number)"
                _ = try visitor.post(
                    "/cases/\(id)/notes", type: "application/x-www-form-urlencoded", [Array(form.utf8)], on: connection)
            },
            submit(visitor, today: today),
        ]
    }

    /// A request that came by letter.
    private static func submit(_ visitor: Visitor, today: Day) -> WebOperation {
        WebOperation(name: "submit: a new request", count: 100) { connection, number in
            _ = try visitor.log(MadeUpPerson(4_000_000 + number).subject.name, on: today, by: connection)
        }
    }
}
