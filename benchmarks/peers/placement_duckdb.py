# Why this is the best form known: no window is needed, so everything is two hash aggregates over
# columns in the order in which they lie; the last exit and what it was are found with one packed
# maximum instead of a sort; the counts are grouped in SQL. Two threads, the default.
#
#   placement_duckdb.py FOLDER native|parquet REFERENCE_DAY
from placement_sql import *

QUERY = SQL + """SELECT isced, length, cause, count(*) AS count
FROM durations JOIN people USING (ref) WHERE length >= 0 GROUP BY ALL"""
tell_placement(connect().execute(QUERY).fetchnumpy().values())
