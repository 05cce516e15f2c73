import ArgumentParser

/// `wegmarke privacy`: keys, and what the law gives the people in the log.
struct Privacy: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "privacy",
    abstract: "Keys and roles, who read what, and the rights of the people in the log.",
    discussion: """
      EXAMPLES
        wegmarke privacy report TN-7K4Q2M -o report.txt
        wegmarke privacy access-log TN-7K4Q2M
        wegmarke privacy keys list
      """,
    subcommands: [
      Report.self, Restrict.self, Unrestrict.self, Erase.self, Drop.self, Resume.self,
      Erasures.self, Receipt.self, AccessLogCommand.self, Exports.self, Keys.self,
    ],
    aliases: ["datenschutz"])
}
