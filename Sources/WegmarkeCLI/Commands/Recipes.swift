import ArgumentParser
import Presentation

/// `wegmarke recipes`: what people ask most often, by who asks it.
///
/// The page is the help of the command itself.
struct Recipes: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recipes", abstract: "What people do most often, by who does it.",
    discussion: """
      ADVISORS
        wegmarke participants find "muller fati"  # Who is it?
        wegmarke timeline TN-7K4Q2M  # What do we know?
        wegmarke due --advisor B-014 --within 14d  # What is to be done?
        wegmarke record CounsellingHeld TN-7K4Q2M --on today --set hours=1.5

      COORDINATORS
        wegmarke import november.csv --mapping office-participants --dry-run  # Would it come in?
        wegmarke import undo I-2026-0001 --reason "wrong file" --dry-run
        wegmarke participants duplicates  # Is somebody here twice?

      EVALUATORS
        wegmarke ask retention-point --by gender --report page.html
        wegmarke compare retention-point --as-of 2026-06-30 --as-of 2026-12-31  # What moved it?
        wegmarke export spells -f parquet -o spells.parquet  # For R and Python; sav, dta, de-csv

      MINISTRIES
        wegmarke release preview --by gender --on 2026-06-30  # What could leave the house?
        wegmarke verify-answer page.html  # Does a figure hold?

      PRIVACY
        wegmarke privacy report TN-7K4Q2M -o report.txt  # For the person
        wegmarke privacy access-log TN-7K4Q2M  # Who read it?

      ADMINISTRATORS
        wegmarke doctor  # Is all well?
        wegmarke log backup /media/backup/office
        wegmarke config show  # What counts, and from where?

      EXAMPLES
        wegmarke recipes
        wegmarke help recipes --lang de
      """, aliases: ["rezepte"])

  @OptionGroup var global: GlobalOptions

  func run() throws {
    let console = global.console
    let command = try CommandInfo.root().find([Recipes._commandName])
    try console.print(
      HelpPage(command: command, words: HelpWords(console.language), style: console.output).text)
  }
}
