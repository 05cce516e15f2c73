-- Of all entries: broken off early without a goal reached, and for which reason. Contact lost is unknown.
CREATE TABLE ended AS
    SELECT id, exit_reason,
        CASE WHEN exit IS NULL THEN false
            WHEN exit_reason = 'CONTACT_LOST' OR exit_type IS NULL OR exit_type = '' THEN NULL
            ELSE exit_type = 'early' AND coalesce(exit_reason, '') NOT IN ('GOAL_WORK', 'GOAL_TRAINING', 'GOAL_SCHOOL')
        END AS dropout
    FROM participation;

CREATE TABLE reason AS FROM (VALUES
    ('no-cooperation', ['NO_COOPERATION']), ('health', ['HEALTH']), ('care-duties', ['CARE_DUTIES']),
    ('work-ban', ['WORKBAN']), ('moved', ['MOVED']), ('gone', ['LEFT_VOL', 'REMOVED']),
    ('other', ['OTHER_MEASURE', 'PLANNED_END', 'PRISON', 'DEATH', 'PROJECT_END'])) AS r("row", codes);

CREATE TABLE verdict AS
    SELECT 'all' AS stratum, v."row", 0 AS horizon, false AS excluded, true AS due, true AS asked, v.yes
    FROM (
        SELECT 'all' AS "row", dropout AS yes FROM ended
        UNION ALL
        SELECT r."row", e.dropout AND list_contains(r.codes, e.exit_reason) FROM ended e, reason r
    ) v;
