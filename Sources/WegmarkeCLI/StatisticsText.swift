import Journey
import Statistics

extension StatisticsError {
  /// What an estimate could not be made of, in words; rows and columns count from 0, as the module does.
  var words: LocalizedText {
    LocalizedText(en: "\(self)", de: german)
  }

  /// A number as it is written in German, in the shortest form that gives back the same one.
  private func zahl(_ number: Double) -> String {
    guard number.isFinite else { return number.isNaN ? "nicht bestimmt" : "unendlich" }
    let text = number.description
    return (text.hasSuffix(".0") ? String(text.dropLast(2)) : text).replacing(".", with: ",")
      .replacing("-", with: "−")
  }

  private var german: String {
    switch self {
    case .negativeDuration(let row, let duration):
      "Zeile \(row) (ab 0): Die Dauer \(zahl(duration)) ist negativ"
    case .durationNotFinite(let row): "Zeile \(row) (ab 0): Die Dauer ist keine endliche Zahl"
    case .durationAboveCeiling(let row, let duration, let ceiling):
      "Zeile \(row) (ab 0): Die Dauer \(duration) liegt über der Obergrenze von \(ceiling)"
    case .entryNotBeforeExit(let row, let entry, let exit):
      "Zeile \(row) (ab 0): Der Beginn \(zahl(entry)) liegt nicht vor dem Ende \(zahl(exit))"
    case .unknownEventMark(let row, let mark):
      "Zeile \(row) (ab 0): Die Ereignismarke ist \(mark), erwartet wird 0 (zensiert) oder 1 (Ereignis)"
    case .stratumOutOfRange(let row, let stratum, let strata):
      "Zeile \(row) (ab 0): Schicht \(stratum) ist keine der \(strata) Schichten (ab 0)"
    case .weightNotUsable(let row, let weight):
      "Zeile \(row) (ab 0): Das Gewicht \(zahl(weight)) ist keine endliche Zahl ab 0"
    case .unknownNumber(let row, let number):
      "Zeile \(row) (ab 0): \(number) ist keine Nummer einer Person oder Gruppe; sie zählen ab 0"
    case .stateOutOfRange(let row, let state, let states):
      "Zeile \(row) (ab 0): Zustand \(state) ist keiner der \(states) Zustände (ab 0)"
    case .timesNotIncreasing(let row):
      "Zeile \(row) (ab 0): Die Zeit liegt nicht nach der Zeit der Zeile davor"
    case .countNotPositive(let row):
      "Zeile \(row) (ab 0): Anzahlen dürfen nicht negativ und nicht alle 0 sein"
    case .covariateNotFinite(let row, let covariate):
      "Zeile \(row) (ab 0): Kovariate \(covariate) (ab 0) ist keine endliche Zahl"
    case .recordedAfterCut(let row):
      "Zeile \(row) (ab 0): erfasst nach dem Tag, bis zu dem die Daten vollständig sind"
    case .intervalNotUsable(let row, let left, let right):
      "Zeile \(row) (ab 0): Von \(zahl(left)) bis \(zahl(right)) ist kein Intervall, in dem ein Ereignis liegen kann"
    case .sequenceStateOutOfRange(let row, let position, let state, let states):
      "Zeile \(row), Stelle \(position) (ab 0): Zustand \(state) ist keiner der \(states) Zustände"
    case .weightsNotSupported: "die Zeilen haben Gewichte, und dieses Verfahren rechnet ohne"
    case .delayedEntryNotSupported:
      "manche Zeilen beginnen nach dem Ursprung; dieses Verfahren braucht alle vom Ursprung an"
    case .exponentNotUsable(let exponent):
      "der Exponent \(zahl(exponent)) der Gewichte ist keine endliche Zahl ab 0"
    case .mixDoesNotAddUp(let sum): "die Anteile der Zustände ergeben zusammen \(zahl(sum)) statt 1"
    case .countOutsideTotal(let count, let total):
      "die Anzahl \(count) liegt nicht zwischen 0 und der Gesamtzahl \(total)"
    case .countNegative(let count): "die Anzahl \(count) ist negativ"
    case .shareOutsideUnitInterval(let share):
      "der Anteil \(zahl(share)) liegt nicht zwischen 0 und 1"
    case .horizonNotPositive(let horizon):
      "der Horizont \(zahl(horizon)) ist keine endliche Zahl über 0"
    case .levelOutsideUnitInterval(let level):
      "das Konfidenzniveau \(zahl(level)) liegt nicht zwischen 0 und 1; 95 % ist 0,95"
    case .probabilityOutsideUnitInterval(let probability):
      "die Wahrscheinlichkeit \(zahl(probability)) liegt nicht zwischen 0 und 1; der Median ist 0,5"
    case .noEvents: "es gibt kein Ereignis"
    case .covariateNotIdentified(let covariate):
      "Kovariate \(covariate) (ab 0) ist konstant oder durch die davor bestimmt"
    case .coefficientsUnbounded(let covariates):
      "die Likelihood hat kein Maximum: Sie steigt, wenn die Koeffizienten der Kovariaten "
        + "\(covariates.map(String.init).joined(separator: ", ")) (ab 0) unbegrenzt wachsen"
    case .outcomesDoNotVary: "alle haben das Ergebnis oder niemand hat es"
    case .cellWithoutResponse(let cell):
      "in Zelle \(cell) (ab 0) hat niemand geantwortet; niemand kann für ihre Personen stehen"
    case .tooFewDelays(let count):
      "\(count) erfasste Ereignisse sind zu wenige, um Verzüge zu schätzen; bitte den längsten Verzug"
        + " nennen, von dem die Rede sein soll"
    case .delaysDoNotOverlap(let delay):
      "kein Ereignis verbindet Verzüge unter \(delay) mit längeren; bitte einen kleineren längsten"
        + " Verzug wählen"
    case .notConverged(let iterations): "nach \(iterations) Schritten kein Maximum gefunden"
    case .notForExactTies:
      "Gewichte, Gruppen und robuste oder abgeleitete Größen brauchen Efrons oder Breslows Regel für"
        + " Bindungen"
    case .noEventsOfCause(let cause): "es gibt kein Ereignis der Ursache \(cause)"
    case .needsPlainRows:
      "gebraucht wird eine Zeile je Person, ohne späteren Beginn und ohne Gewichte"
    }
  }
}
