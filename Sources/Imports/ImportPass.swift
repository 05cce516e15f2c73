import EventLog
import Files
import Interchange
import Journey
import Keyring

/// The work of one import: check all rows, then store what is new.
struct ImportPass {
  struct File {
    let path: String
    let mapping: FileMapping
    var isScattered = false
    /// What the check found: the second reading must find the same.
    var checked = RowCounts()
  }

  let log: EventLog
  let mapping: Mapping
  var files: [File]
  let options: ImportOptions
  var report = ImportReport()
  var totalBytes = 0
  let people = PersonTable()
  let participantsBefore: UInt32
  private var rejectsFailure: FileError?
  /// How many participants there were when the import began, maybe in an earlier run.
  let participantsAtBegin: UInt32

  /// - Parameter earlier: The same import as an interrupted run left it.
  init(
    log: EventLog, mapping: Mapping, files: [File], options: ImportOptions,
    resuming earlier: ImportBatch?
  ) throws(LogError) {
    self.log = log
    self.mapping = mapping
    self.files = files
    self.options = options
    participantsBefore = try log.participantCount()
    if let stated = earlier?.participantsBefore {
      participantsAtBegin = stated
    } else if let earlier {
      participantsAtBegin = try Self.participants(of: log, before: earlier.begun)
    } else {
      participantsAtBegin = participantsBefore
    }
  }

  /// How many participants have events before a position, for logs that do not say it.
  ///
  /// Refs are given in the order of admission. One who was admitted without events may be missed;
  /// then batches differ from those stored, which is noticed when they are compared.
  private static func participants(
    of log: EventLog, before position: Position
  ) throws(LogError) -> UInt32 {
    var (low, high) = (UInt32(0), try log.participantCount())
    while low < high {
      let middle = low + (high - low) / 2
      let stream = StreamID.participant(ParticipantRef(middle))
      if try log.events(of: stream, size: position.number).isEmpty {
        high = middle
      } else {
        low = middle + 1
      }
    }
    return low
  }

  /// What a list of states and another file of the import may both state.
  var typesShared: Set<EventType> {
    var shared: Set<EventType> = []
    for states in files where states.mapping.shape == .stateChange {
      for other in files where other.mapping.pattern != states.mapping.pattern {
        shared.formUnion(states.mapping.eventTypes.intersection(other.mapping.eventTypes))
      }
    }
    return shared
  }

  /// Whether several files are of one kind.
  var repeatsKinds: Bool { Set(files.map(\.mapping.pattern)).count < files.count }

  func externalID(_ id: String) -> String { "\(mapping.idSystem):\(id)" }

  /// How many bytes an id may have beside the name of its system.
  var idLimit: Int { 90 - mapping.idSystem.utf8.count }

  // MARK: Checking

  /// Reads all rows and notes what is wrong with them; nothing is stored.
  ///
  /// When asked to stop it stops, and the report says so.
  mutating func check(_ progress: ImportRun.Listener) throws(ImportError) {
    var failure: LogError?
    while true {
      report = ImportReport()
      report.diagnostics = RowDiagnostics(limit: options.diagnosticLimit)
      people.beginPass(comparing: repeatsKinds, shared: typesShared)
      guard let scattered = checkAll(progress, &failure) else { break }
      // What an unsorted reading noted about people may differ: all over again, sorted.
      files[scattered].isScattered = true
    }
    if let failure { throw .log(failure) }
    if let rejectsFailure { throw .rejects(rejectsFailure) }
  }

  /// Writes what the planner rejected since the last time; what went wrong, if anything.
  private static func note(
    _ file: RejectsFile?, _ planner: inout FilePlanner, isLast: Bool = false
  ) -> FileError? {
    guard let file else { return nil }
    let rejects = planner.takeRejects()
    do throws(FileError) {
      try file.add(rejects, of: planner)
      if isLast { try file.finish() }
    } catch { return error }
    return nil
  }

