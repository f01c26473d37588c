/// Archives written byte by byte, so that they can say what no honest program would write.
enum Zip {
    struct Member {
        var name: String
        var content: [UInt8]
        var unpacked: Int?
        var method: Int
        var flags: Int

        init(_ name: String, _ content: [UInt8] = [], unpacked: Int? = nil, method: Int = 0, flags: Int = 0) {
            self.name = name
            self.content = content
            self.unpacked = unpacked
            self.method = method
            self.flags = flags
        }
    }

    static func make(_ members: [Member], overlapping: Bool = false) -> [UInt8] {
        var bytes: [UInt8] = []
        var table: [UInt8] = []
        for member in members {
            let place = overlapping ? 0 : bytes.count
            let sizes = little(member.content.count, 4) + little(member.unpacked ?? member.content.count, 4)
            let common = little(20, 2) + little(member.flags, 2) + little(member.method, 2) + little(0, 8) + sizes
            let name = Array(member.name.utf8)
            bytes += [0x50, 0x4b, 3, 4] + common + little(name.count, 2) + little(0, 2) + name + member.content
            table += [0x50, 0x4b, 1, 2] + little(20, 2) + common + little(name.count, 2) + little(0, 12)
            table += little(place, 4) + name
        }
        let end = little(0, 4) + little(members.count, 2) + little(members.count, 2) + little(table.count, 4)
        return bytes + table + [0x50, 0x4b, 5, 6] + end + little(bytes.count, 4) + little(0, 2)
    }

    static func little(_ value: Int, _ width: Int) -> [UInt8] {
        (0..<width).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
}
