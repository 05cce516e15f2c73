-- Every record of the journeys of participants up to the reference day: days from what happened to the import. A row of the
-- participants' file makes three records: the entry, the profile, and the last day observed. What is said about health
-- is kept apart from the journeys.
CREATE TABLE delay AS
    WITH record AS (
        SELECT day FROM event WHERE event <> 'HealthImpairmentRecorded'
            AND id IN (SELECT id FROM participation)
        UNION ALL SELECT entry FROM participation
        UNION ALL SELECT entry FROM participation
        UNION ALL SELECT observed_until::DATE FROM participation
    )
    SELECT getvariable('recorded_on')::DATE - day AS days FROM record WHERE day <= on_day();

WITH counted AS (
    SELECT "row", count(*) FILTER (days > longer) AS yes, count(*) FILTER (days <= longer) AS no
    FROM delay, (VALUES ('late', 28), ('very-late', 90)) AS r("row", longer) GROUP BY "row"
)
SELECT 'all' AS stratum, "row", NULL AS summary, yes, no, 0 AS unknown, yes / (yes + no) AS share_all, NULL AS value FROM counted
UNION ALL
SELECT 'all', 'lag', s, count(*), NULL, 0, NULL,
    CASE s WHEN 'median' THEN quantile_cont(days, 0.5) WHEN 'p90' THEN quantile_cont(days, 0.9) ELSE avg(days) END
FROM delay, (SELECT unnest(['median', 'p90', 'mean']) AS s) GROUP BY s;
