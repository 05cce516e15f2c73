-- Within twelve calendar months of the first job: gross pay of at least 16 hours times 26 weeks at the minimum wage of
-- the first day, or six months of self-employment from that day on.
CREATE TABLE wage AS FROM (VALUES
    (DATE '2015-01-01', 8.5), (DATE '2017-01-01', 8.84), (DATE '2019-01-01', 9.19), (DATE '2020-01-01', 9.35),
    (DATE '2021-01-01', 9.5), (DATE '2021-07-01', 9.6), (DATE '2022-01-01', 9.82), (DATE '2022-07-01', 10.45),
    (DATE '2022-10-01', 12), (DATE '2024-01-01', 12.41), (DATE '2025-01-01', 12.82), (DATE '2026-01-01', 13.9),
    (DATE '2027-01-01', 14.6)) AS w(since, euros);

CREATE TABLE day_state AS
    SELECT id, start, day, working(id, day, ['SVP', 'MINIJOB', 'SELF', 'SUBS_16E', 'PUB_16I']) AS yes,
        working(id, day, ['SELF']) AS self
    FROM (SELECT id, start, unnest(generate_series(start, months_after(start, 12) - 1, INTERVAL 1 DAY))::DATE AS day
        FROM first_placement(['SVP', 'MINIJOB', 'SELF', 'SUBS_16E', 'PUB_16I']));

-- What is stated of the days on which the work is certain is the least that was earned.
CREATE TABLE earned AS
    SELECT d.id, sum(s.monthly / day(last_day(d.day))) AS euros, bool_or(s.id IS NOT NULL AND s.monthly IS NULL) AS not_stated,
        coalesce(sum(s.monthly / day(last_day(d.day))) FILTER (d.day < s.sure AND working(d.id, d.day, [s.kind])), 0) AS least
    FROM day_state d LEFT JOIN spell s ON s.id = d.id AND s.kind IN ('SVP', 'MINIJOB', 'SELF', 'SUBS_16E', 'PUB_16I')
        AND s.start <= d.day AND d.day < s.after
    GROUP BY d.id;

CREATE TABLE verdict AS
    WITH told AS (
        SELECT d.id, d.start, max(day) <= on_day() AS due, any_value(least) AS least,
            16 * 26 * (SELECT arg_max(w.euros, since) FROM wage w WHERE since <= d.start) AS wanted,
            CASE WHEN NOT any_value(not_stated) AND count(yes) = count(*) THEN round(any_value(euros), 2) END AS exact,
            bool_or(NOT self) FILTER (day < months_after(d.start, 6)) AS paused,
            count(*) FILTER (self IS NULL AND day < months_after(d.start, 6)) = 0 AS half_known
        FROM day_state d JOIN earned USING (id) GROUP BY d.id, d.start
    )
    SELECT 'all' AS stratum, 'job-outcome' AS "row", 0 AS horizon, false AS excluded, true AS asked, due,
        CASE WHEN least >= wanted THEN true ELSE exact >= wanted END
            OR CASE WHEN paused THEN false WHEN half_known THEN true END AS yes,
        exact IS NOT NULL AND half_known AS whole
    FROM told;
