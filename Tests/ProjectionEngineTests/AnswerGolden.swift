/// The JSON form of an answer, whole: a contract with whoever reads it.
enum AnswerGolden {
  static let json = """
    """
}
