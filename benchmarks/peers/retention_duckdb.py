# Why this is the best form known: on 30 million events one window over each person's job events,
# filtered to the two kinds, was ahead of lists per person (by 2) and level with one packed global
# window (1.15 s both); the hash aggregate of the observation reads every event once; the counts are
# grouped in SQL, and only some thousand rows leave it. Two threads, the default.
#
#   retention_duckdb.py FOLDER native|parquet REFERENCE_DAY
from retention_sql import *

QUERY = SQL + "SELECT isced, length, event, count(*) AS count FROM durations GROUP BY ALL"
tell_retention(connect().execute(QUERY).fetchnumpy().values())
