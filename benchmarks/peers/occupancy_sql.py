# Where people are after entry, in DuckDB: each person's six days as horizons, counted together.
from shared import *

PAST = f"day <= {REFERENCE}"


def horizon(day):
    """The first whole number of months after entry that reaches a day; 37 for later and for none."""
    months = f"(datesub('month', start, DATE '1970-01-01' + {day}))"
    reached = f"(start + INTERVAL 1 MONTH * {months})::DATE >= DATE '1970-01-01' + {day}"
    # greatest and least pass over NULL.
    return (f"CASE WHEN {day} IS NULL THEN 37 "
            f"ELSE least(greatest({months} + (NOT {reached})::INT, 0), 37) END::UTINYINT")


DAYS = f"""
WITH seen AS (
  SELECT ref, min(day) FILTER (kind = {ENTERED} AND {PAST}) AS entry,
    least(max(day - (kind = {ENDED})::INT)
            FILTER (kind NOT IN {SILENT} AND NOT (kind = {EXITED} AND code = {LOST_CONTACT})),
          {REFERENCE}) + 1 AS until,
    min(day) FILTER (kind IN ({LEFT}, {DIED}) AND {PAST}) AS gone,
    max(day * 256 + kind * 2) FILTER (kind IN ({ENTERED}, {REENTERED}, {EXITED}) AND {PAST}) AS stay
  FROM events GROUP BY ref),
placed AS (
  SELECT ref, min(day) AS placement FROM events JOIN seen USING (ref)
  WHERE kind = {STARTED} AND code IN {PLACED} AND {PAST} AND day >= entry GROUP BY ref),
days AS (
  SELECT DATE '1970-01-01' + entry AS start, until, gone, placement,
    CASE WHEN stay & 255 = {EXITED * 2} THEN (stay >> 8) + 1 END AS away
  FROM seen LEFT JOIN placed USING (ref) WHERE entry < until)
"""
SQL = f"""{DAYS}
SELECT {horizon("gone")} AS gone, {horizon("until")} AS until, {horizon("placement")} AS placement,
  {horizon("away")} AS away, {horizon(str(REFERENCE + 1))} AS due, count(*) AS count
FROM days GROUP BY ALL"""
