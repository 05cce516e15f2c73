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
      File(name: "aftercare-contrast", bytes: PackageResources.aftercare_contrast_toml),
      File(name: "au-outcome", bytes: PackageResources.au_outcome_toml),
      File(name: "bedarfsdeckend-3", bytes: PackageResources.bedarfsdeckend_3_toml),
      File(name: "dropout-rate", bytes: PackageResources.dropout_rate_toml),
      File(name: "eingliederungsquote", bytes: PackageResources.eingliederungsquote_toml),
      File(name: "esf-outputs", bytes: PackageResources.esf_outputs_toml),
      File(name: "esf-results", bytes: PackageResources.esf_results_toml),
      File(name: "followup-coverage", bytes: PackageResources.followup_coverage_toml),
      File(name: "job-duration", bytes: PackageResources.job_duration_toml),
      File(name: "journey-shapes", bytes: PackageResources.journey_shapes_toml),
      File(name: "k2e3", bytes: PackageResources.k2e3_toml),
      File(name: "nachhaltig-12", bytes: PackageResources.nachhaltig_12_toml),
      File(name: "placement-cohorts", bytes: PackageResources.placement_cohorts_toml),
      File(name: "quality-upgrade-12", bytes: PackageResources.quality_upgrade_12_toml),
      File(name: "recording-lag", bytes: PackageResources.recording_lag_toml),
      File(
        name: "retention-after-job-start", bytes: PackageResources.retention_after_job_start_toml),
      File(name: "retention-cohorts", bytes: PackageResources.retention_cohorts_toml),
      File(name: "retention-continuous", bytes: PackageResources.retention_continuous_toml),
      File(name: "retention-cumulative", bytes: PackageResources.retention_cumulative_toml),
      File(name: "retention-in-first-job", bytes: PackageResources.retention_in_first_job_toml),
      File(name: "retention-point", bytes: PackageResources.retention_point_toml),
      File(name: "retention-same-employer", bytes: PackageResources.retention_same_employer_toml),
      File(name: "status-path", bytes: PackageResources.status_path_toml),
      File(name: "time-to-dropout", bytes: PackageResources.time_to_dropout_toml),
      File(name: "time-to-first-job", bytes: PackageResources.time_to_first_job_toml),
      File(name: "time-to-placement", bytes: PackageResources.time_to_placement_toml),
      File(name: "training-stability", bytes: PackageResources.training_stability_toml),
      File(name: "uk-joboutcome-26", bytes: PackageResources.uk_joboutcome_26_toml),
      File(name: "us-median-q2", bytes: PackageResources.us_median_q2_toml),
      File(name: "us-q2", bytes: PackageResources.us_q2_toml),
      File(name: "us-q4", bytes: PackageResources.us_q4_toml),
      File(name: "us-same-employer", bytes: PackageResources.us_same_employer_toml),
      File(name: "wir-integrationsquote", bytes: PackageResources.wir_integrationsquote_toml),
    ]
  }

  /// The profiles of protection, by name.
  public static var profiles: [File] {
    [
      File(name: "acro10", bytes: PackageResources.acro10_toml),
      File(name: "adhoc", bytes: PackageResources.adhoc_toml),
      File(name: "authority", bytes: PackageResources.authority_toml),
      File(name: "ba10", bytes: PackageResources.ba10_toml),
      File(name: "ba3", bytes: PackageResources.ba3_toml),
      File(name: "esf-mandatory", bytes: PackageResources.esf_mandatory_toml),
      File(name: "fdz20", bytes: PackageResources.fdz20_toml),
      File(name: "ministry", bytes: PackageResources.ministry_toml),
      File(name: "publication", bytes: PackageResources.publication_toml),
    ]
  }

  /// The sets of indicators, by name.
  public static var indicators: [File] {
    [File(name: "esf-plus", bytes: PackageResources.esf_plus_toml)]
  }

  /// The rules of the worklist, by name.
  public static var worklists: [File] {
    [
      File(name: "after-exit", bytes: PackageResources.after_exit_toml),
      File(name: "after-job-start", bytes: PackageResources.after_job_start_toml),
      File(name: "contact", bytes: PackageResources.contact_toml),
      File(name: "permit", bytes: PackageResources.permit_toml),
      File(name: "planned", bytes: PackageResources.planned_toml),
      File(name: "probation", bytes: PackageResources.probation_toml),
    ]
  }

  /// The import mappings, by name.
  public static var mappings: [File] {
    [
      File(name: "mvad", bytes: PackageResources.mvad_toml),
      File(name: "office-events", bytes: PackageResources.office_events_toml),
      File(name: "office-network", bytes: PackageResources.office_network_toml),
      File(name: "office-participants", bytes: PackageResources.office_participants_toml),
      File(name: "office-states", bytes: PackageResources.office_states_toml),
      File(name: "office-wide", bytes: PackageResources.office_wide_toml),
      File(name: "wir-simulated", bytes: PackageResources.wir_simulated_toml),
    ]
  }
}