  /// Checks all files; the index of a file whose rows must be sorted first, or nil.
  private mutating func checkAll(
    _ progress: ImportRun.Listener, _ failure: inout LogError?
  ) -> Int? {
    var bytesBefore = 0
    let lookup = Lookup(self)
    for index in files.indices {
      var file = ImportReport.File(path: files[index].path)
      file.isScattered = files[index].isScattered
      do throws(PlanError) {
        var planner = try FilePlanner(
          files[index].path, as: files[index].mapping, people: people,
          admits: mapping.admits(files[index].mapping), scattered: files[index].isScattered,
          idLimit: idLimit, diagnosticLimit: options.diagnosticLimit, knows: lookup.knows)
        planner.refuses = lookup.refuses
        planner.today = StoreZone.day(of: options.now())
        planner.hands = options.hands
        let rejects = options.rejects?(files[index].path)
        planner.collectsRejects = rejects != nil
        var persons = 0
        do throws(PlanError) {
          while try planner.next() != nil {
            persons += 1
            rejectsFailure = Self.note(rejects, &planner) ?? rejectsFailure
            if persons % 1024 == 0 {
              progress(progressSoFar(.checking, planner.counts, bytesBefore + planner.bytesRead))
              if options.shouldStop() {
                report.outcome = .interrupted
                return nil
              }
            }
          }
        } catch {
          if case .scattered = error { return index }
          for diagnostic in error.diagnostics { report.diagnostics.add(diagnostic) }
        }
        rejectsFailure = Self.note(rejects, &planner, isLast: true) ?? rejectsFailure
        if let rejects, rejects.rows > 0 { report.rejectsFiles.append(rejects.path) }
        var found = planner.diagnostics
        found.sortByPlace()
        report.diagnostics.add(found)
        file.rows = planner.counts
        file.notices = planner.notices
        if planner.counts.read == 0 { file.notices.append(.noRows) }
        if let before = planner.rejectedBy, before != mapping.name {
          file.notices.append(.rejectedBy(before, now: mapping.name))
        }
        files[index].checked = planner.counts
        if planner.simulatedRows > 0 { report.isSimulated = true }
        progress(progressSoFar(.checking, planner.counts, bytesBefore + planner.bytesRead))
        bytesBefore += planner.bytesRead
      } catch {
        for diagnostic in error.diagnostics { report.diagnostics.add(diagnostic) }
      }
      report.files.append(file)
    }
    failure = lookup.failure
    return nil
  }

  func progressSoFar(
    _ phase: ImportProgress.Phase, _ counts: RowCounts, _ bytes: Int
  ) -> ImportProgress {
    let before = report.files.reduce(0) { $0 + $1.rows.read }
    return ImportProgress(
      phase: phase, rows: before + counts.read, bytes: bytes,
      totalBytes: totalBytes, rejected: counts.rejected)
  }

  /// Asks the store whether it knows an id; remembers the first failure.
  final class Lookup {
    private let log: EventLog
    private let system: String
    /// Whoever came later is not known: where batches end must not depend on other imports.
    private let limit: UInt32
    /// Who was erased, or is to be: their ids stay known, so that nobody brings them back.
    private let erased: Set<UInt32>
    var failure: LogError?

    init(_ pass: ImportPass) {
      log = pass.log
      do throws(LogError) { erased = try pass.log.erasedParticipants() } catch {
        erased = []
        failure = error
      }
      system = pass.mapping.idSystem
      limit = pass.participantsAtBegin
    }

    /// Says why nothing may be stored about an id; nil where nobody was ever erased.
    var refuses: ((String) -> LocalizedText?)? {
      if erased.isEmpty { return nil }
      return { [self] id in
        do throws(LogError) {
          guard let ref = try log.participant(externalID: "\(system):\(id)"),
            erased.contains(ref.number), let order = try log.erasureOrder(for: .participant(ref))
          else { return nil }
          return LocalizedText(
            en: "The person with the id “\(id)” was erased (\(order.position)); nothing about them"
              + " is stored again. Please take them out of the file, and ask who still has it.",
            de: "Die Person mit der Kennung „\(id)“ wurde gelöscht (\(order.position)); nichts über"
              + " sie wird wieder gespeichert. Bitte aus der Datei nehmen und klären, wer sie noch"
              + " hat.")
        } catch {
          failure = failure ?? error
          return nil
        }
      }
    }

    func knows(_ id: String) -> Bool {
      if limit == 0 { return false }
      do throws(LogError) {
        let found = try log.participant(externalID: "\(system):\(id)")
        return found.map { $0.number < limit } ?? false
      } catch {
        failure = failure ?? error
        return true
      }
    }
  }
}
