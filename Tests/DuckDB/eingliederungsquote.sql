-- Of all exits: in work subject to social insurance h calendar months after the day after the last day?
CREATE TABLE verdict AS
    SELECT 'all' AS stratum, 'yes' AS "row", h AS horizon, false AS excluded, true AS asked,
        months_after(exit + 1, h) <= on_day() AS due,
        working(id, months_after(exit + 1, h), ['SVP', 'SUBS_16E']) AS yes
    FROM participation, (SELECT unnest([1, 3, 6, 9, 12, 18, 24]) AS h)
    WHERE exit IS NOT NULL;
