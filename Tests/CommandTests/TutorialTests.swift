import Foundation
import Testing

/// Runs the commands of the tutorials as a reader would and compares what they print.
///
/// With `WEGMARKE_WRITE_TUTORIALS=1` the pages get what was printed instead.
@Suite("A tutorial")
struct TutorialTests {
  private static let isWriting =
    ProcessInfo.processInfo.environment["WEGMARKE_WRITE_TUTORIALS"] == "1"

  /// The pages of `docs` whose commands are run: the tutorials, the walks, the German handbook.
  private static let pages: [String] = {
    let handbook = try? FileManager.default.contentsOfDirectory(
      atPath: Program.checkout.appending(path: "docs/handbuch").path)
    let pages = [
      "tutorial-evaluator", "tutorial-advisor", "tutorial-ministry", "walks", "indicators",
      "imports", "importe",
    ]
    return pages
      + (handbook ?? []).filter { $0.hasSuffix(".md") && $0 != "README.md" }.sorted()
      .map { "handbuch/\($0.dropLast(3))" }
  }()

  @Test("shows what its commands print", arguments: pages)
  func prints(name: String) throws {
    let path = Program.checkout.appending(path: "docs/\(name).md").path
    var page = TutorialPage(try readText(path))
    #expect(page.steps.count > 2)
    let desk = try Desk()
    desk.environment["COLUMNS"] = "80"
    if ["tutorial-advisor", "importe"].contains(name) || name.hasPrefix("handbuch/") {
      desk.environment["WEGMARKE_LANG"] = "de"
    }
    desk.environment["PATH"] = "\(desk.folder)/bin:/usr/bin:/bin"
    try FileManager.default.createDirectory(
      atPath: "\(desk.folder)/bin", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: "\(desk.folder)/bin/wegmarke", withDestinationPath: try Program.path())
    for file in page.files { try desk.write(file.text, to: file.name) }
    for command in page.preparation {
      let printed = try output(of: command, at: desk)
      #expect(!printed.contains(/(Fehler|Error):/), "docs/\(name).md: `\(command)`: \(printed)")
    }
    for index in page.steps.indices {
      let step = page.steps[index]
      if let program = step.program {
        try run(program, step, of: &page, at: index, name, desk)
        continue
      }
      let printed = try output(of: step.command, at: desk)
      if printed.contains("libreadstat1") {
        print("notice: docs/\(name).md: libreadstat1 is not there: `\(step.command)` was not run")
        continue
      }
      if Self.isWriting {
        page.steps[index].output = step.shortened(printed)
      } else {
        #expect(
          step.matches(printed),
          "docs/\(name).md: `\(step.command)` prints\n\(printed)\nand not\n\(step.text)")
      }
    }
    if Self.isWriting { try Data(page.text.utf8).write(to: URL(filePath: path)) }
  }

  /// Runs a block in R or Python, where it and its packages are there.
  private func run(
    _ program: OtherProgram, _ step: TutorialPage.Step, of page: inout TutorialPage, at index: Int,
    _ name: String, _ desk: Desk
  ) throws {
    let packages = program.packages(of: step.command)
    guard program.path != nil, program.has(packages) else {
      print(
        "notice: docs/\(name).md: \(program) with \(packages) is not there: a block was not run")
      return
    }
    let outcome = try program.run(step.command, at: desk)
    #expect(outcome.isGood, "docs/\(name).md: `\(step.command)`: \(outcome.said)")
    guard step.showsOutput else { return }
    if Self.isWriting {
      page.steps[index].output = step.shortened(outcome.said)
    } else {
      #expect(
        step.matches(outcome.said),
        "docs/\(name).md: `\(step.command)` prints\n\(outcome.said)\nand not\n\(step.text)")
    }
  }

  @Test("is found out when it shows something else")
  func liesAreFound() {
    let page = TutorialPage("Text\n```console\n$ one\na 1\n…\nz\n$ two \\\n    b\n```\nEnd\n")
    #expect(page.steps.map(\.command) == ["one", "two \\\n    b"])
    #expect(page.text == "Text\n```console\n$ one\na 1\n…\nz\n$ two \\\n    b\n```\nEnd\n")
    #expect(page.steps[0].matches("a 1\nanything\nz\n"))
    #expect(!page.steps[0].matches("a 2\nanything\nz\n"))
    #expect(!page.steps[0].matches("a 1\nz\nmore\n"))
    #expect(page.steps[1].matches(""))
    #expect(!page.steps[1].matches("something\n"))
    let file = TutorialPage("<!-- before\nfirst\n-->\n```toml a.toml\nx = 1\ny = 2\n```\n")
    #expect(file.files.map(\.name) == ["a.toml"])
    #expect(file.files.map(\.text) == ["x = 1\ny = 2\n"] && file.preparation == ["first"])
    #expect(page.steps[0].shortened("a 2\nb\nc\ny\n") == ["a 2", "…", "y"])
    let text =
      "```console\n$ one\n1\n```\n\n```r\nx <- 2\nx\n```\n\n```text\n[1] 2\n```\n\n```python\n1\n```\nEnd\n"
    let mixed = TutorialPage(text)
    #expect(mixed.text == text)
    #expect(mixed.steps.map(\.command) == ["one", "x <- 2\nx\n", "1\n"])
    #expect(mixed.steps.map(\.program) == [nil, .r, .python])
    #expect(mixed.steps.map(\.output) == [["1"], ["[1] 2"], []])
    #expect(mixed.steps.map(\.showsOutput) == [true, true, false])
  }

  /// Both streams of a command line of the shell, in the order in which they were written.
  private func output(of command: String, at desk: Desk) throws -> String {
    let stream = "\(desk.folder)/streams/tutorial"
    let child = try Child(
      "/bin/sh", ["-c", "{ \(command)\n} 2>&1"], environment: desk.environment, in: desk.folder,
      output: .file(stream), errors: .file("\(stream).err"))
    child.wait()
    return try readText(stream).replacing("\(desk.folder)/home", with: "~")
  }
}

