-- Of all exits with a complete record: what was reached from the last day through the 28th day after it, and on the
-- day six calendar months after it. What is known of the days comes first, then the exit form.
CREATE TABLE complete AS
    SELECT p.*, p.exit + 28 AS window_end, months_after(p.exit, 6) AS later, employment_status <> 'EMP' AS without_work,
        employment_status LIKE 'UNE%' AS registered
    FROM participation p
    WHERE p.exit IS NOT NULL AND known_gender IS NOT NULL AND employment_status IN ('UNE', 'UNE_LT', 'INA', 'EMP')
        AND birth_year <> '' AND isced NOT IN ('', 'UNK');

-- The form that follows the last exit.
CREATE TABLE form AS
    SELECT c.id, stated(arg_max(e.job_search, e.told)) AS job_search, stated(arg_max(e.education, e.told)) AS education,
        stated(arg_max(e.qualification, e.told)) AS qualification, stated(arg_max(e.employed, e.told)) AS employed
    FROM complete c LEFT JOIN event e ON e.id = c.id AND e.event = 'StatusAtExitRecorded' AND e.day >= c.exit
    GROUP BY c.id;

-- Employed as ESF Plus has it: a marginal job beside a registration as unemployed is none, but who says to be employed
-- is believed.
CREATE MACRO employed(person, d, registered) AS
    CASE WHEN registered AND working(person, d, getvariable('employed'))
            AND NOT EXISTS (SELECT 1 FROM remark r WHERE r.id = person AND r.first <= d AND d < r.until AND r.truth
                AND len(r.kinds) = len(getvariable('employed')))
        THEN working(person, d, list_filter(getvariable('employed'), lambda k: k <> 'MINIJOB'))
        ELSE working(person, d, getvariable('employed')) END;

CREATE TABLE window_day AS
    SELECT id, day, observed(id, day) AS seen, coalesce(day >= died, false) AS dead,
        working(id, day, getvariable('education')) AS learns, employed(id, day, registered) AS works,
        working(id, day, list_filter(getvariable('employed'), lambda k: k <> 'MINIJOB')) AS is_placed
    FROM (SELECT id, registered, unnest(generate_series(exit, window_end, INTERVAL 1 DAY))::DATE AS day
        FROM complete) JOIN observation USING (id);

CREATE TABLE in_window AS
    SELECT id, some_day(learns) AS learns, some_day(works) AS works,
        count(learns) = count(*) AS learns_known, count(works) = count(*) AS works_known,
        bool_and(seen AND coalesce(is_placed, false)) AS always_works, bool_and(seen OR dead) AS is_settled FROM window_day GROUP BY id;

-- The days, and where they leave it open or say no, the form: its yes always, its no where nobody knows.
CREATE MACRO settled(days, said) AS CASE WHEN days OR said THEN true WHEN days IS NULL AND NOT said THEN false ELSE days END;

-- The terms of the work held on the day of entry and six months after the exit.
CREATE TABLE terms AS
    WITH looked AS (
        SELECT id, 'first' AS place, entry AS day FROM complete UNION ALL SELECT id, 'later', later FROM complete
    ),
    held AS (
        SELECT l.id, l.place, working(l.id, l.day, getvariable('employed')) AS works, s.permanent, s.hours,
            right(s.occupation, 1)::INT AS skill, s.id AS job
        FROM looked l LEFT JOIN spell s ON s.id = l.id AND list_contains(getvariable('employed'), s.kind)
            AND s.start <= l.day AND l.day < s.sure AND working(l.id, l.day, [s.kind])
    )
    SELECT id, place, any_value(works) AS works,
        CASE WHEN bool_or(permanent) THEN true
            WHEN any_value(works) IS NULL OR count(job) > count(permanent) THEN NULL ELSE false END AS permanent,
        CASE WHEN count(job) > 0 AND count(hours) = count(job) THEN sum(hours) END AS hours,
        CASE WHEN count(skill) = count(job) THEN max(skill) END AS skill
    FROM held GROUP BY id, place;

CREATE TABLE verdict AS
    WITH judged AS (
        SELECT c.*, w.learns, w.works, f.job_search, f.education AS said_education, f.qualification AS said_qualification,
            f.employed AS said_employed, w.always_works, w.is_settled, w.learns_known, w.works_known,
            EXISTS (SELECT 1 FROM event q WHERE q.id = c.id AND q.event = 'QualificationGained' AND q.certificate = 'yes'
                AND q.day BETWEEN c.entry AND c.window_end) AS gained,
            -- Nobody states an improvement in these files, nor a promotion: that there was none is known of who was
            -- observed up to that day.
            b.works AND (NOT a.permanent AND b.permanent AND a.works OR a.hours < 35 AND b.hours >= 35 OR b.skill > a.skill
                OR CASE WHEN observed(c.id, c.later) THEN false END) AS improved
        FROM complete c JOIN in_window w USING (id) JOIN form f USING (id)
            JOIN terms a ON a.id = c.id AND a.place = 'first' JOIN terms b ON b.id = c.id AND b.place = 'later'
    )
    SELECT 'all' AS stratum, r."row", 0 AS horizon, false AS excluded,
        CASE r."row" WHEN 'EECR01' THEN employment_status = 'INA' WHEN 'EECR02' THEN NOT stated(in_education)
            WHEN 'EECR03' THEN true WHEN 'EECR06' THEN NOT without_work ELSE without_work END AS asked,
        -- Who is asked is known from entry on: nobody else is waited for.
        asked IS NOT true OR CASE WHEN r."row" IN ('EECR05', 'EECR06') THEN later ELSE window_end END <= on_day() AS due,
        CASE r."row"
            -- That somebody was inactive on an earlier day says nothing about those after the exit; who works on all
            -- of them looks for no work.
            WHEN 'EECR01' THEN settled(CASE WHEN always_works OR entry = exit THEN false END, job_search)
            WHEN 'EECR02' THEN settled(learns, said_education)
            WHEN 'EECR03' THEN CASE WHEN gained OR said_qualification THEN true WHEN is_settled THEN false END
            WHEN 'EECR04' THEN settled(works, said_employed)
            WHEN 'EECR05' THEN employed(id, later, registered)
            ELSE improved END AS yes,
        CASE r."row" WHEN 'EECR02' THEN learns_known OR said_education IS NOT NULL
            WHEN 'EECR03' THEN is_settled OR said_qualification IS NOT NULL
            WHEN 'EECR04' THEN works_known OR said_employed IS NOT NULL ELSE true END AS whole
    FROM judged, (SELECT unnest(['EECR01', 'EECR02', 'EECR03', 'EECR04', 'EECR05', 'EECR06']) AS "row") r;
