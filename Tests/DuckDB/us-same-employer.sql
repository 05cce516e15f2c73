-- Of those in unsubsidised work in the second calendar quarter after that of the exit: in the fourth in the same job,
-- or in one at the same employer.
CREATE TABLE quarter AS
    SELECT id, n, (date_trunc('quarter', exit) + to_months(3 * n::INT))::DATE AS first_day,
        (date_trunc('quarter', exit) + to_months(3 * n::INT + 3))::DATE - 1 AS last_day
    FROM participation, (SELECT unnest([2, 4]) AS n) WHERE exit IS NOT NULL;

CREATE TABLE worked AS
    WITH day_state AS (
        SELECT id, n, working(id, day, ['SVP', 'MINIJOB', 'SELF', 'DUAL']) AS works
        FROM (SELECT id, n, unnest(generate_series(first_day, last_day, INTERVAL 1 DAY))::DATE AS day FROM quarter)
    )
    SELECT id, n, some_day(works) AS yes, count(*) = count(works) AS is_known FROM day_state GROUP BY id, n;

-- The spells seen in a quarter: a day of it was observed and in the spell.
CREATE TABLE seen AS
    SELECT q.id, q.n, s.spell, s.employer
    FROM quarter q JOIN spell s USING (id) JOIN observation o USING (id)
    WHERE s.kind IN ('SVP', 'MINIJOB', 'SELF', 'DUAL')
        AND greatest(s.start, q.first_day) < least(s.after, q.last_day + 1, o.unobserved, o.gone, o.died);

CREATE TABLE verdict AS
    SELECT 'all' AS stratum, 'same-employer' AS "row", 0 AS horizon, false AS excluded,
        q.last_day <= on_day() AS due, second.yes AS asked,
        CASE WHEN EXISTS (SELECT 1 FROM seen a JOIN seen b ON b.id = a.id AND (a.spell = b.spell OR a.employer = b.employer)
                WHERE a.id = q.id AND a.n = 2 AND b.n = 4) THEN true
            WHEN fourth.is_known THEN false
            WHEN fourth.yes IS NOT NULL AND NOT fourth.yes THEN false END AS yes,
        fourth.is_known AND (second.is_known OR NOT fourth.yes) AS whole
    FROM quarter q JOIN worked second ON second.id = q.id AND second.n = 2 JOIN worked fourth ON fourth.id = q.id AND fourth.n = 4
    WHERE q.n = 4;
