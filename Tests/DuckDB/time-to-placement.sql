-- Months from entry to the first placement, a dropout (from the day after the last day inside), leaving the country or
-- death, whichever comes first; on one day the placement. A month that was not observed to its end shows no
-- placement; an exit, a death and a departure are themselves observations.
CREATE TABLE happened AS
    SELECT p.id, p.entry, o.unobserved AS cut, unnest([
        {cause: 'first-placement', rank: 1, day: (SELECT min(s.start) FROM placement s WHERE s.id = p.id
            AND s.kind IN ('SVP', 'SELF', 'DUAL', 'SCHOOL_VOC', 'SCHOOL', 'SUBS_16E'))},
        {cause: 'dropout', rank: 2, day: CASE WHEN p.exit_type = 'early'
            AND coalesce(p.exit_reason, '') NOT IN ('GOAL_WORK', 'GOAL_TRAINING', 'GOAL_SCHOOL', 'CONTACT_LOST') THEN p.exit + 1 END},
        {cause: 'left-country', rank: 3, day: o.gone},
        {cause: 'death', rank: 4, day: o.died}]) AS e
    FROM participation p JOIN observation o USING (id);

CREATE TABLE follow_up AS
    WITH first AS (
        SELECT id, entry, cut, arg_min(e.cause, (e.day, e.rank)) FILTER (e.day IS NOT NULL) AS what, min(e.day) AS day
        FROM happened GROUP BY ALL
    ),
    seen AS (
        SELECT *, what IS NOT NULL AND (what <> 'first-placement' OR month_index(day) < month_index(cut)) AS is_seen FROM first
    )
    SELECT id, entry, month_index(CASE WHEN is_seen THEN day ELSE cut END) - month_index(entry) AS time,
        CASE WHEN is_seen THEN what END AS cause
    FROM seen WHERE month_index(entry) <= month_index(cut);

CREATE TABLE causes AS SELECT unnest(['first-placement', 'dropout', 'left-country', 'death']) AS cause;
