import ArgumentParser
import EventLog
import Files
import Journey
import Presentation
import ProjectionEngine
import Upkeep

extension Privacy {
  /// The command `wegmarke privacy receipt`.
  struct Receipt: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "receipt",
      abstract: "Shows and signs what became of an erasure, or checks such a receipt.",
      discussion: """
        A receipt is checked without the store: signature, signed state of the log,
        and proofs that order and completion stand in it. docs/erasure.md says what it
        means.

        EXAMPLES
          wegmarke privacy receipt TN-7K4Q2M
          wegmarke privacy receipt '#1207' -f json -o receipt.json
          wegmarke privacy receipt --check receipt.json
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @Argument(
      help: "Code or id of the person, or position of the order. Default: all orders.",
      completion: Completing.participants)
    var subject: String?
    @Option(name: .shortAndLong, help: "table or json.") var format = ReceiptFormat.table
    @Option(name: .shortAndLong, help: "Write to this file instead of standard output.")
    var output: String?
    @Flag(help: "Write -o over a file that is there.") var force = false
    @Option(help: "Check this receipt; with --store also against that store.") var check: String?

    func run() throws {
      let console = global.console
      if let check { return try verify(check, console) }
      let file = try OutputFile(output, force ? .replaced : .kept)
      let log = try store.openForReading()
      let orders = try find(log)
      let view = try console.refreshedView(of: log)
      let receipt = try ErasureReceipt(orders, in: log, view: view)
      let text: String
      switch format {
      case .table: text = page(receipt, console)
      case .json:
        let document = try receipt.document(
          program: Wegmarke.version, at: SystemClock.microseconds())
        text = String(decoding: try document.encoded(), as: UTF8.self)
      }
      if let file {
        try file.write(Array((text + "\n").utf8))
      } else {
        if format == .json { try console.printData(text) } else { try console.print(text) }
      }
      if !receipt.holds {
        throw Failure(
          .init(
            en: "Not everything of the erasure holds.", de: "Nicht alles an der Löschung gilt."),
          advice: .init(
            en: "Complete it: wegmarke privacy resume",
            de: "Zu Ende führen: wegmarke privacy resume"),
          .problems)
      }
    }

    private func find(_ log: EventLog) throws -> [ErasureOrder] {
      let all = try log.erasureOrders()
      var found = all.filter { $0.state == .completed }
      if let subject {
        if subject.hasPrefix("#") || subject.allSatisfy(\.isNumber),
          let number = UInt64(subject.hasPrefix("#") ? subject.dropFirst() : subject[...])
        {
          found = all.filter { $0.position.number == number || $0.closed?.number == number }
        } else {
          let ref = try log.find(subject)
          found = all.filter { $0.subject == .participant(ref) && $0.state != .refused }
        }
      }
      guard let first = found.first else {
        throw Failure(
          .init(
            en: "Nobody was erased\(subject.map { ": \($0)" } ?? "").",
            de: "Niemand wurde gelöscht\(subject.map { ": \($0)" } ?? "")."),
          advice: .init(
            en: "All orders: wegmarke privacy erasures", de: "Alle: wegmarke privacy erasures"),
          .noInput)
      }
      guard first.state == .completed else {
        throw Failure(
          ErasureWords.subject(first) + .init(verbatim: ": ") + ErasureWords.state(first), .data)
      }
      return found
    }

    private func page(_ receipt: ErasureReceipt, _ console: Console) -> String {
      let language = console.language
      let words = { (en: String, de: String) in LocalizedText(en: en, de: de)(language) }
      var lines = receipt.orders.map { order in
        "\(order.position) \(ErasureWords.subject(order)(language)): "
          + ErasureWords.state(order)(language)
      }
      let checkpoint = receipt.signed.checkpoint
      lines.append(
        words("State", "Stand") + ": \(checkpoint.origin) · \(checkpoint.size) · "
          + "\(ContentDigest.hex(checkpoint.root).prefix(16))…")
      // A list, not a table: what was found and how must be read whole on any terminal.
      lines.append("\n" + words("Checked:", "Geprüft:"))
      for check in receipt.checks {
        let verdict =
          check.holds ? words("holds", "gilt") : words("DOES NOT HOLD", "GILT NICHT")
        lines.append(
          "- \(ErasureReceipt.label(ofPart: check.part)(language)): \(verdict)."
            + " \(words("Found", "Befund")): \(check.found(language))."
            + " \(words("How", "Wie")): \(check.how(language)).")
      }
      if !receipt.copies.isEmpty {
        lines.append("\n" + words("Copies known:", "Bekannte Kopien:"))
        for copy in receipt.copies {
          let date = try? CivilDate.parse(copy.day)
          let day = date.map { " (\(EventText(language).date($0)))" } ?? ""
          lines.append(
            "- \(copy.kind.label(language)) \(copy.place)\(day): \(copy.words(language))."
              + " \(words("How", "Wie")): \(copy.how(language)).")
        }
      }
      lines.append(
        "\n" + words("What nobody can check from here:", "Was von hier niemand prüfen kann:"))
      lines += ErasureReceipt.notCovered.map { "- " + $0(language) }
      return lines.map { line in
        guard line.hasPrefix("- "), let width = console.output.width else { return line }
        return line.wrapped(to: width - 2).replacing("\n", with: "\n  ")
      }.joined(separator: "\n")
    }

    private func check(_ file: String) throws -> ErasureReceiptCheck {
      let bytes = try Folder.contents(of: file)
      do throws(ErasureReceiptCheck.Refusal) { return try ErasureReceiptCheck(bytes) } catch {
        throw Failure(
          error == .newerVersion
            ? .init(
              en: "\(file) was written by a newer program.",
              de: "\(file) hat ein neueres Programm geschrieben.")
            : .init(
              en: "\(file) is no receipt of an erasure.",
              de: "\(file) ist keine Bescheinigung einer Löschung."), .data)
      }
    }

    private func verify(_ file: String, _ console: Console) throws {
      var check = try check(file)
      let isNamed = store.store != nil
      if isNamed || Folder.exists("\(store.path)/log/data.mdb") {
        let log = try store.openForReading()
        if isNamed || check.document["origin"]?.text == log.origin {
          try check.compare(with: log)
        }
      }
      guard check.problems.isEmpty else {
        let list = LocalizedText(
          en: check.problems.map { "- \($0.en)" }.joined(separator: "\n"),
          de: check.problems.map { "- \($0.de)" }.joined(separator: "\n"))
        throw Failure(
          .init(en: "The receipt does not hold:\n", de: "Die Bescheinigung gilt nicht:\n") + list,
          .data)
      }
      let list = LocalizedText(
        en: check.holds.map(\.en).joined(separator: ", "),
        de: check.holds.map(\.de).joined(separator: ", "))
      try (LocalizedText(en: "The receipt holds: ", de: "Die Bescheinigung gilt: ") + list)
        .print(on: console)
      if let key = check.document["key"]?.text {
        console.note(
          .init(
            en: "Compare the key with the one you were given: \(key)",
            de: "Bitte den Schlüssel mit dem vergleichen, den Sie erhielten: \(key)"))
      }
    }
  }
}

/// The forms of a receipt.
enum ReceiptFormat: String, ExpressibleByArgument, CaseIterable {
  /// For people.
  case table
  /// Signed, for machines; schema `wegmarke.erasure-receipt`.
  case json
}
