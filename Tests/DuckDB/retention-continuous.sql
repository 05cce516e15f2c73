-- No stretch without work longer than 28 days within h calendar months of the first job. Unknown days are counted
-- both ways, once as work and once as none.
CREATE TABLE index_job AS FROM first_placement(['SVP', 'MINIJOB', 'SELF', 'SUBS_16E', 'PUB_16I']);

CREATE TABLE day_state AS
    SELECT id, start, day, working(id, day, ['SVP', 'MINIJOB', 'SELF', 'SUBS_16E', 'PUB_16I']) AS yes
    FROM (SELECT id, start, unnest(generate_series(start, least(months_after(start, 24) - 1, on_day()), INTERVAL 1 DAY))::DATE AS day
        FROM index_job);

CREATE TABLE verdict AS
    WITH asked AS (
        SELECT *, months_after(start, h) AS until FROM index_job, (SELECT unnest([3, 6, 12, 24]) AS h)
    ),
    -- The last day at work before each day, in the best and in the worst case.
    since AS (
        SELECT id, day, yes,
            day - coalesce(max(day) FILTER (yes IS NOT false) OVER past, any_value(start) OVER past - 1) AS best,
            day - coalesce(max(day) FILTER (yes) OVER past, any_value(start) OVER past - 1) AS worst
        FROM day_state WINDOW past AS (PARTITION BY id ORDER BY day)
    )
    SELECT 'all' AS stratum, 'yes' AS "row", a.h AS horizon, false AS excluded, true AS asked,
        a.until - 1 <= on_day() AS due,
        CASE WHEN max(s.worst) <= 28 THEN true WHEN max(s.best) > 28 THEN false END AS yes,
        count(*) FILTER (s.yes IS NULL) = 0 AS whole
    FROM asked a JOIN since s ON s.id = a.id AND s.day < a.until
    GROUP BY a.id, a.h, a.until;
