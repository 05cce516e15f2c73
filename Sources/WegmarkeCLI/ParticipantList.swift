import Interchange
import Journey
import Keyring
import Presentation
import Projections

/// Participants with their states, as a table or as CSV.
struct ParticipantList {
  /// The state is nil of who is restricted (article 18 GDPR): nothing is shown but that.
  let rows: [(identity: ParticipantIdentity?, state: CurrentState?)]
  let total: Int

  func table(_ console: Console) -> String {
    let language = console.language
    let words = StateText(language)
    func title(_ en: String, _ de: String) -> String { LocalizedText(en: en, de: de)(language) }
    // Three columns that can be read say more than four that are cut.
    let showsResidence = (console.output.width ?? .max) >= 110
    var columns: [TerminalTable.Column] = [
      .code(title("PARTICIPANT", "TEILNEHMENDE")), .code(title("SOURCE ID", "KENNUNG")),
      .text(title("PARTICIPATION", "TEILNAHME"), minimum: 24),
      .text(title("WORK OR TRAINING", "ARBEIT/AUSBILDUNG"), minimum: 16),
    ]
    if showsResidence { columns.append(.text(title("RESIDENCE", "AUFENTHALT"), minimum: 16)) }
    var table = TerminalTable(columns)
    for row in rows {
      let erased = title("(erased)", "(gelöscht)")
      var cells = [
        TableCell(row.identity?.code.description ?? erased),
        TableCell(row.identity?.externalID ?? ""),
        TableCell(row.state.map(words.participation) ?? title("(restricted)", "(eingeschränkt)")),
        TableCell(row.state.map(words.labour) ?? ""),
      ]
      if showsResidence { cells.append(TableCell(row.state.map(words.residence) ?? "")) }
      table.append(cells)
    }
    return table.text(for: console.output)
  }

  /// Machine-readable; codes and ISO dates whatever the language.
  var csv: String {
    var writer = CSVWriter(.csv)
    writer.header([
      "participant", "source_id", "participation", "participation_since", "labour",
      "labour_kind", "labour_since", "residence", "residence_since", "last_confirmed",
    ])
    for row in rows {
      guard let state = row.state else {
        let cells = [
          row.identity?.code.description ?? "", row.identity?.externalID ?? "", "restricted",
        ]
        for cell in cells + [String](repeating: "", count: 7) { writer.text(cell) }
        writer.endRow()
        continue
      }
      let (participation, since) = participation(state)
      let labour = labour(state)
      let cells = [
        row.identity?.code.description ?? "", row.identity?.externalID ?? "", participation,
        since?.description ?? "", labour.0, labour.1, labour.2?.description ?? "",
        state.residence?.status.code ?? "", state.residence?.since.description ?? "",
        state.lastConfirmed?.description ?? "",
      ]
      for cell in cells { writer.text(cell) }
      writer.endRow()
    }
    return String(decoding: writer.take(), as: UTF8.self)
  }

  private func participation(_ state: CurrentState) -> (String, CivilDate?) {
    switch state.participation {
    case .contact: ("contact", nil)
    case .active(let day): ("active", day)
    case .paused(let day): ("paused", day)
    case .exited(let day, _): ("exited", day)
    case .deceased(let day): ("deceased", day)
    }
  }

  private func labour(_ state: CurrentState) -> (String, String, CivilDate?) {
    switch state.labour {
    case .unknown: ("unknown", "", nil)
    case .placed(let kind, let day, _): ("placed", kind?.code ?? "", day)
    case .ended(let kind, let day): ("ended", kind?.code ?? "", day)
    case .reported(let status, let day): ("reported", status.code, day)
    }
  }
}
