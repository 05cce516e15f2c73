import Testing

@Suite("The code of this house")
struct CodeRulesTests {
  private let rules = CodeRules.house
  private let code = Repository.checkout.swiftFiles(under: ["Sources", "projections", "benchmarks"])
  private let tests = Repository.checkout.swiftFiles(under: ["Tests"])

  @Test("is there to be read")
  func presence() {
    #expect(code.contains { $0.path.hasPrefix("Sources/Journey/") })
    #expect(tests.contains { $0.path.hasPrefix("Tests/HouseRulesTests/") })
  }

  @Test("names every command, whose name the parser else asks of the runtime at every start")
  func commandNames() {
    let commands = code.filter { $0.path.hasPrefix("Sources/WegmarkeCLI/") }
    #expect(commands.count { $0.text.contains("CommandConfiguration(") } > 50)
    for file in commands {
      let nameless = file.text.matches(
        of: /CommandConfiguration\(\s*(?:\/\/[^\n]*\s*)*(?!commandName:)\w+:/)
      #expect(nameless.isEmpty, "\(file.path)")
    }
  }

  @Test("does not crash on what is not a programmer's mistake")
  func crashes() {
    let findings = code.flatMap(rules.crashes)
    #expect(findings.isEmpty, "\(findings.report)")
  }

  @Test(
    "is reported when it crashes",
    arguments: [
      "let a = try! read()", "fatalError(\"no\")", "let b = a as! Int", "let c = values.first!",
      "let d = call()!.name", "let e = table[1]!", "let f = \"\\(name!)\"", "var g: String!",
      "let h = maybe?.twice!", "let i = try! other as! Int", "if a[0]! != b {}",
    ])
  func crashReported(line: String) {
    let file = SourceFile(path: "Sources/X/Y.swift", text: "// Fine!\n\(line)\n")
    #expect(Set(rules.crashes(in: file).map(\.line)) == [2])
  }

  @Test(
    "is not reported for what only looks like crashing",
    arguments: [
      "if a != b && !c {}", "if a!=b {}", "// Stop! try! fatalError(", "let a = \"Stop! try!\"",
      "let b = #\"a \"quote\" here!\"#", "/* outer /* inner! */ still! */ let c = 1",
      "guard !isEmpty, let d = try? read() else { return }", "let e = [!f, !g]",
      "let h = \"\\(i ? \"yes!\" : \"no!\")\"", "let j = \"\"\"\n  \"Stop!\" she said\n  \"\"\"",
    ])
  func harmless(text: String) {
    #expect(rules.crashes(in: SourceFile(path: "Sources/X/Y.swift", text: text)) == [])
  }

  @Test(
    "says what is wrong with tables and releases in words of both languages, not in a library's own"
  )
  func ownWords() {
    let folders = ["Protect", "Release"].map { "Sources/WegmarkeCLI/\($0)" }
    let files = Repository.checkout.swiftFiles(under: folders)
    #expect(files.contains { $0.text.contains("\\(text.de)") })
    for file in files {
      let lines = file.text.split(separator: "\n").filter {
        $0.contains("\\(error)") || $0.contains("\\(error.description)")
      }
      #expect(lines.isEmpty, "\(file.path): \(lines)")
    }
  }

  @Test("is finished")
  func unfinishedWork() {
    let findings = code.flatMap(rules.unfinishedWork)
    #expect(findings.isEmpty, "\(findings.report)")
    for word in ["TODO", "FIXME"] {
      let file = SourceFile(path: "Sources/X/Y.swift", text: "let a = 1\n// \(word): more\n")
      #expect(rules.unfinishedWork(in: file).map(\.line) == [2])
    }
  }

  @Test("is unsafe only where that is allowed")
  func unsafeCode() {
    let findings = code.flatMap(rules.unsafeCode)
    #expect(findings.isEmpty, "\(findings.report)")
    #expect(rules.staleExceptions(given: code) == [])
  }

  @Test("is reported when it is unsafe elsewhere, or when an exception is no longer needed")
  func unsafeCodeReported() {
    let text = "/// Not unsafe.\nlet a = unsafe pointer.pointee\n"
    let file = SourceFile(path: "Sources/EventLog/Append.swift", text: text)
    #expect(rules.unsafeCode(in: file).map(\.line) == [2])
    for path in ["Sources/LMDB/Cursor.swift", "Sources/Statistics/CountKernel.swift"] {
      #expect(rules.unsafeCode(in: SourceFile(path: path, text: text)) == [])
    }
    let excepting = CodeRules(unsafeModules: [], unsafeFiles: [file.path: "a reason"])
    #expect(excepting.unsafeCode(in: file) == [])
    #expect(excepting.staleExceptions(given: [file]) == [])
    #expect(excepting.staleExceptions(given: []) == [file.path])
  }

  @Test("comes in files of one idea each")
  func length() {
    let findings = (code + tests).flatMap(rules.length)
    #expect(findings.isEmpty, "\(findings.report)")
    let long = String(repeating: "let a = 1\n", count: 401)
    let short = String(long.dropFirst(10))
    #expect(rules.length(of: SourceFile(path: "A.swift", text: long)).count == 1)
    #expect(rules.length(of: SourceFile(path: "A.swift", text: "// A.swift\n" + long)).count == 1)
    #expect(rules.length(of: SourceFile(path: "A.swift", text: short)) == [])
    let excused = "// Long because the table of codes is one table.\n" + long
    #expect(rules.length(of: SourceFile(path: "A.swift", text: excused)) == [])
  }
}
