import Testing

@Suite("The doors between the modules")
struct DoorsTests {
  private static let rooms = ["Sources", "projections", "benchmarks", "Tests"]
  private let house = Doors.house

  @Test("are the only way from one module to another")
  func imports() {
    let files = Repository.checkout.swiftFiles(under: Self.rooms)
    #expect(files.contains { $0.path.hasPrefix("Sources/") })
    let findings = house.findings(in: files)
    #expect(findings.isEmpty, "\(findings.report)")
  }

  @Test("never lead back to where they started")
  func cycles() {
    #expect(house.cycle() == nil)
    var circular = house
    circular.own["Journey"] = ["Presentation"]
    #expect(circular.cycle()?.contains("Journey") == true)
  }

  @Test("lead only to modules that exist in the table")
  func completeness() {
    let known = Set(house.own.keys).union(house.guarded.keys).union(house.open)
    for (module, imports) in house.own {
      #expect(imports.isSubset(of: known), "\(module) imports what nobody knows")
    }
    for (imported, rooms) in house.guarded {
      #expect(rooms.isSubset(of: house.own.keys), "\(imported) is open to rooms nobody knows")
    }
  }

  @Test(
    "report an import that goes through the wall",
    arguments: [
      ("Sources/Journey/Day.swift", "import Statistics"),
      ("Sources/Statistics/Curve.swift", "public import Journey"),
      ("Sources/EventLog/Append.swift", "import CLMDB"),
      ("Sources/EventLog/Append.swift", "import Crypto"),
      ("Sources/Presentation/Table.swift", "import ArgumentParser"),
      ("Sources/Presentation/Table.swift", "import Foundation"),
      ("Sources/WegmarkeCLI/Ask.swift", "@preconcurrency import Foundation"),
      ("Sources/LMDB/Cursor.swift", "@_spi(Raw) @testable import EventLog"),
      ("Sources/LMDB/Cursor.swift", "import struct Journey.Day"),
      ("Sources/Journey/Day.swift", "import Glibc; import Dispatch"),
      ("projections/BuiltIn/CurrentState.swift", "import LMDB"),
      ("benchmarks/ImportBenchmark.swift", "import CLMDB"),
      ("Tests/LMDBTests/CursorTests.swift", "@testable import CLMDB"),
      ("Tests/TestSupport/TemporaryStore.swift", "import WegmarkeCLI"),
    ])
  func violation(path: String, statement: String) {
    let file = SourceFile(path: path, text: "// import Nothing\n\(statement)\n")
    #expect(house.findings(in: [file]).map(\.line) == [2])
  }

  @Test(
    "let through what the table allows",
    arguments: [
      ("Sources/LMDB/Cursor.swift", "public import CLMDB"),
      ("Sources/EventLog/Append.swift", "import Dispatch\nimport Keyring\npublic import Journey"),
      ("Sources/WegmarkeCLI/Ask.swift", "import ArgumentParser\nimport Presentation"),
      ("projections/BuiltIn/CurrentState.swift", "import ProjectionEngine"),
      ("Tests/LMDBTests/CursorTests.swift", "import Testing\n@testable import LMDB"),
      ("Sources/Journey/Day.swift", "let text = \"\"\"\n  import Foundation\n  \"\"\""),
      ("Sources/Journey/Day.swift", "/* import Foundation */ import Glibc"),
    ])
  func allowed(path: String, text: String) {
    #expect(house.findings(in: [SourceFile(path: path, text: text)]) == [])
  }

  @Test("report a module that nobody put into the table")
  func unknownModule() {
    let file = SourceFile(path: "Sources/Helpers/Helper.swift", text: "")
    #expect(house.findings(in: [file]).count == 1)
  }
}
