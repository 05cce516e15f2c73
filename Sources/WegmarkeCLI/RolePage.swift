import EventLog
import Files
import Interchange
import Journey
import Keyring
import Presentation

/// Issued roles as people and programs read them.
enum RolePage {
  static func table(_ roles: [RoleStanding], _ console: Console) -> String {
    let language = console.language
    func title(_ en: String, _ de: String) -> String { LocalizedText(en: en, de: de)(language) }
    var table = TerminalTable([
      .code(title("NO.", "NR.")), .text(title("ROLE", "ROLLE"), minimum: 12),
      .text(title("HOLDER", "PERSON"), minimum: 8),
      .text(title("SUB-PROJECTS", "TEILPROJEKTE"), minimum: 8),
      .text(title("KEY", "SCHLÜSSEL"), minimum: 10),
    ])
    for standing in roles {
      let issued = standing.issued
      let key =
        !issued.isRingCurrent
        ? title("ring behind", "Ring unvollständig")
        : issued.isHandoverPending
          ? title("renewed, not taken over", "erneuert, nicht übernommen")
          : standing.missing.isEmpty
            ? title("current", "aktuell") : title("lacks some", "unvollständig")
      table.append([
        TableCell("\(issued.role.number)"), TableCell(issued.role.kind.label(language)),
        TableCell(issued.role.holder),
        TableCell(
          issued.role.kind.isScoped
            ? KeyringWords.subprojects(issued.subprojects)(language)
            : issued.role.kind.opensParticipants ? title("all", "alle") : "–"),
        TableCell(key),
      ])
    }
    return table.text(for: console.output)
  }

  static func csv(_ roles: [RoleStanding], _ dialect: CSVDialect) -> [UInt8] {
    var writer = CSVWriter(dialect)
    writer.header([
      "role", "kind", "holder", "subprojects", "handover_pending", "ring_current",
      "missing_subprojects",
    ])
    for standing in roles {
      let issued = standing.issued
      let cells = [
        "\(issued.role.number)", issued.role.kind.rawValue, issued.role.holder,
        issued.subprojects.joined(separator: " "), issued.isHandoverPending ? "yes" : "no",
        issued.isRingCurrent ? "yes" : "no", standing.missing.joined(separator: " "),
      ]
      for cell in cells { writer.text(cell) }
      writer.endRow()
    }
    return writer.take()
  }
}

extension StoreZone {
  /// The day that it is in the store's zone.
  static var today: CivilDate { CivilDate(day(of: SystemClock.microseconds())) }
}

extension String {
  /// With a capital letter at the beginning, as a sentence.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
