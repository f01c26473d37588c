import Rights

/// Made-up people. Every NHS number is in the 999 range, which is never given out, with a right check digit.
struct DemoPerson: Sendable {
    let given: String
    let family: String
    let born: Day
    let number: NHSNumber?
    let hospitalNumber: String

    var subject: Subject {
        Subject(
            name: PersonName(given: given, family: family), dateOfBirth: born, nhsNumber: number,
            hospitalNumber: hospitalNumber, address: "\(4 + hospitalNumber.utf8.count) Mill Lane, Meadowbank, MB1 4ZZ")
    }

    var email: String {
        let plain = (given + "." + family).lowercased().unicodeScalars.filter { ("a"..."z").contains($0) || $0 == "." }
        return String(String.UnicodeScalarView(plain)) + "@example.org"
    }
}

enum DemoPeople {
    /// The n-th person; the same in every run.
    static func person(_ index: Int) -> DemoPerson {
        let name = names[index % names.count]
        let born = Day(year: 1936 + (index * 7) % 70, month: 1 + (index * 5) % 12, day: 1 + (index * 11) % 28)
        return DemoPerson(
            given: name.0, family: name.1, born: born ?? Day(number: 0), number: number(index),
            hospitalNumber: "M\(String(4_180_000 + index * 37))")
    }

    /// The first number from a place in the 999 range whose check digit exists.
    private static func number(_ index: Int) -> NHSNumber? {
        let start = 999_004_000 + index * 13
        for nine in start..<(start + 3) {
            for digit in 0...9 {
                if let number = NHSNumber("\(nine)\(digit)") { return number }
            }
        }
        return nil
    }

    private static let names: [(String, String)] = [
        ("Aisha", "Rahman"), ("Thomas", "Whitlock"), ("Siân", "O’Neill"), ("Grace", "Adeyemi"), ("Piotr", "Zieliński"),
        ("Margaret", "Holloway"), ("Chidi", "Okonkwo"), ("Mei-Lin", "Chow"), ("Harold", "Pemberton"),
        ("Fatima", "Al-Sayed"), ("Joan", "Birtwhistle"), ("Rajesh", "Venkataraman"), ("Niamh", "Gallagher"),
        ("Dennis", "Croft"), ("Olena", "Kovalenko"), ("Winston", "Baptiste"), ("Eleri", "Prydderch"),
        ("Stanley", "Ogden"), ("Zainab", "Hussain"), ("Callum", "MacAskill"), ("Beatrice", "Lowe"),
        ("José", "Fernández"), ("Ivy", "Tattersall"), ("Kwame", "Mensah"), ("Ruth", "Abelson"), ("Idris", "Bowen"),
        ("Noor", "Chaudhry"), ("Frank", "Duxbury"), ("Saoirse", "Byrne"), ("Leonard", "Finch"),
        ("نور", "الحسن"), ("Agnes", "Thistlewood"), ("Tariq", "Mahmood"), ("Violet", "Entwistle"),
        ("Gareth", "Llewellyn"), ("Amara", "Nwosu"), ("Sidney", "Poole"), ("Yuki", "Tanaka"), ("Doreen", "Skelton"),
        ("Marek", "Novák"),
    ]
}