/// A page with blocks of commands and what they print.
struct TutorialPage {
  /// A command and the lines shown below it.
  struct Step {
    /// As typed, without the prompt.
    var command: String
    /// What is shown; a line `…` stands for any number of lines.
    var output: [String]
    /// What runs it; nil for the shell.
    var program: OtherProgram?
    /// Whether the page shows what it prints.
    var showsOutput = true

    var text: String { output.joined(separator: "\n") }

    /// Whether what was printed is what is shown, but for what differs from run to run.
    func matches(_ printed: String) -> Bool {
      let printed = Self.lines(of: printed).map(Self.withoutChance)
      let shown = output.map(Self.withoutChance)
      guard let gap = shown.firstIndex(of: "…") else { return printed == shown }
      let (head, tail) = (shown[..<gap], shown[(gap + 1)...])
      return printed.count >= head.count + tail.count && printed.starts(with: head)
        && printed.suffix(tail.count) == tail
    }

    /// What was printed, left out where the page leaves out.
    func shortened(_ printed: String) -> [String] {
      let printed = Self.lines(of: printed)
      guard let gap = output.firstIndex(of: "…") else { return printed }
      let tail = output.count - gap - 1
      guard printed.count > gap + tail else { return printed }
      return printed.prefix(gap) + ["…"] + printed.suffix(tail)
    }

    private static func lines(of text: String) -> [String] {
      var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      while lines.last == "" { lines.removeLast() }
      return lines
    }

