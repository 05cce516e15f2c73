import Files
import Journey
import ProjectionEngine
import Projections
import Testing

@Suite("The built-in definition files")
struct BuiltInFilesTests {
  @Test(
    "are all that lie in the repository, byte for byte",
    arguments: ["questions", "mappings", "worklists", "indicators", "profiles"])
  func complete(_ kind: String) throws {
    let folder = "\(repository)/projections/\(kind)"
    let names = try Folder.names(folder).filter { $0.hasSuffix(".toml") }
    let files =
      switch kind {
      case "questions": BuiltInFiles.questions
      case "mappings": BuiltInFiles.mappings
      case "indicators": BuiltInFiles.indicators
      case "profiles": BuiltInFiles.profiles
      default: BuiltInFiles.worklists
      }
    #expect(files.map { "\($0.name).toml" } == names)
    for file in files {
      #expect(file.path(in: kind) == "projections/\(kind)/\(file.name).toml")
      let path = "\(repository)/\(file.path(in: kind))"
      #expect(try Folder.contents(of: path) == file.bytes, "\(file.name)")
    }
  }

  @Test("hold examples that come out as they say", arguments: BuiltInFiles.questions.map(\.name))
  func examples(_ name: String) throws {
    let file = try #require(BuiltInFiles.questions.first { $0.name == name })
    let shared = try ParameterFile.read(BuiltInFiles.parameters.bytes, file: "parameters.toml")
    let definition = try QuestionFile.read(
      file.bytes, file: file.path(in: "questions"), parameters: shared)
    #expect(definition.name == name)
    #expect(try definition.checkExample() == [])
    let example = try #require(definition.example)
    #expect(!example.people.isEmpty && !definition.horizons.isEmpty)
    for text in [definition.title, definition.sentence, definition.rule] {
      #expect(!text.en.isEmpty && !text.de.isEmpty && text.en != text.de)
    }
  }

  @Test(
    "hold worklist rules whose examples come out as they say",
    arguments: BuiltInFiles.worklists.map(\.name))
  func worklists(_ name: String) throws {
    let file = try #require(BuiltInFiles.worklists.first { $0.name == name })
    let rules = try WorklistFile.read(file.bytes, file: file.path(in: "worklists"))
    #expect(rules.name == name && rules.checkExample() == [])
    for text in rules.tasks.map(\.title) + [rules.sentence] {
      #expect(!text.en.isEmpty && !text.de.isEmpty && text.en != text.de)
    }
  }

  private var repository: String {
    let components = #filePath.split(separator: "/").dropLast(3)
    return "/" + components.joined(separator: "/")
  }
}
