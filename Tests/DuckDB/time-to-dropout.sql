-- Months from entry to a dropout, another exit (both from the day after the last day inside), leaving the country or
-- death, whichever comes first.
CREATE TABLE happened AS
    SELECT p.id, p.entry, o.unobserved AS cut, unnest([
        {cause: CASE WHEN p.exit_type = 'early'
            AND coalesce(p.exit_reason, '') NOT IN ('GOAL_WORK', 'GOAL_TRAINING', 'GOAL_SCHOOL', 'CONTACT_LOST')
            THEN 'dropout' ELSE 'other-exit' END, rank: 2, day: p.exit + 1},
        {cause: 'left-country', rank: 3, day: o.gone},
        {cause: 'death', rank: 4, day: o.died}]) AS e
    FROM participation p JOIN observation o USING (id);

CREATE TABLE follow_up AS
    WITH first AS (
        SELECT id, entry, cut, arg_min(e.cause, (e.day, e.rank)) FILTER (e.day IS NOT NULL) AS what, min(e.day) AS day
        FROM happened GROUP BY ALL
    ),
    seen AS (
        SELECT *, what IS NOT NULL AS is_seen FROM first
    )
    SELECT month_index(CASE WHEN is_seen THEN day ELSE cut END) - month_index(entry) AS time,
        CASE WHEN is_seen THEN what END AS cause
    FROM seen WHERE month_index(entry) <= month_index(cut);

CREATE TABLE causes AS SELECT unnest(['dropout', 'other-exit', 'left-country', 'death']) AS cause;
