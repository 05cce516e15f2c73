// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")

let package = Package(
  name: "wegmarke",
  products: [.executable(name: "wegmarke", targets: ["WegmarkeCLI"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CLMDB", pkgConfig: "lmdb", providers: [.apt(["liblmdb-dev"])]),
    .target(name: "Files", swiftSettings: settings),
    .target(
      name: "LMDB", dependencies: ["CLMDB"],
      swiftSettings: settings + [.enableExperimentalFeature("Lifetimes")]),
    .target(name: "Journey", swiftSettings: settings),
    .target(name: "Keyring", dependencies: ["Files", "Journey", crypto], swiftSettings: settings),
    .target(
      name: "EventLog", dependencies: ["Files", "LMDB", "Keyring", "Journey", crypto],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