    /// A line without what differs from run to run: keys, hashes, codes, sizes of files, the time
    /// of day, and days later than all that the pages ask about, of which today is one.
    private static func withoutChance(_ line: String) -> String {
      // Times of folders first: their days alone look like hashes.
      line.replacing(/\d{8}T\d{6}Z/, with: "T")
        .replacing(/\+[A-Za-z0-9+\/]{20,}/, with: "+#")
        .replacing(/[0-9a-f]{8,}/, with: "#")
        .replacing(/TN-[0-9A-Z]{6}/, with: "TN-#")
        .replacing(/[\d.,]+[ \u{A0}][kMG]?B\b/, with: "# B")
        .replacing(/\d{1,2} [A-Z][a-z]{2} 20\d\d \d\d:\d\d/, with: "now")
        .replacing(/\d\d\.\d\d\.20\d\d,? \d\d:\d\d/, with: "jetzt")
        .replacing(/\b\d\d:\d\d\b/, with: "time")
        .replacing(/came in on \d{1,2} \w+ 20\d\d/, with: "came in on #")
        .replacing(/\bI-20\d\d-/, with: "I-#-")
        .replacing(/\d\d\.(1[12]\.2026|\d\d\.20(2[7-9]|[3-9]\d))/, with: "heute")
        .replacing(/\d{1,2} ((Nov|Dec) 2026|[A-Z][a-z]{2} 20(2[7-9]|[3-9]\d))/, with: "today")
    }
  }

  /// The page in pieces: text, then the steps of a block, and so on.
  private var pieces: [(text: String, steps: Int)] = []
  var steps: [Step] = []
  /// Files that the reader is shown, by name: blocks that begin with "```toml NAME", "```csv NAME".
  private(set) var files: [(name: String, text: String)] = []
  /// Commands that are run first and not shown: lines of a comment that begins with "<!-- before".
  private(set) var preparation: [String] = []

  init(_ text: String) {
    var (piece, count, isInside) = ([String](), 0, false)
    var file: (name: String, text: String)?
    var isHidden = false
    // A block of another language that is being read, and whether what it prints may follow.
    var program: OtherProgram?
    var (awaitsOutput, isOutput) = (false, false)
    func close(with steps: Int) {
      pieces.append((piece.joined(separator: "\n"), steps))
      piece = []
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line == "-->" { isHidden = false }
      if isHidden { preparation.append(line) }
      if line == "<!-- before" { isHidden = true }
      if isOutput {
        if line == "```" {
          close(with: 1)
          piece = [line]
          isOutput = false
        } else {
          steps[steps.count - 1].output.append(line)
        }
        continue
      }
      if awaitsOutput, !line.isEmpty {
        awaitsOutput = false
        if line == "```text" {
          piece.append(line)
          isOutput = true
          steps[steps.count - 1].showsOutput = true
          continue
        }
        close(with: 1)
      }
      if program != nil {
        piece.append(line)
        if line == "```" {
          (program, awaitsOutput) = (nil, true)
        } else {
          steps[steps.count - 1].command += "\(line)\n"
        }
        continue
      }
      if !isInside, let language = ["```python": OtherProgram.python, "```r": .r][line] {
        piece.append(line)
        program = language
        steps.append(Step(command: "", output: [], program: language, showsOutput: false))
        continue
      }
      if isInside, line == "```" {
        close(with: count)
        (piece, count, isInside) = ([line], 0, false)
      } else if !isInside {
        piece.append(line)
        isInside = line == "```console"
        if line == "```", let ended = file {
          files.append(ended)
          file = nil
        }
        file?.text += "\(line)\n"
        if let named = line.wholeMatch(of: /```(?:toml|csv) (.+)/)?.output.1 {
          file = (String(named), "")
        }
      } else if line.hasPrefix("$ ") {
        steps.append(Step(command: String(line.dropFirst(2)), output: []))
        count += 1
      } else if steps.isEmpty {
        piece.append(line)
      } else if steps[steps.count - 1].output.isEmpty,
        steps[steps.count - 1].command.hasSuffix("\\")
      {
        steps[steps.count - 1].command += "\n\(line)"
      } else {
        steps[steps.count - 1].output.append(line)
      }
    }
    close(with: awaitsOutput ? 1 : 0)
  }

  var text: String {
    var rest = steps[...]
    return pieces.map { piece in
      let block = rest.prefix(piece.steps).flatMap {
        $0.program == nil ? ["$ \($0.command)"] + $0.output : $0.output
      }
      rest = rest.dropFirst(piece.steps)
      return ([piece.text] + block).joined(separator: "\n")
    }.joined(separator: "\n")
  }
}
