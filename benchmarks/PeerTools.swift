import Files

/// The peers of analysts in an environment of their own, which the benchmark makes; no part of the
/// product.
struct PeerTools {
  /// What one peer did with one question.
  struct Result {
    let name: String
    let runs: [FinishedProcess]
  }

  private let python: String
  private let table: String
  private let hasR: Bool

  /// The packages, from PyPI.
  private static let packages = ["duckdb", "polars", "numpy", "eventsourcing", "lifelines"]
  /// The peers: what they are called, the end of the script's name, and the form they read.
  private static let peers: [(name: String, suffix: String, source: String)] = [
    ("DuckDB, native", "duckdb", "native"),
    ("DuckDB, Parquet", "duckdb", "parquet"), ("polars, Parquet", "polars", "parquet"),
    ("NumPy, columns", "numpy", "columns"), ("R survfit, durations ready-made", "survfit", ""),
    ("lifelines, durations ready-made", "lifelines", ""),
  ]

  /// The Python of the scratch environment, made with its packages at first need; nil where there is no
  /// Python or no peers are wanted.
  static func python(_ bench: Workbench) throws -> String? {
    guard let base = bench.python else { return nil }
    let environment = "\(bench.options.keep ?? bench.folder)/peers"
    let python = "\(environment)/bin/python"
    let isThere = "import \(packages.joined(separator: ", "))"
    if Folder.exists(python), (try? ChildProcess.run(python, ["-c", isThere])) != nil {
      return python
    }
    bench.say("installing \(packages.joined(separator: ", ")) into a scratch environment")
    if let keep = bench.options.keep { try Folder.create(keep) }
    if !Folder.exists(python) { _ = try bench.run(base.program, ["-m", "venv", environment]) }
    _ = try bench.run(
      python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"] + packages)
    return python
  }

  /// Installs the peers and gives them the table; nil where there is no Python or none is wanted.
  init?(_ bench: Workbench) throws {
    guard let python = try PeerTools.python(bench) else { return nil }
    self.python = python
    table = try bench.eventTable()
    bench.say("giving the peers their own forms of the table")
    try PeerTools.prepare("prepare", table, python, bench)
    let r = try? bench.run(
      "Rscript", ["--vanilla", "-e", "cat(as.character(packageVersion('survival')))"])
    hasR = r != nil
    bench.versions["r-survival"] = r?.output
    for package in PeerTools.packages {
      bench.versions[package] = try bench.run(
        python,
        ["-c", "from importlib.metadata import version as v; print(v('\(package)'), end='')"]
      ).output
    }
  }

  /// Gives peers what they are warm in; not measured.
  private static func prepare(
    _ script: String, _ table: String, _ python: String, _ bench: Workbench
  ) throws {
    _ = try bench.run(
      python, ["benchmarks/peers/\(script).py", table, "native", AskSubject.referenceDay])
  }

  /// Follows so many people from state to state in R, which gets the stretches ready-made; nothing where
  /// there is no R.
  func followStates(of people: Int, _ bench: Workbench) throws -> [Result] {
    guard hasR else { return [] }
    let table = try bench.eventTable(of: people)
    if table != self.table { try PeerTools.prepare("prepare", table, python, bench) }
    try PeerTools.prepare("states_stretches", table, python, bench)
    return try run("states", bench, on: table)
  }

  /// Runs all peers that have a script for a question.
  func run(_ question: String, _ bench: Workbench, on table: String? = nil) throws -> [Result] {
    let table = table ?? self.table
    return try PeerTools.peers.compactMap { peer in
      let isR = peer.suffix == "survfit"
      let script = "benchmarks/peers/\(question)_\(peer.suffix).\(isR ? "R" : "py")"
      guard Folder.exists(script), !isR || hasR else { return nil }
      let runs = try (0..<max(5, bench.options.runs)).map { _ in
        try bench.run(
          isR ? "Rscript" : python,
          (isR ? ["--vanilla"] : [])
            + [script, table, peer.source, AskSubject.referenceDay])
      }
      return Result(name: peer.name, runs: runs)
    }
  }
}
