-- By horizon: for whom a follow-up was planned; and among those: attempted or completed, answered, refused.
CREATE TABLE horizon AS
    SELECT p.id, k.months,
        bool_or(e.event = 'FollowUpPlanned') IS TRUE AS planned,
        bool_or(e.event IN ('FollowUpAttempted', 'FollowUpCompleted')) IS TRUE AS attempted,
        bool_or(e.result IN ('REACHED_SELF', 'REACHED_EMPLOYER', 'REGISTER')) IS TRUE AS reached,
        bool_or(e.result IN ('REFUSED', 'NO_CONSENT')) IS TRUE AS refused
    FROM participation p
    CROSS JOIN (SELECT unnest([3, 6, 12, 24]) AS months) k
    LEFT JOIN event e ON e.id = p.id AND e.event LIKE 'FollowUp%' AND e.kind = k.months || 'm'
    GROUP BY ALL;

CREATE TABLE verdict AS
    SELECT 'all' AS stratum, months || '-' || what AS "row", 0 AS horizon, false AS excluded, true AS due,
        what = 'planned' OR planned AS asked,
        CASE what WHEN 'planned' THEN planned WHEN 'attempted' THEN attempted WHEN 'reached' THEN reached
            ELSE refused END AS yes
    FROM horizon, (SELECT unnest(['planned', 'attempted', 'reached', 'refused']) AS what);
