/// The definition files that come with the program, embedded in the binary.
public enum BuiltInFiles {
  /// A definition file by its name.
  public struct File: Sendable {
    /// The name of the definition, which is the file's name without `.toml`.
    public let name: String
    /// The content.
    public let bytes: [UInt8]

    /// The path in the repository, for messages.
    public func path(in folder: String) -> String { "projections/\(folder)/\(name).toml" }
  }

  /// The open parameters that all questions share.
  public static var parameters: File {
    File(name: "parameters", bytes: PackageResources.parameters_toml)
  }

  /// The questions, by name.
  public static var questions: [File] {
    [
      File(
        name: "retention-after-job-start", bytes: PackageResources.retention_after_job_start_toml),
      File(name: "time-to-first-job", bytes: PackageResources.time_to_first_job_toml),
      File(name: "time-to-placement", bytes: PackageResources.time_to_placement_toml),
    ]
  }

  /// The import mappings, by name.
  public static var mappings: [File] {
    [
      File(name: "mvad", bytes: PackageResources.mvad_toml),
      File(name: "wir-simulated", bytes: PackageResources.wir_simulated_toml),
    ]
  }
}
