import EventLog
import Interchange
import Journey
import Keyring

extension ImportPass {
  /// Reads the files again and stores what is new, or only counts it.
  mutating func store(
    _ identity: ImportIdentity, reallyStores: Bool, _ progress: ImportRun.Listener
  ) throws(ImportError) {
    let checkedRows = report.rows.read
    var begun = identity.existing?.begun
    if options.shouldStop() {
      report.outcome = .interrupted
      return
    }
    if reallyStores, begun == nil { begun = try begin(identity, rows: checkedRows) }
    let batch = EventBatcher(
      self, identity, begun: begun, stores: reallyStores, totalRows: checkedRows)
    var provenance = FieldSet()
    provenance[Fields.source] = report.isSimulated ? .simulation : .fileImport
    if let begun { provenance[Fields.batch] = Int(begun.number) }
    people.beginPass(comparing: repeatsKinds, shared: typesShared)
    people.forgetRefs()
    let checkedFiles = report.files
    report.files = []
    var bytesBefore = 0
    for index in files.indices {
      batch.path = files[index].path
      batch.restated = mapping.typesRestated(by: files[index].mapping)
      batch.restatedInAll = mapping.typesRestated(by: files[index].mapping, isCumulative: true)
      var file = checkedFiles[index]
      file.rows = RowCounts()
      do {
        let lookup = Lookup(self)
        var planner = try FilePlanner(
          files[index].path, as: files[index].mapping, people: people,
          admits: mapping.admits(files[index].mapping), scattered: files[index].isScattered,
          provenance: provenance, idLimit: idLimit, diagnosticLimit: 0,
          knows: lookup.knows)
        planner.refuses = lookup.refuses
        planner.today = StoreZone.day(of: options.now())
        // While events are sealed and stored every core is busy with that.
        if !reallyStores { planner.hands = options.hands }
        while let person = try planner.next() {
          if batch.add(person) {
            try batch.complete()
            progress(progressSoFar(.storing, planner.counts, bytesBefore + planner.bytesRead))
            if options.shouldStop() {
              try batch.settle()
              report.outcome = .interrupted
              report.durable = batch.durable
              batch.fill(&report, file: nil)
              return
            }
          }
        }
        try batch.complete()
        try batch.settle()
        guard planner.counts == files[index].checked else {
          throw ImportError.fileChanged(path: files[index].path)
        }
        file.rows = planner.counts
        bytesBefore += planner.bytesRead
      } catch {
        // A file that cannot be planned now, but could before, was changed meanwhile.
        let failure = error as? ImportError ?? .fileChanged(path: files[index].path)
        try batch.settle()
        guard case .interrupted(let cause, _) = failure else { throw failure }
        throw ImportError.interrupted(cause, batch.durable)
      }
      batch.fill(&report, file: file)
    }
    if reallyStores { try end(identity, batch.storedEvents, checkedRows - report.rows.rejected) }
    report.outcome = .stored
  }

  /// Appends the event that begins the batch, and the mapping's text when the log lacks it.
  private func begin(
    _ identity: ImportIdentity, rows: Int
  ) throws(ImportError) -> Position {
    let digest = ImportIdentity.digest(of: mapping)
    let today = CivilDate(StoreZone.day(of: options.now()))
    var events: [JourneyEvent] = []
    if !identity.isMappingStored {
      var stored = JourneyEvent(.definitionStored, on: today)
      stored[Fields.definitionDigest] = digest
      stored[Fields.definitionText] = mapping.digestInput
      stored[Fields.title] = mapping.title.en
      events.append(stored)
    }
    var begun = JourneyEvent(.importBatchBegun, on: today)
    begun[Fields.batchCode] = report.batchCode
    begun[Fields.contentDigest] = ContentDigest.hex(identity.contentDigest)
    begun[Fields.definitionDigest] = digest
    begun[Fields.files] = files.map { name(of: $0.path) }.joined(separator: ", ")
    begun[Fields.rows] = rows
    begun[Fields.note] = ImportBatch.noteOfParticipants + "\(participantsAtBegin)"
    if report.isSimulated { begun[Fields.simulated] = true }
    events.append(begun)
    do throws(AppendError) {
      let result = try log.append(
        AppendRequest(
          [AppendRequest.Part(.stream(.system), expecting: .any, events)],
          idempotencyKey: identity.key(ImportIdentity.begun)))
      acknowledgement(result)
      return Position(result.first.number + UInt64(result.count) - 1)
    } catch {
      throw .interrupted(
        error, ImportError.Durable(batchCode: report.batchCode ?? "", totalRows: rows))
    }
  }

  /// Tells whoever wants to know what is stored for good.
  var acknowledgement: @Sendable (AppendResult) -> Void {
    let (durable, code) = (options.durable, report.batchCode ?? "")
    return { durable(DurableEvents(batchCode: code, first: $0.first, count: $0.count)) }
  }

  private func name(of path: String) -> String {
    path.split(separator: "/").last.map { String($0) } ?? path
  }

  private func end(
    _ identity: ImportIdentity, _ events: Int, _ rows: Int
  ) throws(ImportError) {
    var ended = JourneyEvent(
      .importBatchEnded, on: CivilDate(StoreZone.day(of: options.now())))
    ended[Fields.batchCode] = report.batchCode
    ended[Fields.rows] = rows
    ended[Fields.count] = events
    do throws(AppendError) {
      acknowledgement(
        try log.append(
          AppendRequest(
            [AppendRequest.Part(.stream(.system), expecting: .any, [ended])],
            idempotencyKey: identity.key(ImportIdentity.ended))))
    } catch {
      throw .interrupted(
        error,
        ImportError.Durable(
          batchCode: report.batchCode ?? "", rows: rows, totalRows: rows, events: events,
          participants: report.newParticipants))
    }
  }
}
