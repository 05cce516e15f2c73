import Foundation
import Testing

@Suite("Help and manual")
struct HelpTests {
  @Test("have a German wording for everything that a command says, and none for what none says")
  func complete() throws {
    // Lines with `?` lack a wording in Sources/WegmarkeCLI/Help/german.txt, those with `-` are left over;
    // `!` stands before an example that the program itself would refuse, and a command without any.
    #expect(try Desk().expect("manual --gaps") == "")
  }

  @Test("of every command fit 80 columns and lead with examples", arguments: ["en", "de"])
  func pages(language: String) throws {
    let desk = try Desk()
    let manual = try desk.expect("manual --lang \(language)")
    let commands = manual.matches(of: /(?m)^##+ wegmarke (.*)$/).map { String($0.output.1) }
    #expect(commands.count > 60 && Set(commands).count == commands.count)
    for command in commands where command.first?.isUppercase != true {
      let page = try desk.expect("\(command) --help --lang \(language)")
      #expect(page.contains(language == "de" ? "\nAUFRUF\n" : "\nUSAGE\n"), "\(command): \(page)")
      // Recipes are nothing but examples, by who wants them.
      if command != "recipes" {
        let lead = page.split(separator: "\n\n").dropFirst().first ?? ""
        #expect(lead.hasPrefix(language == "de" ? "BEISPIELE\n" : "EXAMPLES\n"), "\(command)")
      }
      for line in page.split(separator: "\n") where !line.contains("wegmarke ") {
        #expect(line.count <= 80, "\(command): \(line)")
      }
    }
  }

  @Test("of a command is asked for in three ways, and speaks the reader's language")
  func asked() throws {
    let desk = try Desk()
    let page = try desk.expect("due done --help --lang de")
    #expect(page.hasPrefix("Erfasst, dass etwas erledigt ist, und was dabei herauskam.\n"))
    #expect(page.contains("wegmarke due done [Optionen] <person> <aufgabe>"), "\(page)")
    #expect(try desk.expect("help due done --lang de") == page)
    #expect(try desk.expect("due done -h", with: ["WEGMARKE_LANG": "de"]) == page)
    let root = try desk.expect("", with: ["WEGMARKE_LANG": "de"])
    #expect(root.hasPrefix("Bewahrt die Wege von Menschen") && root.contains("\nBEFEHLE\n"))
    #expect(try desk.expect("--help").hasPrefix("Keeps the journeys of people"))
    // Nothing of the parser's own English is left.
    for word in ["OVERVIEW", "USAGE", "OPTIONS", "Show help", "default:", "values:"] {
      #expect(!page.contains(word) && !root.contains(word), "\(word)")
    }
  }

  @Test(
    "are the page of the documentation", arguments: [("en", "commands.md"), ("de", "befehle.md")])
  func documentation(language: String, file: String) throws {
    let path = Program.checkout.appending(path: "docs/\(file)").path
    let printed = try Desk().expect("manual --lang \(language)")
    #expect(
      try readText(path) == printed,
      "docs/\(file) is not what the program prints: make manual writes it")
  }

  @Test("are pages that man can lay out", arguments: ["en", "de"])
  func manPages(language: String) throws {
    let desk = try Desk()
    try desk.expect("manual --man man --lang \(language)")
    let pages = try FileManager.default.contentsOfDirectory(atPath: "\(desk.folder)/man").sorted()
    #expect(pages.contains("wegmarke.1") && pages.contains("wegmarke-due.1") && pages.count > 20)
    for name in pages {
      let page = try desk.read("man/\(name)")
      let lines = page.split(separator: "\n")
      #expect(lines.count > 8 && lines[1].hasPrefix(".TH \"WEGMARKE"), "\(name)")
      for line in lines where line.hasPrefix(".") || line.hasPrefix("'") {
        #expect(line.contains(/^(\.(TH|SH|SS|TP|PP|br|nf|fi|RS|RE)\b|'\\" )/), "\(name): \(line)")
      }
      for line in lines where !line.hasPrefix("'\\\"") {
        #expect(!line.contains(/\\(?![e\-&f(])/), "\(name): \(line)")
      }
    }
    let page = try desk.read("man/wegmarke-due.1")
    #expect(page.contains("\\fBwegmarke due done"), "\(page)")
    #expect(page.contains(language == "de" ? ".SH SIEHE AUCH" : ".SH SEE ALSO") == false)
    #expect(page.contains(language == "de" ? ".SH \"SIEHE AUCH\"" : ".SH \"SEE ALSO\""))
  }
}
