import ArgumentParser
import EventLog
import Journey
import Keyring
import LMDB
import Presentation
import Upkeep

/// `wegmarke doctor`: what about a store needs a person.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Looks at store, keys, backups and disk; changes nothing but what --sweep removes.",
    discussion: """
      Ends with 1 when something needs a person. Limits: WEGMARKE_BACKUP_DAYS (7),
      WEGMARKE_DRILL_DAYS (180), WEGMARKE_VIEW_HOURS (24), WEGMARKE_READER_SECONDS
      (600), WEGMARKE_DISK_WARN (20%), WEGMARKE_DISK_STOP (5%), WEGMARKE_BALLAST
      (64MB).

      EXAMPLES
        wegmarke doctor
        wegmarke doctor --format json
        wegmarke doctor --sweep
      """)

  /// The formats of the report.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    /// For people.
    case table
    /// Schema `wegmarke.doctor`.
    case json
  }

  @OptionGroup var global: GlobalOptions
  @OptionGroup var store: StoreOptions
  @Option(name: .shortAndLong, help: "table or json.") var format = Format.table
  @Flag(help: "Remove what a crash left unfinished, and nobody is building now.")
  var sweep = false

  func run() throws {
    let console = global.console
    var log: EventLog?
    var failure: Failure?
    var openErasures: Int?
    do { log = try store.openForReading() } catch LogError.noStore(let path) {
      throw LogError.noStore(path: path)
    } catch LogError.notAStore(let path) {
      throw LogError.notAStore(path: path)
    } catch {
      if case LogError.erasureUnfinished(let count) = error { openErasures = count }
      // What is wrong with it is the most important finding, not the end of the look.
      failure = Failure(error)
    }
    // Known without keys, so that what was left beside the key file is found when it does not open.
    let origin = log?.origin ?? (try? LogImage(folder: "\(store.path)/log").origin)
    let keyFile = origin.map { store.rootKey.path($0) }
    if sweep { try sweepLeftovers(console, keyFile) }
    let doctor = Doctor(store: store.path, log: log, rootKey: keyFile, limits: try limits(log))
    var report = try doctor.examine()
    if log == nil, openErasures != nil {
      report.people = try? EventLog.keyCondition(store: store.path, rootKey: store.rootKey)
    }
    // Reading is refused beside an erasure that was interrupted.
    report.openErasures = try openErasures ?? log?.erasureOrders().count { $0.state == .open }
    let page = DoctorPage(
      report: report, failure: failure, store: store.path, option: store.option, console: console)
    switch format {
    case .table: try console.print(page.text)
    case .json: try console.printData(try page.json)
    }
    if report.needsSomebody { throw ExitCode(ExitStatus.problems.rawValue) }
  }

  private func sweepLeftovers(_ console: Console, _ keyFile: String?) throws {
    let now = Doctor.time()
    let gone = try Leftovers(of: store.path, keyFile: keyFile, now: now).sweep(now: now)
    for path in gone { console.note(.init(en: "Removed \(path).", de: "Entfernt: \(path).")) }
  }

  private func limits(_ log: EventLog?) throws -> DoctorLimits {
    var limits = DoctorLimits()
    limits.watermarks = try Housekeeping.watermarks()
    limits.ballastBytes = try Housekeeping.ballastBytes(of: log)
    func number(_ name: String, _ standard: Int) throws -> Int {
      guard let text = Console.environment[name], !text.isEmpty else { return standard }
      guard let number = Int(text), (0...1_000_000).contains(number) else {
        throw Failure(
          .init(en: "\(name)=\(text) is no number.", de: "\(name)=\(text) ist keine Zahl."), .usage)
      }
      return number
    }
    limits.backupDays = try number("WEGMARKE_BACKUP_DAYS", limits.backupDays)
    limits.drillDays = try number("WEGMARKE_DRILL_DAYS", limits.drillDays)
    limits.viewHours = try number("WEGMARKE_VIEW_HOURS", limits.viewHours)
    limits.readerSeconds = try number("WEGMARKE_READER_SECONDS", limits.readerSeconds)
    return limits
  }
}
