# Why this is the best form known: as placement_duckdb.py; each person's path is five numbers of months,
# found by arithmetic on dates, and 37 horizons are read off the groups of equal paths: a join with the
# horizons would make 37 rows of each person.
#
#   occupancy_duckdb.py FOLDER native|parquet REFERENCE_DAY
from occupancy_sql import *

tell_occupancy(connect().execute(SQL).fetchnumpy().values())
