import EventLog
import Journey
import Presentation
import ProjectionEngine

/// What the log says of where a person's data went, and how long they are kept.
///
/// Nothing here is a fixed sentence about the store: where the log says nothing, that is said.
struct PersonCustody {
  /// A request to erase the person that was decided against.
  struct Refusal {
    let position: Position
    let reviewOn: CivilDate?
  }

  /// Exports that hold the person's data or the keys to them, and are not recorded as destroyed.
  let exports: [RecordedExport]
  /// How many tables were released.
  let releases: Int
  /// Requests to erase the person that were decided against.
  let refusals: [Refusal]
  /// Until when the person's networks run, where the log says so.
  let operations: [(network: String, until: CivilDate)]

  init(_ person: PersonStreams, in log: EventLog) throws {
    let first = person.events.first?.header.position
    exports = try log.recordedExports().filter { export in
      // A role's key opens nothing by itself.
      guard export.destroyed == nil, export.kind == .keys else { return false }
      return first.map { $0 < export.position } ?? false
    }
    releases = try log.events(of: .releases).count { $0.event?.type == .tableReleased }
    var refusals: [Refusal] = []
    for order in try log.erasureOrders() where order.state == .refused {
      guard case .participant(let ref) = order.subject, person.members.contains(ref) else {
        continue
      }
      let decision = try order.closed.flatMap { closed in
        EventLog.clearEvent(ofRecord: try log.record(at: closed).bytes)
      }
      refusals.append(
        Refusal(position: order.position, reviewOn: decision?[Fields.reviewOn]))
    }
    self.refusals = refusals
    let networks = Set(person.events.compactMap { $0.event?[Fields.network] })
    var operations: [(network: String, until: CivilDate)] = []
    for event in try PersonCustody.events(.network, in: log)
    where event.type == .networkRegistered {
      guard let code = event[Fields.code], networks.contains(code), let until = event[Fields.until]
      else { continue }
      operations.append((code, until))
    }
    self.operations = operations
  }

  /// The events of all streams of a kind.
  private static func events(_ kind: StreamID.Kind, in log: EventLog) throws -> [JourneyEvent] {
    var found: [JourneyEvent] = []
    // Numbers of networks begin with 1.
    var number: UInt32 = 1
    while try log.version(of: StreamID(kind, number)) > 0 {
      found += try log.events(of: StreamID(kind, number)).compactMap(\.event)
      number += 1
    }
    return found
  }

  // MARK: Words

  /// Where the data went, a sentence each.
  var passedOn: [LocalizedText] {
    var lines: [LocalizedText] = []
    for export in exports {
      let (en, de) = (
        EventText(.english).date(StoreZone.day(of: export.recordedAt)),
        EventText(.german).date(StoreZone.day(of: export.recordedAt))
      )
      lines.append(
        .init(
          en:
            "\(en): the keys to these records were exported, sealed (\(export.id)); the file is not"
            + " recorded as destroyed.",
          de:
            "\(de): Die Schlüssel zu diesen Angaben wurden versiegelt ausgeführt (\(export.id)); die"
            + " Datei ist nicht als vernichtet festgehalten."))
    }
    if exports.isEmpty {
      lines.append(
        .init(
          en: "No export of these records or of their keys is recorded.",
          de: "Eine Ausfuhr dieser Angaben oder ihrer Schlüssel ist nicht verzeichnet."))
    }
    lines.append(
      releases == 0
        ? .init(en: "No table was released.", de: "Keine Tabelle wurde freigegeben.")
        : .init(
          en: "Tables released: \(releases). Such a table holds no single person; whether this one"
            + " counts in it is not recorded.",
          de:
            "Freigegebene Tabellen: \(releases). Eine solche Tabelle enthält keine einzelne Person;"
            + " ob diese darin mitzählt, ist nicht verzeichnet."))
    lines.append(
      .init(
        en: "What was shown, printed or saved otherwise, the list of readings above tells.",
        de: "Was sonst gezeigt, gedruckt oder gespeichert wurde, sagt die Liste der Zugriffe oben.")
    )
    return lines
  }

  /// How long the data are kept, a sentence each.
  var retention: [LocalizedText] {
    var lines: [LocalizedText] = []
    for refusal in refusals {
      let review: LocalizedText =
        refusal.reviewOn.map { day in
          .init(
            en: "; to be looked at again on \(EventText(.english).date(day))",
            de: "; erneut zu prüfen am \(EventText(.german).date(day))")
        }
        ?? .init(
          en: "; no day for looking at it again is recorded",
          de: "; ein Tag zur erneuten"
            + " Prüfung ist nicht festgehalten")
      lines.append(
        .init(
          en: "Erasing was asked for and decided against (\(refusal.position))\(review.en).",
          de: "Eine Löschung wurde beantragt und abgelehnt (\(refusal.position))\(review.de)."))
    }
    for operation in operations {
      lines.append(
        .init(
          en:
            "Network \(operation.network) runs until \(EventText(.english).date(operation.until)).",
          de: "Das Netzwerk \(operation.network) läuft bis"
            + " \(EventText(.german).date(operation.until))."))
    }
    lines.append(
      .init(
        en: "Until which day these records are kept is not recorded.",
        de: "Bis zu welchem Tag diese Angaben aufbewahrt werden, ist nicht festgehalten."))
    lines.append(
      .init(
        en:
          "By law supporting documents are kept five years from 31 December of the year of the last"
          + " payment (Art. 82 Regulation (EU) 2021/1060). Payments are not recorded here: the project"
          + " states the day.",
        de:
          "Belege sind nach dem Gesetz fünf Jahre ab dem 31. Dezember des Jahres der letzten Zahlung"
          + " aufzubewahren (Art. 82 Verordnung (EU) 2021/1060). Zahlungen sind hier nicht verzeichnet:"
          + " Den Tag nennt das Vorhaben."))
    return lines
  }
}
