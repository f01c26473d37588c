import Rights
import Testing

@testable import Web

@Suite struct FormTests {
    static func form(_ body: String, by size: Int = 1_000, limits: FormFields.Limits = FormFields.Limits()) -> Form {
        var fields = FormFields(limits: limits)
        var reader = URLEncoded(most: limits.value)
        var rest = Array(body.utf8)[...]
        while !rest.isEmpty {
            Array(rest.prefix(size)).withUnsafeBytes { reader.read($0, into: &fields) }
            rest = rest.dropFirst(size)
        }
        reader.finish(into: &fields)
        return Form(fields)
    }

    @Test("Every value is kept, however the body is cut", arguments: [1, 2, 3, 100])
    func values(size: Int) {
        let form = Self.form("a=1&b=x+y%26z&a=2&c&=lost&%64=%e2%82%ac&bad=%zz%4&e=%", by: size)
        #expect(form.values("a") == ["1", "2"] && form.text("b") == "x y&z" && form.has("c") && form.text("d") == "€")
        #expect(form.text("bad") == "%zz%4" && form.text("e") == "%")
        #expect(form.fields.names == ["a", "b", "c", "d", "bad", "e"])
    }

    @Test("Text is kept composed, with plain line ends and without controls; names in any script stay")
    func cleaning() {
        let form = Self.form(
            "a=Zoe%CC%88%0D%0Ab%0Dc%00%08d&b=%D9%85%D8%B1%D9%8A%D9%85+%F0%9F%91%A9%F0%9F%8F%BD&c=%ff%fe")
        #expect(form.text("a") == "Zo\u{eb}\nb\ncd" && form.text("a").unicodeScalars.count == 8)
        #expect(form.text("b") == "مريم 👩🏽")
        #expect(form.text("c") == "\u{fffd}\u{fffd}")
    }

    @Test("White space at the ends is dropped from answers and kept in passwords")
    func trimming() {
        let form = Self.form("a=%C2%A0+x+y%0A%E2%80%8B&p=+x+")
        #expect(form.text("a") == "x y" && form.exact("p") == " x ")
    }

    @Test("A value beyond the limit is cut and named; the others stay")
    func limits() {
        let limits = FormFields.Limits(value: 10, count: 3)
        let form = Self.form("a=\(String(repeating: "x", count: 11))&b=ok&c=1&d=dropped", limits: limits)
        #expect(form.fields.tooLong == ["a"] && form.text("a").count == 10 && form.text("b") == "ok" && !form.has("d"))
    }

    @Test("Dates are read as people write them, and told apart when they are wrong")
    func dates() {
        func read(_ day: String, _ month: String, _ year: String, isRequired: Bool = true) -> (Day?, String?) {
            var form = Form(["d[day]": day, "d[month]": month, "d[year]": year])
            let read = form.day("d", called: "Date of birth", isRequired: isRequired)
            return (read, form.problems.first?.text)
        }
        #expect(read("4", "7", "1979") == (Day(year: 1979, month: 7, day: 4), nil))
        #expect(read("04", "July", "1979").0 == Day(year: 1979, month: 7, day: 4))
        #expect(read("29", "2", "2023") == (nil, "Date of birth must be a real date"))
        #expect(read("1", "1", "79") == (nil, "Date of birth must be a real date"))
        #expect(read("", "", "") == (nil, "Enter date of birth"))
        #expect(read("", "", "", isRequired: false) == (nil, nil))
        #expect(read("4", "", "") == (nil, "Date of birth must include a month and year"))
    }

    @Test("Problems stand at their fields and in the summary, which leads to them")
    func problems() {
        var form = Form(["name": "x", "born[day]": "4", "born[month]": "", "born[year]": ""])
        #expect(form.required("email", "Enter an email address").isEmpty)
        _ = form.day("born", called: "Date of birth")
        form = form.refused([Reason("late", "Too late")])
        #expect(form["email"].problem == "Enter an email address" && form["name"].problem == nil)
        #expect(form.date("born").field.problem == "Date of birth must include a month and year")
        #expect(form.summary.map(\.id) == ["email", "born-day", nil] && !form.isSound)
    }

    @Test(
        "A path segment that is broken, no text or a control is no segment",
        arguments: ["%", "%4", "%zz", "%ff", "%00", "%0a"])
    func segments(text: String) {
        #expect(percentDecoded(text) == nil)
        #expect(percentDecoded("a%2Fb+c") == "a/b+c")
    }

    @Test(
        "No redirect leads away",
        arguments: [
            "//evil.example", "/\\evil.example", "https://evil.example", "", "x", "/a b", "/\u{e9}", "/\r\nX: y",
        ])
    func redirects(path: String) {
        #expect(LocalPath(path) == nil)
        let good = "/requests/1?page=2"
        #expect(LocalPath(good)?.text == good)
    }
}
