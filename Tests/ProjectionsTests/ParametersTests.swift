import Definitions
import Journey
import ProjectionEngine
import Projections
import Testing

@Suite("The shared parameters")
struct ParametersTests {
  private func shared() throws -> ParameterSet {
    let file = BuiltInFiles.parameters
    return try ParameterFile.read(file.bytes, file: "projections/parameters.toml")
  }

  @Test("can be read, each with its meaning and source")
  func readable() throws {
    let parameters = try shared()
    #expect(parameters["exit-window"]?.value == .length(TimeLength(28, .day)))
    #expect(parameters["min-age"]?.value == .number(15))
    for parameter in parameters.parameters {
      #expect(!parameter.meaning.de.isEmpty && !parameter.source.isEmpty, "\(parameter.name)")
      if case .number = parameter.value, parameter.name != "sustained-share" {
        #expect(!parameter.unit.isEmpty, "\(parameter.name)")
      }
    }
  }

  @Test("agree with what the program itself goes by")
  func agreement() throws {
    let parameters = try shared()
    // Forms about the time after an exit speak of this window.
    #expect(
      parameters["exit-window"]?.value == .length(TimeLength(PersonHistory.exitWindow, .day)))
  }

  @Test("can be set to another value of the same kind")
  func setting() throws {
    var parameters = try shared()
    try parameters.set("exit-window = 14d")
    #expect(parameters["exit-window"]?.value == .length(TimeLength(14, .day)))
    #expect(parameters["exit-window"]?.isChosen == true)
    // Six months as days is a way to count that others use.
    try parameters.set("six-months=183d")
    #expect(parameters["six-months"]?.written == "183d")
    try parameters.set("minimum-wage=15")
    #expect(parameters["minimum-wage"]?.written == "1800-01-01: 15")
    #expect(parameters["min-age"]?.isChosen == false)
    #expect(throws: ParameterProblem.noAssignment("exit-window")) {
      try parameters.set("exit-window")
    }
    #expect(throws: ParameterProblem.kind(name: "min-age", written: "28d", now: "15")) {
      try parameters.set("min-age=28d")
    }
    do throws(ParameterProblem) {
      try parameters.set("exit-windw=1d")
      Issue.record("an unknown parameter was set")
    } catch { #expect(error.message.en.contains("Did you mean “exit-window”?")) }
  }

  @Test("give way to those of a question file")
  func own() throws {
    let text = """
      [parameters.exit-window]
      value = "14d"
      en = "shorter window"
      de = "kürzeres Fenster"
      source = "made up"
      [parameters.own-share]
      value = 0.5
      en = "a share"
      de = "ein Anteil"
      source = "made up"
      """
    let reader = TableReader(try DefinitionDocument.parse(text, file: "question.toml"))
    let parameters = reader.parameters(over: try shared())
    try reader.finish()
    #expect(parameters["exit-window"]?.written == "14d")
    #expect(parameters["own-share"]?.written == "0.5")
    #expect(parameters["six-months"]?.written == "6mo")
  }

  @Test("are refused when name or value does not fit")
  func wrong() throws {
    let text = """
      [parameters.exit]
      value = "28d"
      en = "a"
      de = "b"
      source = "c"
      [parameters.window]
      value = "soon"
      en = "a"
      de = "b"
      source = "c"
      [parameters.wage]
      values = [{ from = 2025-01-01, value = 1 }, { from = 2024-01-01, value = 2 }]
      en = "a"
      de = "b"
      source = "c"
      """
    let reader = TableReader(try DefinitionDocument.parse(text, file: "question.toml"))
    _ = reader.parameters(over: .empty)
    do throws(DefinitionError) {
      try reader.finish()
      Issue.record("wrong parameters were read")
    } catch {
      #expect(error.diagnostics.map(\.code) == ["D-NAME", "D-TYPE", "D-ORDER"])
      #expect(error.diagnostics.map(\.line) == [1, 7, 12])
    }
  }
}
