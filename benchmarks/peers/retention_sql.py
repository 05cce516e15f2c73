# How long people stay in work, in DuckDB: shared by the curve and the table that R gets.
from shared import *

GONE = f"min(day) FILTER (kind IN ({LEFT}, {DIED}) AND day <= {REFERENCE})"
SQL = f"""
WITH seen AS (
  SELECT ref, min(day) FILTER (kind = {ENTERED} AND day <= {REFERENCE}) AS entry,
    least(least(max(day - (kind = {ENDED})::INT)
                  FILTER (kind NOT IN {SILENT} AND NOT (kind = {EXITED} AND code = {LOST_CONTACT})),
                {REFERENCE}) + 1, coalesce({GONE}, 1000000)) AS until
  FROM events GROUP BY ref),
steps AS (
  SELECT ref, day, kind, sum(CASE WHEN kind = {STARTED} THEN 1 ELSE -1 END) OVER person AS jobs,
    lead(day) OVER person AS next
  FROM events WHERE kind IN ({ENDED}, {STARTED}) AND code IN {WORK} AND day <= {REFERENCE}
  WINDOW person AS (PARTITION BY ref ORDER BY day, kind ROWS UNBOUNDED PRECEDING)),
begun AS (
  SELECT ref, min(day) AS start, any_value(until) AS until
  FROM steps JOIN seen USING (ref) WHERE kind = {STARTED} AND day >= entry GROUP BY ref),
ended AS (
  SELECT ref, any_value(start) AS start, any_value(until) - {GAP} - 1 AS window_end,
    min(day) FILTER (kind = {ENDED} AND jobs = 0 AND day >= start AND day < until
      AND least(coalesce(next, until), until) - day > {GAP}) AS loss
  FROM steps JOIN begun USING (ref) GROUP BY ref),
durations AS (
  SELECT ref, isced, least(coalesce(loss, window_end), window_end) - start AS length,
    coalesce(loss <= window_end, false)::INT AS event
  FROM ended JOIN people USING (ref) WHERE start < window_end)
"""
