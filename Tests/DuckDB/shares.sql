-- Counts and shares of the table `verdict`: who is excluded, whose day has not come, of whom it is not asked or
-- nobody knows whether; then yes, no, unknown. The known share is of those of whom every day looked at is known (the
-- column `whole`, where there is one): else a yes about some day would be known earlier than a no. Wilson's limits at
-- 95 %.
ALTER TABLE verdict ADD COLUMN IF NOT EXISTS whole BOOLEAN DEFAULT true;

WITH sorted AS (
    SELECT stratum, "row", horizon, yes, CASE WHEN whole THEN yes END AS heard,
        CASE WHEN excluded THEN 'excluded' WHEN NOT due THEN 'not due' WHEN NOT asked THEN 'not asked'
            WHEN asked IS NULL THEN 'asked unknown' ELSE 'counted' END AS class
    FROM verdict
),
counted AS (
    SELECT stratum, "row", horizon,
        count(*) FILTER (class = 'counted' AND yes) AS yes,
        count(*) FILTER (class = 'counted' AND NOT yes) AS no,
        count(*) FILTER (class = 'counted' AND yes IS NULL) AS unknown,
        count(*) FILTER (class = 'counted' AND heard) AS heard_yes,
        count(*) FILTER (class = 'counted' AND heard IS NOT NULL) AS heard,
        count(*) FILTER (class = 'not due') AS not_due,
        count(*) FILTER (class = 'excluded') AS excluded,
        count(*) FILTER (class = 'not asked') AS not_asked,
        count(*) FILTER (class = 'asked unknown') AS asked_unknown
    FROM sorted GROUP BY ALL
),
based AS (
    SELECT * EXCLUDE (heard, heard_yes), nullif(yes + no + unknown, 0) AS n, nullif(heard, 0) AS known,
        1.959963984540054 AS z, heard_yes / nullif(heard, 0) AS p
    FROM counted
)
SELECT * EXCLUDE (n, known, z, p),
    yes / n AS share_all, p AS share_known, yes / n AS bound_lower, (yes + unknown) / n AS bound_upper,
    coalesce(known, 0) / n AS coverage,
    (p + z*z/(2*known) - z*sqrt(p*(1 - p)/known + z*z/(4.0*known*known))) / (1 + z*z/known) AS lower_wilson,
    (p + z*z/(2*known) + z*sqrt(p*(1 - p)/known + z*z/(4.0*known*known))) / (1 + z*z/known) AS upper_wilson
FROM based;
