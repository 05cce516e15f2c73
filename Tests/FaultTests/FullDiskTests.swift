import Foundation
import Testing

@Suite(
  "A full disk",
  .enabled(if: Workplace.areProgramsThere, "WEGMARKE_BINARY names no folder with the programs"))
struct FullDiskTests {
  /// Runs a program of the system; true when it succeeded.
  private static func system(_ words: String...) -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  private static let canMount: Bool = {
    guard let place = try? Workplace() else { return false }
    let isMounted = system("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place.home)
    return isMounted && system("umount", place.home)
  }()

  @Test(
    "stops the program at two hundred places and never needs more than free space to go on",
    .enabled(if: canMount, "only root can mount a small file system"))
  func longRunning() throws {
    let place = try Workplace()
    let points = setting("WEGMARKE_FULL_POINTS", 200)
    try #require(Self.system("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", place.home))
    defer { _ = Self.system("umount", place.home) }
    try place.expect("init")
    let outcome = try place.run(
      "FaultWorker",
      ["full", "--folder", "user", "--ballast", "user/ballast", "--points", "\(points)"])
    let told = outcome.output.split(separator: "\n")
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(told.last?.hasPrefix("sound ") ?? false, "\(told.suffix(2))")
    #expect(told.count { $0.hasPrefix("point ") } == points)
    print("full disk: \(points) times full, \(told.last ?? "")")
    let verified = try place.expect("log verify --deep")
    #expect(verified.contains("The log holds"))
  }

  @Test("stops an import wherever it is, and the same import completes when there is room")
  func imports() throws {
    let prepared = try Workplace()
    try prepared.expect("simulate --participants 20 --seed 5 -o net")
    let line =
      "import net/participants.csv net/events.csv --mapping wir-simulated --batch-size 40"
      + " --messages 0"
    try prepared.expect("init")
    let plain = try copy(of: prepared)
    try plain.expect(line)
    let digest = try plain.expect("views digest")
    var stopped = 0
    var room = 0
    while true {
      let place = try copy(of: prepared)
      let outcome = try place.wegmarke(line, with: ["WEGMARKE_FAULTS_ROOM": "\(room)"])
      if outcome.exitCode == 0 { break }
      stopped += 1
      #expect(outcome.exitCode == 74, "room \(room): \(outcome)")
      #expect(outcome.errors.contains("The disk is full"), "room \(room): \(outcome)")
      #expect(try place.expect("log verify --deep").contains("The log holds"))
      try place.expect(line)
      #expect(try place.expect("views digest") == digest, "room \(room)")
      room += 4096 + 512
    }
    print("full disk: an import stopped at \(stopped) places")
    #expect(stopped > 10)
  }

  private func copy(of prepared: Workplace) throws -> Workplace {
    let place = try Workplace()
    try FileManager.default.removeItem(atPath: place.home)
    for name in ["user", "net"] {
      try FileManager.default.copyItem(
        atPath: "\(prepared.folder)/\(name)", toPath: "\(place.folder)/\(name)")
    }
    return place
  }
}
