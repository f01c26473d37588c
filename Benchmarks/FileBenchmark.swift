import Casework
import NIOCore
import Rights
import Store

extension Benchmark {
    /// Files in and out, without the web.
    static func files(of trust: SeededTrust) -> [Benchmark] {
        [create(trust), download(trust)]
    }

    /// A new request with one proof of a megabyte: streamed to the vault, looked at, and made a case.
    private static func create(_ trust: SeededTrust) -> Benchmark {
        let document = pdf(size: 1_000_000)
        return Benchmark(name: "case-create-1-mb", operations: 100) {
            {
                let casework = trust.casework
                let actor = Actor.requester(trust.requester)
                var sum = 0
                for number in 0..<100 {
                    let person = MadeUpPerson(1_000_000 + number)
                    let now = casework.surroundings.now()
                    let key = try await casework.store.write { try $0.makeKey(at: now) }
                    let file = try await casework.takeIn(
                        Chunks(of: document), named: "passport.pdf", under: key, into: nil, from: .requester, by: actor)
                    let request = NewRequest(
                        applicationType: "living", channel: .portal, receivedOn: casework.surroundings.today,
                        requester: Requester(
                            name: person.subject.name, email: person.email, capacity: "patient",
                            account: trust.requester),
                        subject: person.subject, scope: Scope(description: "All my records"),
                        enclosures: [.init(file: file, checks: [.identity], document: "passport")])
                    sum += try await casework.begin(request, by: actor, under: key).sequence
                }
                return sum
            }
        }
    }

    /// A file of ten megabytes, read, opened and checked record by record.
    private static func download(_ trust: SeededTrust) -> Benchmark {
        Benchmark(name: "file-download-10-mb", operations: 50) {
            let casework = trust.casework
            let now = casework.surroundings.now()
            let key = try await casework.store.write { transaction in
                try transaction.key(try transaction.makeKey(at: now))
            }
            let kept = try await casework.vault.write(Chunks(of: pdf(size: 10_000_000)), under: key, limit: .max)
            return {
                var sum = 0
                for _ in 0..<50 {
                    let reader = try await casework.vault.reader(of: kept.id, size: kept.size, under: key)
                    for try await bytes in reader.stream(0..<kept.size) { sum += bytes.readableBytes }
                }
                return sum
            }
        }
    }

    /// As much of a PDF as the inspection looks for, and blanks that it does not mind.
    static func pdf(size: Int) -> ByteBuffer {
        let head = Array("%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n".utf8)
        let tail = Array("\ntrailer\n<< /Root 1 0 R /Size 3 >>\nstartxref\n0\n%%EOF\n".utf8)
        let filling = [UInt8](repeating: UInt8(ascii: " "), count: size - head.count - tail.count)
        return ByteBuffer(bytes: head + filling + tail)
    }
}

/// A file as it arrives from the network: in pieces of 64 kB.
struct Chunks: AsyncSequence, AsyncIteratorProtocol, Sendable {
    private var rest: ByteBuffer

    init(of bytes: ByteBuffer) { rest = bytes }

    mutating func next() async -> ByteBuffer? {
        rest.readableBytes == 0 ? nil : rest.readSlice(length: Swift.min(65_536, rest.readableBytes))
    }

    func makeAsyncIterator() -> Chunks { self }
}
