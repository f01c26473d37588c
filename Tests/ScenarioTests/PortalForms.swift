import HTTPTypes
import TestSupport
import Testing

/// The answers of whole forms, page by page, as people type them.
enum PortalForms {
    typealias Page = (code: String, fields: KeyValuePairs<String, String>)

    private static let address: KeyValuePairs<String, String> = [
        "address-line-1": "14 Quay Road", "address-town": "Poole", "address-postcode": "BH15 1AA",
    ]

    private static let records: [Page] = [
        ("scope", ["scope": "My stay in March 2025"]), ("record-types", ["record-types": "all"]), ("dates", [:]),
        ("urgent", ["urgent": "no"]),
    ]

    private static let end: [Page] = [
        ("format", ["format": "portal"]), ("adjustments", ["adjustments": "Large print"]),
        ("declaration", ["declaration": "yes"]),
    ]

    /// A patient asks for their own records; the documents are not among them.
    static let ownRecords: [Page] =
        [
            ("who", ["capacity": "patient"]), ("your-name", ["given-name": "Aisha", "family-name": "Rahman"]),
            ("your-address", address), ("your-phone", [:]),
            (
                "birth", ["date-of-birth[day]": "4", "date-of-birth[month]": "july", "date-of-birth[year]": "1979"]
            ), ("former-names", [:]), ("knows-nhs-number", ["knows-nhs-number": "yes"]),
            ("nhs-number", ["nhs-number": "999-004 1873"]), ("hospital-number", [:]),
        ] + records + end

    /// An executor asks for the records of a patient who has died.
    static let executor: [Page] =
        [
            ("who", ["capacity": "executor"]), ("your-name", ["given-name": "Yusuf", "family-name": "Rahman"]),
            ("organisation", [:]), ("your-address", address), ("your-phone", ["phone": "07700 900123"]),
            ("relationship", ["relationship": "Son"]),
            ("patient-name", ["patient-given-name": "Noor", "patient-family-name": "Rahman"]),
            ("birth", ["date-of-birth[day]": "1", "date-of-birth[month]": "2", "date-of-birth[year]": "1941"]),
            ("death", ["date-of-death[day]": "3", "date-of-death[month]": "1", "date-of-death[year]": "2026"]),
            ("former-names", [:]), ("knows-nhs-number", ["knows-nhs-number": "no"]), ("hospital-number", [:]),
            (
                "patient-address",
                [
                    "patient-address-line-1": "14 Quay Road", "patient-address-town": "Poole",
                    "patient-address-postcode": "BH15 1AA",
                ]
            ),
        ] + records + end

    /// A carer asks with the patient's consent, which is not among the answers.
    static let carer: [Page] =
        [
            ("who", ["capacity": "carer"]), ("your-name", ["given-name": "Beth", "family-name": "Okafor"]),
            ("your-address", address), ("your-phone", [:]),
            ("patient-name", ["patient-given-name": "Ruth", "patient-family-name": "Okafor"]),
            ("birth", ["date-of-birth[day]": "1", "date-of-birth[month]": "2", "date-of-birth[year]": "1951"]),
            ("former-names", [:]), ("knows-nhs-number", ["knows-nhs-number": "no"]), ("hospital-number", [:]),
            (
                "patient-address",
                [
                    "patient-address-line-1": "2 Mill Lane", "patient-address-town": "Poole",
                    "patient-address-postcode": "BH15 1AA",
                ]
            ),
        ] + records + end

    /// Sends every page and expects each to be taken.
    static func fill(_ pages: [Page], of draft: String, in browser: TestBrowser) async throws {
        for page in pages {
            let opened = try await browser.get("\(draft)/pages/\(page.code)")
            try #require(opened.status == .ok, "\(page.code) can be opened")
            let saved = try await browser.post("\(draft)/pages/\(page.code)", page.fields)
            try #require(
                saved.status == .seeOther, "\(page.code): \(saved.between("nhsuk-error-summary__list", "</ul>") ?? "")")
        }
    }

    /// Adds a file to an upload question and goes on.
    static func prove(
        _ page: String, _ question: String, named name: String = "passport.png", of draft: String,
        in browser: TestBrowser
    ) async throws {
        _ = try await browser.get("\(draft)/pages/\(page)")
        let sent = try await browser.upload(
            "\(draft)/pages/\(page)/files", ["do": "continue"], files: [.init(question, name, Sample.png)])
        try #require(sent.status == .seeOther, "\(page): \(sent.between("nhsuk-error-summary__list", "</ul>") ?? "")")
    }
}
