# Why this is the best form known: as placement_polars.py; all cells and horizons come out of one
# grouping by month of entry, length and cause.
#
#   cohorts_polars.py FOLDER parquet REFERENCE_DAY
from placement_frame import *

counts = durations.join(people.select("ref", "residence_class"), on="ref").group_by(
    "residence_class", quarter=c.entered // 3, entered="entered", length="length", cause="cause"
).len("count").select("residence_class", "quarter", "entered", "length", "cause", "count")
tell_cohorts(counts.collect().get_columns())
