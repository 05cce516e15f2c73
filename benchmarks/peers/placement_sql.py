# The durations of time to placement in DuckDB: shared by the curve and the cohort table.
from shared import *

PAST = f"day <= {REFERENCE}"
SQL = f"""
WITH seen AS (
  SELECT ref, min(day) FILTER (kind = {ENTERED} AND {PAST}) AS entry,
    least(max(day - (kind = {ENDED})::INT)
            FILTER (kind NOT IN {SILENT} AND NOT (kind = {EXITED} AND code = {LOST_CONTACT})),
          {REFERENCE}) + 1 AS until,
    min(day) FILTER (kind = {LEFT} AND {PAST}) AS gone,
    min(day) FILTER (kind = {DIED} AND {PAST}) AS died,
    max(day * 256 + kind * 2 + dropout)
      FILTER (kind IN ({ENTERED}, {REENTERED}, {EXITED}) AND {PAST}) AS stay
  FROM events GROUP BY ref),
placed AS (
  SELECT ref, min(day) AS placement FROM events JOIN seen USING (ref)
  WHERE kind = {STARTED} AND code IN {PLACED} AND {PAST} AND day >= entry GROUP BY ref),
first AS (
  SELECT ref, entry, until, coalesce(placement, 1000000) AS placement,
    CASE WHEN stay & 255 = {EXITED * 2 + 1} THEN (stay >> 8) + 1 ELSE 1000000 END AS dropout,
    coalesce(gone, 1000000) AS gone, coalesce(died, 1000000) AS died
  FROM seen LEFT JOIN placed USING (ref) WHERE entry IS NOT NULL),
months AS (
  SELECT ref, month(entry) - 1 + (year(entry) - 1970) * 12 AS entered,
    month(until) - 1 + (year(until) - 1970) * 12 AS until,
    month(day) - 1 + (year(day) - 1970) * 12 AS ended, cause
  FROM (
    SELECT ref, DATE '1970-01-01' + entry AS entry, DATE '1970-01-01' + until AS until,
      DATE '1970-01-01' + least(placement, dropout, gone, died, until + 100000) AS day,
      CASE least(placement, dropout, gone, died, 999999) WHEN placement THEN 1 WHEN dropout THEN 2
        WHEN gone THEN 3 WHEN died THEN 4 ELSE 0 END AS cause
    FROM first)),
durations AS (
  SELECT ref, entered, CASE WHEN cause = 0 OR (cause = 1 AND ended >= until) THEN until ELSE ended END
      - entered AS length,
    CASE WHEN cause = 1 AND ended >= until THEN 0 ELSE cause END AS cause
  FROM months WHERE entered <= until)
"""
