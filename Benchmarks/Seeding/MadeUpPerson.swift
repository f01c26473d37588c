import Rights

/// A person for the measurements. Every NHS number is in the 999 range, which is never given out.
struct MadeUpPerson: Sendable {
    let subject: Subject
    let email: String

    /// The person of a number; the same in every run. Names repeat, as they do in a hospital.
    init(_ number: Int) {
        var dice = Dice(number)
        let name = PersonName(given: dice.pick(given), family: dice.pick(family))
        subject = Subject(
            name: name, dateOfBirth: Day(number: dice.roll(-14_000..<13_000)), nhsNumber: Self.nhsNumber(number),
            hospitalNumber: "M\(4_000_000 + number * 7)", address: "\(1 + number % 180) Mill Lane, Meadowbank, MB1 4ZZ")
        email = "person-\(number)@example.org"
    }

    /// The first number from a place in the 999 range whose check digit exists.
    private static func nhsNumber(_ number: Int) -> NHSNumber? {
        let start = 999_000_000 + number * 3
        return (start..<(start + 3)).lazy
            .compactMap { nine in (0...9).lazy.compactMap { NHSNumber("\(nine)\($0)") }.first }.first
    }
}

private let given = [
    "Aisha", "Thomas", "Siân", "Grace", "Piotr", "Margaret", "Chidi", "Mei-Lin", "Harold", "Fatima", "Joan", "Rajesh",
    "Niamh", "Dennis", "Olena", "Winston", "Eleri", "Stanley", "Zainab", "Callum", "Beatrice", "José", "Ivy", "Kwame",
    "Ruth", "Idris", "Noor", "Frank", "Saoirse", "Leonard", "Agnes", "Tariq", "Violet", "Gareth", "Amara", "Sidney",
]
private let family = [
    "Rahman", "Whitlock", "O’Neill", "Adeyemi", "Zieliński", "Holloway", "Okonkwo", "Chow", "Pemberton", "Al-Sayed",
    "Birtwhistle", "Venkataraman", "Gallagher", "Croft", "Kovalenko", "Baptiste", "Prydderch", "Ogden", "Hussain",
    "MacAskill", "Lowe", "Fernández", "Tattersall", "Mensah", "Abelson", "Bowen", "Chaudhry", "Duxbury", "Byrne",
    "Finch", "Thistlewood", "Mahmood", "Entwistle", "Llewellyn", "Nwosu", "Poole", "Tanaka", "Skelton", "Novák",
    "Smith", "Jones", "Taylor", "Brown", "Williams", "Davies", "Evans", "Walker", "Wright", "Green", "Hall", "Clarke",
]
