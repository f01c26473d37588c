import Foundation
import Rights
import Store
import Testing

@testable import Casework

@Suite struct FactTextTests {
    @Test("Random facts of every kind are read as Foundation reads them, and as they were written")
    func sameAsFoundation() throws {
        var random = RandomFacts(seed: 20_261_122)
        for kind in Fact.Kind.allCases {
            for _ in 0..<200 {
                let (fact, author) = (random.fact(kind), random.author())
                let kept = try EntryCoding.stored(Addition(fact, on: random.day()), by: author).body
                let own = try FactDecoder.decode(EntryContent.self, from: kept)
                let other = try JSONDecoder().decode(EntryContent.self, from: Data(kept))
                #expect(own.fact == fact && own.by == author && own.version == 1)
                #expect(own.fact == other.fact && own.by == other.by)
            }
        }
    }

    @Test("A fact is read whatever way its JSON is laid out and its letters are written")
    func otherLayout() throws {
        let text = #"""
             { "version" : 1 ,
             "fact" : { "payload":{"text":"\u0041\/\uD83D\uDE00\u00e9"}, "kind" : "note\u002dadded" },
             "by":{"kind":"staff","id":"","label":"M. Hughes","more":[1.5e3,{"a":[]},null,false,true]}}
            """#
        let content = try FactDecoder.decode(EntryContent.self, from: Array(text.utf8))
        #expect(content.fact == .noteAdded(NoteAdded(text: "A/😀é")))
        #expect(content.by.label == "M. Hughes")
    }

    @Test(
        "What Foundation refuses is refused, and does not stop the program",
        arguments: [
            "", " ", "{", "[", "\"", "{}", "[]", "null", "1", "{\"how\"}", "{\"how\":}", "{\"how\":\"a\"",
            "{how:\"a\"}",
            "{\"how\":\"a\"}}", "{\"how\":\"a\"} x", "{\"how\":1}", "{\"how\":null}",
            "{\"how\":[\"a\"]}", "{\"how\":\"\\\"}", "{\"how\":\"\\q\"}", "{\"how\":\"\\u12\"}",
            "{\"how\":\"\\uD83D\"}", "{\"how\":\"\\uDE00\"}", "{\"how\":\"\\u+123\"}", "{\"how\":\"a\nb\"}",
            "{\"how\":tru}", "{\"How\":\"a\"}", "{\"how\":+1}", String(repeating: "[", count: 100_000),
        ])
    func refused(text: String) {
        #expect(throws: DecodingError.self) { try FactDecoder.decode(Withdrawn.self, from: Array(text.utf8)) }
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Withdrawn.self, from: Data(text.utf8)) }
    }

    @Test("Bytes that are no text are refused")
    func noText() {
        for bytes: [UInt8] in [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0x80]] {
            let kept = Array(#"{"how":""#.utf8) + bytes + Array(#""}"#.utf8)
            #expect(throws: DecodingError.self) { try FactDecoder.decode(Withdrawn.self, from: kept) }
        }
    }

    @Test(
        "A number that is too long, or not whole, is refused", arguments: ["99999999999999999999", "1.5", "-", "1e2"])
    func numbers(text: String) {
        #expect(throws: DecodingError.self) {
            try FactDecoder.decode(MessageRead.self, from: Array("{\"number\":\(text)}".utf8))
        }
    }

    @Test("A type of number that no fact has is refused instead of read wrongly")
    func otherNumbers() {
        #expect(throws: DecodingError.self) { try FactDecoder.decode([UInt8].self, from: Array("[1]".utf8)) }
        #expect(throws: DecodingError.self) { try FactDecoder.decode([Double].self, from: Array("[1.5]".utf8)) }
    }

    @Test("What was kept while a check knew one document is still read")
    func older() throws {
        let text = #"{"check":"identity","document":"passport","seenAs":"copy","expires":"2031-02-28"}"#
        let fact = try FactDecoder.decode(CheckAccepted.self, from: Array(text.utf8))
        #expect(fact.documents == [SeenDocument(document: "passport", seenAs: "copy", expires: Day("2031-02-28"))])
    }
}
