-- Work for 4, 12 and 26 weeks from the first job on; one break of up to 28 days is tolerated and lengthens the time
-- by itself, so that it is due when the longest time is over. Unknown days are counted both ways.
CREATE TABLE day_state AS
    SELECT id, n, working(id, start + n, ['SVP', 'MINIJOB', 'SELF', 'SUBS_16E', 'PUB_16I']) AS yes
    FROM (SELECT id, start, unnest(range(26 * 7 + 28))::INT AS n
        FROM first_placement(['SVP', 'MINIJOB', 'SELF', 'SUBS_16E', 'PUB_16I']));

-- Held over the days 0, 1, … of which `off` are without work.
CREATE MACRO holds(off, length) AS
    CASE WHEN length(list_filter(off, lambda n: n < length)) = 0 THEN true
        WHEN off[1] = 0 THEN false
        ELSE coalesce((
            SELECT b <= 28 AND length(list_filter(off, lambda n: n < length + b)) = b
            -- The break that begins with the first day off: days that follow each other.
            FROM (SELECT length(list_filter(range(length(off)), lambda i: off[i + 1] = off[1] + i)) AS b)), false) END;

CREATE TABLE verdict AS
    WITH off AS (
        SELECT id, coalesce(list(n ORDER BY n) FILTER (yes IS false), []) AS best,
            coalesce(list(n ORDER BY n) FILTER (yes IS NOT true), []) AS worst,
            coalesce(min(n) FILTER (yes IS NULL), 9999) AS first_unknown
        FROM day_state GROUP BY id
    )
    SELECT 'all' AS stratum, 'weeks-' || w AS "row", 0 AS horizon, false AS excluded, true AS asked,
        j.start + w * 7 + 28 - 1 <= on_day() AS due,
        CASE WHEN holds(worst, w * 7) THEN true WHEN NOT holds(best, w * 7) THEN false END AS yes,
        first_unknown >= w * 7 AS whole
    FROM off JOIN first_placement(['SVP', 'MINIJOB', 'SELF', 'SUBS_16E', 'PUB_16I']) j USING (id),
        (SELECT unnest([4, 12, 26]) AS w);
