/// A PNG picture as far as a header needs to know it. Written by hand, because no library here reads pictures and a
/// browser does the rest: what matters is that nothing but a small picture is served under the trust's name.
struct PNGPicture {
    let width: Int
    let height: Int

    struct Refused: Error {
        let why: String
    }

    /// A header needs no more.
    static let maximumBytes = 300_000
    private static let sides = 1...2_000
    private static let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
    /// The parts of a still picture; any other is refused.
    private static let parts: Set<String> = [
        "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "pHYs", "tIME",
        "hIST", "sPLT", "tEXt", "zTXt", "iTXt", "eXIf",
    ]

    init(_ bytes: [UInt8]) throws(Refused) {
        guard bytes.starts(with: Self.signature) else { throw Refused(why: "its content is not a PNG picture") }
        guard bytes.count <= Self.maximumBytes else {
            throw Refused(why: "it is larger than \(Self.maximumBytes / 1000) kB")
        }
        var place = Self.signature.count
        var names: [String] = []
        var size: (width: Int, height: Int)?
        while names.last != "IEND" {
            guard place + 12 <= bytes.count else { throw Refused(why: "it is cut off") }
            let length = Self.number(bytes[place..<place + 4])
            let name = String(decoding: bytes[place + 4..<place + 8], as: UTF8.self)
            guard Self.parts.contains(name) else { throw Refused(why: "it holds more than a picture (\(name))") }
            guard length <= bytes.count - place - 12 else { throw Refused(why: "it is cut off") }
            if name == "IHDR", length == 13, names.isEmpty {
                size = (
                    Self.number(bytes[place + 8..<place + 12]), Self.number(bytes[place + 12..<place + 16])
                )
            }
            names.append(name)
            place += 12 + length
        }
        guard place == bytes.count else { throw Refused(why: "something follows the picture") }
        guard let size, names.contains("IDAT") else { throw Refused(why: "its content is not a PNG picture") }
        guard Self.sides.contains(size.width), Self.sides.contains(size.height) else {
            throw Refused(why: "its sides must have 1 to \(Self.sides.upperBound) points")
        }
        (width, height) = size
    }

    /// Four bytes, the largest first.
    private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}
