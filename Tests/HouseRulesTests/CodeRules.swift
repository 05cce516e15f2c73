/// What code may not contain, read off one file at a time.
struct CodeRules {
  /// Modules that exist to keep unsafe code behind safe names.
  var unsafeModules: Set<String>
  /// Files elsewhere that may say `unsafe`, each with its reason, besides those named `…Kernel…`.
  var unsafeFiles: [String: String]

  /// The rules of this house.
  static let house = CodeRules(
    unsafeModules: ["Files", "LMDB", "LabelledFiles", "LinearPrograms"],
    unsafeFiles: [
      "benchmarks/ChildProcess.swift": "fork, exec and wait take pointers",
      "benchmarks/PageCache.swift": "open takes the address of the path",
      "Sources/Presentation/StandardStream.swift": "write(2) takes the address of the bytes",
    ])

  /// The longest a file may be without saying why.
  static let lineLimit = 400

  /// Ways to crash on something that is not a programmer's mistake.
  func crashes(in file: SourceFile) -> [Finding] {
    let code = SwiftCode(file.text)
    return
      findings(code.lines(matching: /\btry!/), in: file, "try! crashes on an error; handle it")
      + findings(
        code.lines(matching: /\bfatalError\s*\(/), in: file,
        "fatalError ends the program; throw, or state a precondition")
      + findings(
        code.lines(matching: /\bas!/), in: file, "as! crashes on another type; use as?")
      + findings(
        code.lines(matching: Self.forcedUnwrapping), in: file,
        "a forced unwrap crashes on nil; use guard let")
  }

  /// Notes about unfinished work.
  func unfinishedWork(in file: SourceFile) -> [Finding] {
    let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
    let numbers = lines.numbers(matching: /\b(?:TODO|FIXME|XXX|HACK)\b/)
    return findings(numbers, in: file, "unfinished work belongs into an issue")
  }

  /// The first use of unsafe code in a file that may have none.
  func unsafeCode(in file: SourceFile) -> [Finding] {
    let isListed = unsafeFiles[file.path] != nil || file.name.contains("Kernel")
    if isListed || Doors.module(of: file).map(unsafeModules.contains) == true { return [] }
    let lines = SwiftCode(file.text).lines(matching: /\bunsafe\b/)
    let message =
      "unsafe (\(lines.count) lines): belongs into \(unsafeModules.sorted()), a "
      + "measured kernel, or a file listed with its reason"
    return findings(Array(lines.prefix(1)), in: file, message)
  }

  /// Exceptions from the rule on unsafe code that nothing needs any more.
  func staleExceptions(given files: [SourceFile]) -> [String] {
    unsafeFiles.keys.sorted().filter { path in
      !files.contains { file in
        file.path == path && !SwiftCode(file.text).lines(matching: /\bunsafe\b/).isEmpty
      }
    }
  }

  /// A file that is too long and does not begin with a comment that says why.
  func length(of file: SourceFile) -> [Finding] {
    let count = file.text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
    guard count > Self.lineLimit else { return [] }
    // A reason is a comment of some words, not a separator or a file's name.
    if let first = file.text.split(separator: "\n").first, first.hasPrefix("//"),
      first.split(separator: " ").count > 5
    {
      return []
    }
    return [
      Finding(
        path: file.path, line: 1,
        message: "\(count) lines, more than \(Self.lineLimit): say why in the first line, or split")
    ]
  }

  /// A name, a closing bracket or a literal's end, then `!` that is not part of `!=`.
  private static var forcedUnwrapping: Regex<Substring> {
    /(?:\b(?!(?:try|as)!)\w+|[)\]}?])!(?!=)/
  }

  private func findings(_ lines: [Int], in file: SourceFile, _ message: String) -> [Finding] {
    lines.map { Finding(path: file.path, line: $0, message: message) }
  }
}
