-- Of all integrations: no basic income support three months later? Known only where receipt was recorded; these
-- files never do.
CREATE TABLE verdict AS
    SELECT 'all' AS stratum, 'yes' AS "row", 3 AS horizon, false AS excluded, true AS asked,
        months_after(start, 3) <= on_day() AS due, NULL::BOOLEAN AS yes
    FROM integration(['SVP', 'SELF', 'DUAL', 'SCHOOL_VOC', 'SUBS_16E']);
