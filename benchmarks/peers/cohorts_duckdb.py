# Why this is the best form known: as placement_duckdb.py; all cells and horizons come out of one
# grouping by month of entry, length and cause.
#
#   cohorts_duckdb.py FOLDER native|parquet REFERENCE_DAY
from placement_sql import *

QUERY = SQL + """SELECT residence_class, entered // 3 AS quarter, entered, length, cause,
  count(*) AS count FROM durations JOIN people USING (ref) WHERE length >= 0 GROUP BY ALL"""
tell_cohorts(connect().execute(QUERY).fetchnumpy().values())
