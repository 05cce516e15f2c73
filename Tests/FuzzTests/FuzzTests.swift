import Files
import FoundationEssentials
import TestSupport
import Testing

/// Feeds strange bytes to everything that reads them: the corpus, then inputs made of it by rule.
///
/// `WEGMARKE_FUZZ_ROUNDS` sets how many a target, `WEGMARKE_FUZZ_SEED` where they begin. Should one
/// end the process, the input lies in the file that the line at the beginning names. `make fuzz`
/// runs the same targets under libFuzzer, which looks for new ways through the code by itself.
@Suite("Strange bytes")
struct FuzzTests {
  private static let variables = ProcessInfo.processInfo.environment
  private static let rounds = variables["WEGMARKE_FUZZ_ROUNDS"].flatMap { Int($0) } ?? 3_000
  private static let seed =
    variables["WEGMARKE_FUZZ_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 0..<1_000_000)

  @Test("are read or refused, and never end the program", arguments: FuzzTarget.allCases)
  func mutations(target: FuzzTarget) throws {
    let corpus = try FuzzCorpus.inputs(of: target)
    try #require(!corpus.isEmpty)
    for (name, bytes) in corpus {
      #expect(throws: Never.self, "\(target) \(name)") { try target.feed(bytes) }
    }
    let inWork = "\(try MemoryFolder.make("wegmarke-fuzz-\(target)"))/input"
    defer { try? Folder.remove(Folder.parent(of: inWork)) }
    print("fuzz: \(target), \(Self.rounds) inputs from seed \(Self.seed), in work: \(inWork)")
    var mutator = Mutator(corpus: corpus.map(\.bytes), seed: Self.seed)
    for round in 0..<Self.rounds {
      let bytes = mutator.next()
      try Folder.remove(inWork)
      try File(inWork, .createNew).write(bytes.span, at: 0)
      do { try target.feed(bytes) } catch {
        let hex = bytes.map { String($0, radix: 16) }.joined(separator: " ")
        Issue.record("\(target), seed \(Self.seed), round \(round): \(error)\n\(hex)")
        return
      }
    }
  }

  @Test("that break a promise are found")
  func finding() throws {
    #expect(throws: FuzzFinding.self) { try FuzzFinding.unless(1 > 2, "never") }
    // The mutator changes what it is given, and always in the same way.
    var one = Mutator(corpus: [[1, 2, 3]], seed: 7)
    var two = Mutator(corpus: [[1, 2, 3]], seed: 7)
    let inputs = (0..<500).map { _ in one.next() }
    #expect(inputs == (0..<500).map { _ in two.next() })
    #expect(Set(inputs).count > 300)
  }
}
