// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
// For scrypt alone, in one file of Keyring.
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")

/// A module of the house; `docs/ARCHITECTURE.md` says what each is for.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// The tests of a module, arranged like its sources.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

let package = Package(
  name: "wegmarke",
  products: [
    .executable(name: "wegmarke", targets: ["WegmarkeCLI"]),
    // Preloaded by the tests of faults; no part of the program.
    .library(name: "WegmarkeFaults", type: .dynamic, targets: ["FaultLibrary"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
  ],
  targets: [
    .systemLibrary(name: "CLMDB", pkgConfig: "lmdb", providers: [.apt(["liblmdb-dev"])]),
    .target(
      name: "LMDB", dependencies: ["CLMDB"],
      swiftSettings: settings + [.enableExperimentalFeature("Lifetimes")]),
    .systemLibrary(name: "CProcess"),
    // No pkg-config: what it names is for static linking.
    .systemLibrary(
      name: "CCoin", providers: [.apt(["coinor-libclp-dev", "coinor-libcbc-dev"])]),
    module("LinearPrograms", ["CCoin"]),
    module("Disclosure", ["LinearPrograms"]),
    // Declares what it uses itself: the library is looked for when such a file is asked for.
    .systemLibrary(name: "CReadStat"),
    module("Files", ["CProcess"]),
    module("Journey"),
    module("Statistics"),
    module("Keyring", ["Files", "Journey", crypto, cryptoExtras]),
    module("EventLog", ["Files", "Journey", "Keyring", "LMDB"]),
    module("Definitions", ["Journey"]),
    module(
      "ProjectionEngine",
      ["Definitions", "EventLog", "Files", "Journey", "Keyring", "LMDB", "Statistics"]),
    .target(
      name: "Projections",
      dependencies: [
        "Definitions", "Disclosure", "EventLog", "Journey", "ProjectionEngine", "Statistics",
      ],
      path: "projections", exclude: ["README.md"],
      resources: [
        .embedInCode("questions"), .embedInCode("mappings"), .embedInCode("profiles"),
        .embedInCode("worklists"), .embedInCode("indicators"), .embedInCode("parameters.toml"),
      ], swiftSettings: settings),
    module("Interchange", ["Definitions", "Files", "Journey"]),
    module("LabelledFiles", ["CReadStat", "Interchange", "Journey"]),
    module(
      "Imports",
      [
        "Definitions", "EventLog", "Files", "Interchange", "Journey", "Keyring",
        "ProjectionEngine",
      ]),
    module(
      "Exports",
      [
        "EventLog", "Files", "Interchange", "Journey", "Keyring", "LabelledFiles",
        "ProjectionEngine",
      ]),
    module("Upkeep", ["EventLog", "Files", "Journey", "Keyring", "LMDB", "ProjectionEngine"]),
    module(
      "Recording",
      [
        "Definitions", "EventLog", "Files", "Interchange", "Journey", "Keyring",
        "ProjectionEngine",
      ]),
    module(
      "Releases", ["Disclosure", "EventLog", "Interchange", "Journey"]),
    module("Simulation", ["Interchange", "Journey"]),
    module("Presentation", ["Journey", "Statistics"]),
    .executableTarget(
      name: "WegmarkeCLI",
      dependencies: [
        "Definitions", "Disclosure", "EventLog", "Exports", "Files", "Imports", "Interchange",
        "Journey", "Keyring", "LMDB", "LabelledFiles", "LinearPrograms", "Presentation",
        "ProjectionEngine", "Projections", "Recording", "Releases", "Simulation", "Statistics",
        "Upkeep",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], resources: [.embedInCode("Help/german.txt"), .embedInCode("Help/messages.txt")],
      swiftSettings: settings),
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "EventLog", "Files", "Journey", "Keyring", "LMDB", "Presentation", "ProjectionEngine",
      ], path: "benchmarks", exclude: ["README.md", "results", "peers", "questions"],
      swiftSettings: settings),
    .target(
      name: "TestSupport", dependencies: ["EventLog", "Files", "Journey", "Keyring", "LMDB"],
      path: "Tests/TestSupport", swiftSettings: settings),
    // Attacks sequences of releases: make attack.
    .executableTarget(
      name: "Attacker",
      dependencies: [
        "Disclosure", "EventLog", "Files", "Journey", "LinearPrograms", "Releases", "TestSupport",
      ], path: "Tests/Attacker", swiftSettings: settings),
    .target(name: "FaultLibrary", path: "Tests/FaultLibrary"),
    .executableTarget(
      name: "FaultWorker",
      dependencies: [
        "EventLog", "Files", "Journey", "Keyring", "LMDB", "ProjectionEngine", "Projections",
      ], path: "Tests/FaultWorker", swiftSettings: settings),
    tests("FaultTests", ["FaultWorker", "TestSupport"]),
    tests("HouseRulesTests", []),
    tests("FilesTests", ["Files"]),
    tests("JourneyTests", ["Journey", "TestSupport"]),
    tests("LMDBTests", ["LMDB", "TestSupport"]),
    tests("KeyringTests", ["Files", "Journey", "Keyring", "TestSupport"]),
    tests("EventLogTests", ["EventLog", "Files", "Journey", "Keyring", "LMDB", "TestSupport"]),
    tests("StatisticsTests", ["Statistics", "TestSupport"]),
    tests("LinearProgramsTests", ["LinearPrograms", "TestSupport"]),
    tests("DisclosureTests", ["Disclosure", "TestSupport"]),
    tests(
      "ReleasesTests",
      [
        "Disclosure", "EventLog", "Files", "Journey", "Keyring", "LinearPrograms", "Releases",
        "TestSupport",
      ]),
    tests("DefinitionsTests", ["Definitions", "Journey"]),
    tests(
      "InterchangeTests", ["Definitions", "Files", "Interchange", "Journey", "TestSupport"]),
    tests("LabelledFilesTests", ["Interchange", "Journey", "LabelledFiles"]),
    tests(
      "ExportsTests",
      [
        "EventLog", "Exports", "Files", "Interchange", "Journey", "Keyring", "ProjectionEngine",
        "TestSupport",
      ]),
    tests("SimulationTests", ["Journey", "Simulation"]),
    tests("PresentationTests", ["Journey", "Presentation"]),
    tests(
      "ProjectionEngineTests",
      [
        "Definitions", "EventLog", "Files", "Journey", "Keyring", "LMDB", "ProjectionEngine",
        "Projections", "Statistics", "TestSupport",
      ]),
    tests(
      "ProjectionsTests",
      [
        "Definitions", "EventLog", "Files", "Journey", "Keyring", "ProjectionEngine",
        "Projections", "Statistics", "TestSupport",
      ]),
    tests(
      "ImportsTests",
      [
        "EventLog", "Files", "Imports", "Interchange", "Journey", "Keyring", "LMDB",
        "ProjectionEngine", "Projections", "Simulation", "TestSupport",
      ]),
    tests(
      "ModelTests",
      [
        "EventLog", "Files", "Imports", "Journey", "Keyring", "ProjectionEngine", "Statistics",
        "TestSupport",
      ]),
    tests(
      "UpkeepTests",
      [
        "EventLog", "Files", "Journey", "Keyring", "LMDB", "ProjectionEngine", "TestSupport",
        "Upkeep",
      ]),
    tests(
      "FuzzTests",
      [
        "Definitions", "EventLog", "Files", "Interchange", "Journey", "Keyring", "LMDB",
        "ProjectionEngine", "Projections", "TestSupport", "Upkeep",
      ]),
    tests(
      "RecordingTests",
      [
        "EventLog", "Files", "Journey", "Keyring", "ProjectionEngine", "Projections", "Recording",
        "TestSupport",
      ]),
    tests(
      "CommandTests",
      [
        "EventLog", "Files", "Journey", "Keyring", "ProjectionEngine", "Projections", "TestSupport",
      ]),
  ],
  swiftLanguageModes: [.v6]
)
