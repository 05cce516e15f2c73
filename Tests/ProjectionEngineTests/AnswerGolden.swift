/// The JSON form of an answer, whole: a contract with whoever reads it.
enum AnswerGolden {
  static let json = """
    {
      "comparison" : {
        "comparisons" : 0,
        "expectedFalseAlarms" : 0,
        "tests" : [

        ]
      },
      "definition" : {
        "digest" : "DEFINITION",
        "kind" : "time-to-event",
        "name" : "made-up",
        "text" : "TEXT",
        "version" : 3
      },
      "digest" : "DIGEST",
      "groups" : [
        {
          "at" : [
            {
              "atRisk" : 2,
              "extrapolated" : false,
              "lower" : 0.005983087639145753,
              "standardError" : 0.3535533905932738,
              "survival" : 0.5,
              "time" : 3,
              "upper" : 0.9104100848367374
            },
            {
              "atRisk" : 0,
              "extrapolated" : false,
              "lower" : null,
              "standardError" : null,
              "survival" : 0,
              "time" : 6,
              "upper" : null
            }
          ],
          "curve" : [
            {
              "atRisk" : 2,
              "censored" : 0,
              "events" : 1,
              "lower" : 0.005983087639145753,
              "standardError" : 0.3535533905932738,
              "survival" : 0.5,
              "time" : 3,
              "upper" : 0.9104100848367374
            },
            {
              "atRisk" : 1,
              "censored" : 0,
              "events" : 1,
              "lower" : null,
              "standardError" : null,
              "survival" : 0,
              "time" : 5,
              "upper" : null
            }
          ],
          "events" : 2,
          "incidence" : [

          ],
          "quartiles" : [
            {
              "lower" : 3,
              "p" : 0.25,
              "time" : 3,
              "upper" : null
            },
            {
              "lower" : 3,
              "p" : 0.5,
              "time" : 4,
              "upper" : null
            },
            {
              "lower" : 3,
              "p" : 0.75,
              "time" : 5,
              "upper" : null
            }
          ],
          "restrictedMean" : {
            "extrapolated" : false,
            "horizon" : 24,
            "mean" : 4,
            "standardError" : 0.7071067811865476
          },
          "subjects" : 2,
          "values" : [
            "1"
          ]
        },
        {
          "at" : [
            {
              "atRisk" : 2,
              "extrapolated" : false,
              "lower" : 1,
              "standardError" : 0,
              "survival" : 1,
              "time" : 3,
              "upper" : 1
            },
            {
              "atRisk" : 1,
              "extrapolated" : false,
              "lower" : 1,
              "standardError" : 0,
              "survival" : 1,
              "time" : 6,
              "upper" : 1
            }
          ],
          "curve" : [
            {
              "atRisk" : 2,
              "censored" : 1,
              "events" : 0,
              "lower" : 1,
              "standardError" : 0,
              "survival" : 1,
              "time" : 5,
              "upper" : 1
            },
            {
              "atRisk" : 1,
              "censored" : 1,
              "events" : 0,
              "lower" : 1,
              "standardError" : 0,
              "survival" : 1,
              "time" : 8,
              "upper" : 1
            }
          ],
          "events" : 0,
          "incidence" : [

          ],
          "quartiles" : [
            {
              "lower" : null,
              "p" : 0.25,
              "time" : null,
              "upper" : null
            },
            {
              "lower" : null,
              "p" : 0.5,
              "time" : null,
              "upper" : null
            },
            {
              "lower" : null,
              "p" : 0.75,
              "time" : null,
              "upper" : null
            }
          ],
          "restrictedMean" : {
            "extrapolated" : true,
            "horizon" : 24,
            "mean" : null,
            "standardError" : null
          },
          "subjects" : 2,
          "values" : [
            "2"
          ]
        },
        {
          "at" : [
            {
              "atRisk" : 1,
              "extrapolated" : false,
              "lower" : 1,
              "standardError" : 0,
              "survival" : 1,
              "time" : 3,
              "upper" : 1
            },
            {
              "atRisk" : 0,
              "extrapolated" : false,
              "lower" : null,
              "standardError" : null,
              "survival" : 0,
              "time" : 6,
              "upper" : null
            }
          ],
          "curve" : [
            {
              "atRisk" : 1,
              "censored" : 0,
              "events" : 1,
              "lower" : null,
              "standardError" : null,
              "survival" : 0,
              "time" : 5,
              "upper" : null
            }
          ],
          "events" : 1,
          "incidence" : [

          ],
          "quartiles" : [
            {
              "lower" : null,
              "p" : 0.25,
              "time" : 5,
              "upper" : null
            },
            {
              "lower" : null,
              "p" : 0.5,
              "time" : 5,
              "upper" : null
            },
            {
              "lower" : null,
              "p" : 0.75,
              "time" : 5,
              "upper" : null
            }
          ],
          "restrictedMean" : {
            "extrapolated" : false,
            "horizon" : 24,
            "mean" : 5,
            "standardError" : 0
          },
          "subjects" : 1,
          "values" : [
            null
          ]
        }
      ],
      "knowledge" : {
        "origin" : "ORIGIN",
        "program" : "0.0.0",
        "recordedUntil" : "RECORDED",
        "root" : "ROOT",
        "simulated" : false,
        "size" : 27
      },
      "parameters" : {
        "at" : [
          3,
          6
        ],
        "by" : [
          "x"
        ],
        "clock" : "month",
        "gap" : 1,
        "interval" : "log-log",
        "kinds" : [
          "SVP",
          "MINIJOB"
        ],
        "level" : 0.95,
        "on" : "2024-12-31",
        "rule" : "B",
        "set" : {

        },
        "windowFrom" : null,
        "windowTo" : null
      },
      "population" : {
        "counted" : 5,
        "notObserved" : 0,
        "outsidePopulation" : 0,
        "participants" : 7,
        "populationUnknown" : 0,
        "tooLate" : 1,
        "withoutEntry" : 1,
        "withoutIndexEvent" : 0
      },
      "schema" : "wegmarke.answer",
      "schemaVersion" : 1,
      "variance" : "greenwood"
    }

    """
}
