import Foundation
import PolicyFiles
import Rights
import TestSupport
import Testing

/// The trust's logo and colour in its policy folder (S1-02).
@Suite struct BrandTests {
    /// A picture of one point.
    static let png: [UInt8] =
        [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1]
        + [8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55]
        + [0, 0, 0, 9, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0, 0, 0, 2, 0, 1, 0x48, 0xaf, 0xa4, 0x71]
        + [0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]

    private static let colour = "header-colour: \"#005eb8\""

    private func copy(_ brand: String, logo: [UInt8]? = nil) throws -> PolicyCopy {
        let copy = try PolicyCopy()
        try copy.replace("policy.yaml", Self.colour, brand)
        if let logo { try Data(logo).write(to: copy.folder.appending(path: "logo.png")) }
        return copy
    }

    private func faults(_ brand: String, logo: [UInt8]? = nil) throws -> [String] {
        let copy = try copy(brand, logo: logo)
        return PolicyFiles.check(copy.folder).map { "\($0.file): \($0.message)" }
    }

    private static let withLogo = "logo: logo.png\n  logo-says: Meadowbank Hospitals"

    @Test("a trust may give a colour, a picture with its words, both, or neither")
    func read() throws {
        let both = try copy("header-colour: \"#7C2855\"\n  \(Self.withLogo)", logo: Self.png)
        let brand = try PolicyFiles.load(both.folder).brand
        #expect(brand.headerColour?.description == "#7c2855")
        #expect(brand.logo?.png == Self.png)
        #expect(brand.logo?.width == 1)
        #expect(brand.logo?.alternative == "Meadowbank Hospitals")
        let neither = try PolicyCopy()
        try neither.replace("policy.yaml", "brand:\n  \(Self.colour)\n", "")
        #expect(try PolicyFiles.load(neither.folder).brand == Brand())
    }

    @Test("another picture is another policy")
    func fingerprint() throws {
        var other = Self.png
        other[45] = 1
        let (one, two) = (try copy(Self.withLogo, logo: Self.png), try copy(Self.withLogo, logo: other))
        #expect(
            try PolicyFiles.load(one.folder).edition.fingerprint != PolicyFiles.load(two.folder).edition.fingerprint)
    }

    @Test(
        "white words must be readable on the colour, by 4.5 to 1",
        arguments: [("#005eb8", true), ("#767676", true), ("#777777", false), ("#ffeb3b", false), ("#ffffff", false)])
    func contrast(colour: String, isReadable: Bool) throws {
        let found = try faults("header-colour: \"\(colour)\"")
        #expect(found.isEmpty == isReadable)
        #expect(found.allSatisfy { $0.contains("White words on \(colour) cannot be read by everybody") })
    }

    @Test(
        "what is no colour cannot reach a style sheet",
        arguments: ["005eb8", "#05b", "blue", "#005eb8; } body { display: none", "#+05eb8", "#00５eb8", "#00g000"])
    func noColour(text: String) throws {
        #expect(try faults("header-colour: \"\(text)\"").contains { $0.contains("is not a colour") })
    }

    @Test(
        "only a small still PNG picture is a logo, whatever its name says",
        arguments: [
            ("an SVG", Array("<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>".utf8), "not a PNG picture"),
            ("nothing", [], "not a PNG picture"), ("a part of one", Array(png.dropLast(5)), "cut off"),
            ("one with something behind it", png + Array("<script>".utf8), "something follows"),
            (
                "an animated one",
                Array(png[..<33]) + [0, 0, 0, 0, 0x61, 0x63, 0x54, 0x4c, 0, 0, 0, 0] + Array(png[33...]),
                "more than a picture (acTL)"
            ),
            ("a length beyond the end", Array(png[..<8]) + [0xff, 0xff, 0xff, 0xff] + Array(png[12...]), "cut off"),
            ("one of no size", Array(png[..<19]) + [0] + Array(png[20...]), "its sides must have"),
            ("a large file", png + [UInt8](repeating: 0, count: 300_000), "larger than 300 kB"),
        ] as [(String, [UInt8], String)])
    func refused(what: String, bytes: [UInt8], says: String) throws {
        let found = try faults(Self.withLogo, logo: bytes)
        #expect(found.count == 1, "\(what)")
        #expect(found.first?.contains(says) == true, "\(what): \(found)")
    }

    @Test("a logo of another kind, one that is not there, and one without words are faults")
    func missing() throws {
        #expect(try faults("logo: logo.svg\n  logo-says: Us").contains { $0.contains("must be called logo.png") })
        #expect(try faults(Self.withLogo).contains { $0.contains("There is no file logo.png") })
        #expect(try !faults("logo: logo.png", logo: Self.png).isEmpty)
        #expect(try faults("header-color: \"#005eb8\"").contains { $0.contains("header-color") })
    }
}
