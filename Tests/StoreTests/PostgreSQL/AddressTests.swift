import Testing

@testable import Store

@Suite struct PostgreSQLAddressTests {
    @Test(
        "Another machine is reached encrypted and verified, unless the address says how",
        arguments: [
            ("postgres://rd@db.example.org/rd", "verify-full"), ("postgresql://rd@10.1.2.3:6000/rd", "verify-full"),
            ("postgres://rd@127.0.0.1,db.example.org/rd", "verify-full"),
            ("postgres://rd@127.example.org/rd", "verify-full"),
            ("postgres://rd@localhost/rd?hostaddr=10.1.2.3", "verify-full"),
            ("postgres://rd@db.example.org/rd?sslmode=require", "require"),
            ("postgres://rd@db.example.org/rd?sslmode=disable", "disable"),
        ])
    func encrypted(url: String, mode: String) throws {
        #expect(try PostgreSQLAddress(url).parameters["sslmode"] == mode)
    }

    @Test(
        "On this machine nothing needs to be encrypted",
        arguments: [
            "postgres://rd@127.0.0.1/rd", "postgres://rd@[::1]/rd", "postgres://rd@localhost:5433/rd",
            "postgres:///rd?host=/var/run/postgresql&user=rd", "postgres://rd@127.0.0.1,localhost/rd",
        ])
    func local(url: String) throws {
        #expect(try PostgreSQLAddress(url).parameters["sslmode"] == nil)
    }

    @Test(
        "An address says how well the way to the server is protected",
        arguments: [
            ("postgres://rd@db.example.org/rd", PostgreSQLAddress.Protection.full),
            ("postgres://rd@db.example.org/rd?sslmode=verify-ca", .full),
            ("postgres://rd@db.example.org/rd?sslmode=require", .withoutProof),
            ("postgres://rd@db.example.org/rd?sslmode=prefer", .ifOffered),
            ("postgres://rd@db.example.org/rd?sslmode=allow", .ifOffered),
            ("postgres://rd@127.0.0.1,db.example.org/rd?sslmode=disable", .none),
            ("postgres://rd@localhost/rd?hostaddr=10.1.2.3&sslmode=disable", .none),
            ("postgres://rd@127.0.0.1/rd?sslmode=disable", .full),
            ("postgres:///rd?host=/var/run/postgresql&user=rd", .full),
        ])
    func protected(url: String, by protection: PostgreSQLAddress.Protection) throws {
        #expect(try PostgreSQLAddress(url).protection == protection)
    }

    @Test(
        "What is no address, or leaves its place to the environment, is refused",
        arguments: [
            ("db.example.org", PostgreSQLAddress.Fault.notAnAddress), ("mysql://rd@db.example.org/rd", .notAnAddress),
            ("postgres://rd@db.example.org/rd?sslmod=require", .notAnAddress), ("host=db dbname=rd", .notAnAddress),
            ("postgres:///rd", .noHost), ("postgres://rd@db.example.org", .noDatabase), ("", .notAnAddress),
        ])
    func refused(url: String, fault: PostgreSQLAddress.Fault) {
        #expect(throws: fault) { try PostgreSQLAddress(url) }
    }

    @Test("The password is not in anything that prints an address")
    func password() throws {
        let address = try PostgreSQLAddress("postgres://rd:pelican@db.example.org/rd")
        #expect(address.parameters["password"] == "pelican")
        var dumped = ""
        dump(address, to: &dumped)
        for text in ["\(address)", String(reflecting: address), dumped] {
            #expect(!text.contains("pelican"), "\(text)")
        }
        #expect("\(address)" == "the database rd at db.example.org")
    }
}
