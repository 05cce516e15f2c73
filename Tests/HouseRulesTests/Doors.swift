/// Who may import whom.
///
/// This is the table that `docs/ARCHITECTURE.md` draws. A module that is not in it may not exist,
/// and a module that is imported but not in it, or not from here, is reported.
struct Doors {
  /// The project's modules and what each may import of the others.
  var own: [String: Set<String>]
  /// Modules from elsewhere that some rooms only may import.
  var guarded: [String: Set<String>]
  /// Modules of the system that everyone may import.
  var open: Set<String>

  /// The doors of this house.
  static let house = Doors(
    own: [
      "Journey": [],
      "Statistics": [],
      "LinearPrograms": ["CCoin"],
      "Disclosure": ["LinearPrograms"],
      "Files": [],
      "LMDB": ["CLMDB"],
      "Keyring": ["Files", "Journey"],
      "EventLog": ["Files", "Journey", "Keyring", "LMDB"],
      "Definitions": ["Journey"],
      "ProjectionEngine": [
        "Definitions", "EventLog", "Files", "Journey", "Keyring", "LMDB", "Statistics",
      ],
      "Projections": [
        "Definitions", "Disclosure", "EventLog", "Journey", "ProjectionEngine", "Statistics",
      ],
      "Interchange": ["Definitions", "Files", "Journey"],
      "Imports": [
        "Definitions", "EventLog", "Files", "Interchange", "Journey", "Keyring", "LMDB",
        "ProjectionEngine",
      ],
      "LabelledFiles": ["CReadStat", "Interchange", "Journey"],
      "Exports": [
        "EventLog", "Files", "Interchange", "Journey", "Keyring", "LabelledFiles",
        "ProjectionEngine",
      ],
      "Upkeep": ["EventLog", "Files", "Journey", "Keyring", "LMDB", "ProjectionEngine"],
      "Recording": [
        "Definitions", "EventLog", "Files", "Interchange", "Journey", "Keyring", "ProjectionEngine",
      ],
      "Releases": ["Disclosure", "EventLog", "Interchange", "Journey"],
      "Simulation": ["Interchange", "Journey"],
      "Presentation": ["Journey", "Statistics"],
      "WegmarkeCLI": everythingButExecutables,
      "Benchmarks": everythingButExecutables,
      "TestSupport": everythingButExecutables,
    ],
    guarded: [
      "CLMDB": ["LMDB"],
      "CCoin": ["LinearPrograms"],
      "CReadStat": ["LabelledFiles"],
      "CProcess": ["Files"],
      "Crypto": ["Keyring"],
      "CryptoExtras": ["Keyring"],
      "ArgumentParser": ["WegmarkeCLI"],
      // Two threads for batches of records; everything else is one thing after the other.
      "Dispatch": ["EventLog"],
      // It more than doubles the start-up time: nobody so far.
      "Foundation": [],
      "FoundationInternationalization": [],
      "FoundationNetworking": [],
      "FoundationXML": [],
    ],
    open: ["FoundationEssentials", "Glibc", "Swift", "Synchronization"])

  private static let everythingButExecutables: Set<String> = [
    "Definitions", "Disclosure", "EventLog", "Exports", "Files", "Imports", "Interchange",
    "Journey",
    "Keyring", "LabelledFiles", "LinearPrograms", "LMDB", "Presentation", "ProjectionEngine",
    "Projections",
    "Recording", "Releases", "Simulation", "Statistics", "Upkeep",
  ]

  /// The module a file belongs to, or nil for the manifest and for tests.
  static func module(of file: SourceFile) -> String? {
    switch file.components.first {
    case "Sources": String(file.components[1])
    case "projections": "Projections"
    case "benchmarks": "Benchmarks"
    case "Tests" where file.components[1] == "TestSupport": "TestSupport"
    default: nil
    }
  }

  /// The modules that a file imports, with their lines.
  static func imports(in text: String) -> [(module: String, line: Int)] {
    // Attributes and an access level before, the kind of one declaration after the keyword.
    let statement =
      /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:\w+\s+)?import\s+(?:(?:actor|class|enum|func|let|protocol|struct|typealias|var)\s+)?(\w+)/
    return SwiftCode(text).lines.enumerated().flatMap { number, line in
      line.split(separator: ";").compactMap { part in
        part.firstMatch(of: statement).map { (String($0.output.1), number + 1) }
      }
    }
  }

  /// Imports that go through no door, and files in rooms that the table does not know.
  func findings(in files: [SourceFile]) -> [Finding] {
    files.flatMap { file -> [Finding] in
      let module = Self.module(of: file)
      if let module, own[module] == nil {
        let message = "module \(module) is not in the table of doors"
        return [Finding(path: file.path, line: 1, message: message)]
      }
      return Self.imports(in: file.text).compactMap { entry in
        let allowed =
          module.map { mayImport(entry.module, into: $0) } ?? isOpenToTests(entry.module)
        let room = module ?? "a test"
        return allowed
          ? nil
          : Finding(
            path: file.path, line: entry.line, message: "\(room) may not import \(entry.module)")
      }
    }
  }

  /// A way that leads from a module back to itself, or nil when there is none.
  func cycle() -> [String]? {
    var finished: Set<String> = []
    func visit(_ module: String, after path: [String]) -> [String]? {
      if let start = path.firstIndex(of: module) { return path[start...] + [module] }
      if finished.contains(module) { return nil }
      for next in (own[module] ?? []).sorted() {
        if let cycle = visit(next, after: path + [module]) { return cycle }
      }
      finished.insert(module)
      return nil
    }
    return own.keys.sorted().lazy.compactMap { visit($0, after: []) }.first
  }

  private func mayImport(_ imported: String, into module: String) -> Bool {
    open.contains(imported)
      || guarded[imported]?.contains(module) == true
      || own[module]?.contains(imported) == true
  }

  /// Tests may look at every module, but reach the C libraries through ours like everyone else.
  private func isOpenToTests(_ imported: String) -> Bool {
    !["CLMDB", "CCoin", "CReadStat"].contains(imported)
  }
}
