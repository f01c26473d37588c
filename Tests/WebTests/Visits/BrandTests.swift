import Foundation
import HTTPTypes
import Rights
import TestSupport
import Testing
import Web

/// The trust's look on every page, without a style in any of them (S1-02).
@Suite struct BrandTests {
    private static let logo = Brand.Logo(
        png: [0x89, 0x50, 0x4e, 0x47], width: 120, height: 48, alternative: "Meadowbank & Hill")

    private func page(_ brand: Brand) async throws -> (browser: TestBrowser, text: String) {
        let browser = TestBrowser(
            TestSite.make(.portal, brand: brand), [.get("/", .anyone) { $0.show(Page("Home", "<h1>Home</h1>")) }])
        return (browser, try await browser.get("/").text)
    }

    @Test("the header takes the trust's colour from a style sheet that is served beside the library's")
    func colour() async throws {
        let (browser, text) = try await page(Brand(headerColour: Colour("#7c2855")))
        #expect(!text.contains(" style="))
        #expect(text.contains("<meta name=\"theme-color\" content=\"#7c2855\">"))
        let places = text.components(separatedBy: "<link rel=\"stylesheet\" href=\"")
            .dropFirst().compactMap { $0.split(separator: "\"").first.map(String.init) }
        let own = try #require(places.last)
        #expect(own.hasSuffix("/brand.css"), "after the others, so that it holds")
        let sheet = try await browser.get(own)
        #expect(sheet.status == .ok)
        #expect(sheet.headers[.contentType] == "text/css; charset=utf-8")
        #expect(sheet.text.contains(".nhsuk-header, .nhsuk-header__navigation { background-color: #7c2855; }"))
    }

    @Test("the picture stands in the header with its words and its size, and is served as what it is")
    func picture() async throws {
        let (browser, text) = try await page(Brand(logo: Self.logo))
        let image = try #require(text.components(separatedBy: "<img class=\"app-header__logo\" src=\"").last)
        #expect(image.contains("width=\"120\" height=\"48\" alt=\"Meadowbank &amp; Hill\">"))
        let answer = try await browser.get(String(try #require(image.split(separator: "\"").first)))
        #expect(answer.headers[.contentType] == "image/png")
        #expect(answer.bytes == Self.logo.png)
    }

    @Test("a trust without a brand has the library's look, and nothing is served in its name")
    func none() async throws {
        let (browser, text) = try await page(Brand())
        #expect(!text.contains("brand.css"))
        #expect(!text.contains("<img"))
        #expect(text.contains("Meadowbank Hospitals"))
        #expect(try await browser.get("/assets/x/brand.css").status == .notFound)
        #expect(try await browser.get("/assets/x/logo.png").status == .notFound)
    }
}
