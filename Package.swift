// swift-tools-version: 6.1
import PackageDescription

// The rooms of the house and the arrows between them. `scripts/lint-imports` compares every `import`
// with the lists below, because the compiler lets a target reach what it did not declare.

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let certificates: [Target.Dependency] = [
    .product(name: "HummingbirdTLS", package: "hummingbird"),
    .product(name: "NIOCertificateReloading", package: "swift-nio-extras"),
    .product(name: "NIOSSL", package: "swift-nio-ssl"),
    .product(name: "SwiftASN1", package: "swift-asn1"),
    .product(name: "X509", package: "swift-certificates"),
]
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let http: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let nio: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let posix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")

let package = Package(
    name: "rightsdesk",
    dependencies: [
        // Without `traits: []` the order of two defines is random and the library rebuilds at each plan.
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/groue/GRDB.swift.git", exact: "7.10.0"),
        .package(url: "https://github.com/apple/swift-asn1.git", exact: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates.git", exact: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto.git", exact: "4.5.2"),
        .package(url: "https://github.com/swift-server/async-http-client.git", exact: "1.37.0"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-http-types.git", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio.git", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", exact: "2.37.6"),
        .package(url: "https://github.com/jpsim/Yams.git", exact: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", exact: "2.13.0"),
    ],
    targets: [
        // The law: pure values and functions. Imports nothing, not even Foundation.
        .target(name: "Rights", swiftSettings: strict),
        .target(
            name: "PolicyFiles", dependencies: ["Rights", crypto, .product(name: "Yams", package: "Yams")],
            swiftSettings: strict),
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .target(
            name: "Store",
            dependencies: [
                "Rights", "CPostgres", crypto, nio, posix,
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .target(
            name: "Documents",
            dependencies: ["Rights", crypto, .product(name: "CryptoExtras", package: "swift-crypto"), nio, posix],
            swiftSettings: strict),
        .systemLibrary(
            name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        // The allocator's settings, which Swift's module of the C library leaves out.
        .systemLibrary(name: "CMalloc"),
        .target(
            name: "Correspondence", dependencies: ["Rights", "CCurl", nio, posix], swiftSettings: strict),
        .target(
            name: "Casework",
            dependencies: [
                "Rights", "PolicyFiles", "Store", "Documents", "Correspondence", crypto,
                .product(name: "CryptoExtras", package: "swift-crypto"), nio, posix, logging,
            ],
            swiftSettings: strict),
        .target(
            name: "Web",
            dependencies: [
                "Rights", "Store", "Casework", hummingbird, .product(name: "HummingbirdCore", package: "hummingbird"),
                http,
                crypto, nio, posix, logging,
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ] + certificates,
            exclude: ["Assets"],
            swiftSettings: strict),
        .target(
            name: "Portal", dependencies: ["Rights", "Store", "Casework", "Web", hummingbird, http, nio],
            swiftSettings: strict),
        .target(
            name: "Desk", dependencies: ["Rights", "Store", "Casework", "Web", hummingbird, nio],
            swiftSettings: strict),
        .target(
            name: "Jobs",
            dependencies: [
                "Rights", "Store", "Documents", "Correspondence", "Casework", logging,
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "rightsdesk",
            dependencies: [
                "Rights", "PolicyFiles", "Store", "Documents", "Correspondence", "Casework", "Web", "Portal", "Desk",
                "Jobs", "CMalloc", hummingbird, logging, crypto, nio, posix,
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "Rights", "PolicyFiles", "Store", "Casework", "Jobs", nio, posix, logging,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Benchmarks", swiftSettings: strict),

        .target(
            name: "TestSupport",
            dependencies: [
                "Rights", "PolicyFiles", "Store", "CPostgres", "Documents", "Correspondence", "Casework", "Web",
                "Portal", "Desk", "Jobs", hummingbird, http, logging, nio, posix,
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ],
            path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(
            name: "RightsTests", dependencies: ["Rights", "PolicyFiles", "TestSupport"], exclude: ["Fixtures"],
            swiftSettings: strict),
        .testTarget(
            name: "PolicyFilesTests", dependencies: ["Rights", "PolicyFiles", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "StoreTests",
            dependencies: [
                "Rights", "Store", "TestSupport", crypto, nio, posix,
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            exclude: ["bucket_server.py"], swiftSettings: strict),
        .testTarget(
            name: "DocumentsTests", dependencies: ["Rights", "Documents", "TestSupport", nio, posix],
            exclude: ["Samples"], swiftSettings: strict),
        .testTarget(
            name: "CorrespondenceTests", dependencies: ["Rights", "Correspondence", "TestSupport"],
            exclude: ["mail_server.py"], swiftSettings: strict),
        .testTarget(
            name: "CaseworkTests",
            dependencies: ["Rights", "PolicyFiles", "Store", "Correspondence", "Casework", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "WebTests",
            dependencies: [
                "Rights", "Store", "Casework", "Web", "TestSupport", hummingbird, http, logging,
                .product(name: "HummingbirdTesting", package: "hummingbird"), nio, posix, crypto,
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ] + certificates,
            exclude: ["Upstream"],
            swiftSettings: strict),
        .testTarget(
            name: "JobsTests",
            dependencies: [
                "Rights", "Store", "Documents", "Correspondence", "Casework", "Jobs", "TestSupport", logging,
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ScenarioTests",
            dependencies: [
                "Rights", "PolicyFiles", "Store", "Documents", "Correspondence", "Casework", "Web", "Portal", "Desk",
                "Jobs", "TestSupport", hummingbird, http, nio,
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ],
            swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
