"""The statements by which the database counts the raw rows, as of one day: the other way to the same figures.

`%s` is the day, always the same one. A person is a learner with the guests merged into them, or somebody who belongs
somewhere and has not learned yet.
"""

# ruff: noqa: S608 - nothing comes from outside

from portal.reports.counts.subjects import CODES, ROOM

LEARNERS = """
whose AS (SELECT id AS learner, CAST(COALESCE(merged_into_id, id) AS text) AS person FROM quizzes_learner),
stays AS (
    SELECT COALESCE(CAST(learner.id AS text), 'user ' || stay.user_id) AS person, stay.region_id AS region,
        NULL AS organisation, stay.from_day, stay.to_day, stay.id
    FROM accounts_residence stay LEFT JOIN quizzes_learner learner ON learner.user_id = stay.user_id
    UNION ALL
    SELECT COALESCE(CAST(learner.id AS text), 'user ' || stay.user_id), NULL, stay.organisation_id,
        stay.from_day, stay.to_day, stay.id
    FROM accounts_membership stay LEFT JOIN quizzes_learner learner ON learner.user_id = stay.user_id
    UNION ALL
    SELECT whose.person, stay.region_id, stay.organisation_id, stay.from_day, stay.to_day, stay.id
    FROM accounts_pastplace stay JOIN whose ON whose.learner = stay.learner_id
),
seats AS (SELECT * FROM stays WHERE from_day <= %s AND (to_day IS NULL OR to_day > %s)),
known AS (
    SELECT person FROM stays WHERE from_day <= %s AND (to_day IS NULL OR to_day > from_day)
    UNION SELECT whose.person FROM quizzes_progressevent JOIN whose ON whose.learner = learner_id WHERE day <= %s
    UNION SELECT whose.person FROM quizzes_completion JOIN whose ON whose.learner = learner_id WHERE completed_on <= %s
)"""

PLACES = """
places AS (
    SELECT 'region' AS sort, known.person, COALESCE(home.region, 0) AS place FROM known LEFT JOIN (
        SELECT person, region, ROW_NUMBER() OVER (PARTITION BY person ORDER BY from_day DESC, id DESC) AS number
        FROM seats WHERE region IS NOT NULL
    ) home ON home.person = known.person AND home.number = 1
    UNION ALL SELECT DISTINCT 'organisation', person, organisation FROM seats WHERE organisation IS NOT NULL
)"""

COURSES = """
begun AS (
    SELECT whose.person, course_id AS course, MIN(day) AS day
    FROM quizzes_progressevent JOIN whose ON whose.learner = learner_id GROUP BY whose.person, course_id
),
counting AS (
    SELECT whose.person, course_id AS course, expires_on,
        ROW_NUMBER() OVER (PARTITION BY whose.person, course_id ORDER BY completed_on DESC, earned.id DESC) AS number
    FROM quizzes_completion earned JOIN whose ON whose.learner = earned.learner_id
    LEFT JOIN quizzes_completionwithdrawal lost ON lost.completion_id = earned.id
    WHERE completed_on <= %s AND (lost.withdrawn_on IS NULL OR lost.withdrawn_on > %s)
),
courses AS (
    SELECT person, course, MAX(begun) AS begun, MAX(begun) * (1 - MAX(ever)) AS under_way, MAX(ever) AS ever,
        MAX(expired) AS expired, MAX(ever) - MAX(expired) AS held
    FROM (
        SELECT person, course, 1 AS begun, 0 AS ever, 0 AS expired FROM begun WHERE day <= %s
        UNION ALL
        SELECT person, course, 0, 1, CASE WHEN expires_on <= %s THEN 1 ELSE 0 END FROM counting WHERE number = 1
    ) told GROUP BY person, course
)"""

REACHED = f"""
passed AS (
    SELECT DISTINCT whose.person, pass.lesson_id AS lesson, pass.course_id AS course
    FROM quizzes_progressevent pass JOIN whose ON whose.learner = pass.learner_id
    WHERE pass.day <= %s AND (
        (pass.verb IN ('passed', 'final_passed') AND NOT EXISTS (
            SELECT 1 FROM quizzes_progressevent lost WHERE lost.verb = 'pass_withdrawn'
            AND lost.attempt_id = pass.attempt_id AND lost.id > pass.id AND lost.day <= %s
        )) OR pass.verb = 'read'
    ) AND (pass.verb = 'read') = (pass.lesson_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM quizzes_quiz quiz WHERE quiz.lesson_id = pass.lesson_id
    ))
),
taught AS (
    SELECT DISTINCT placement.lesson_id AS lesson, placement.module_id AS module FROM lessons_placement placement
    JOIN lessons_courseedition edition ON edition.id = placement.edition_id AND edition.state = 'published'
    JOIN lessons_lesson lesson ON lesson.id = placement.lesson_id AND lesson.archived_at IS NULL
),
skills(skill, part) AS (
    SELECT id, id FROM lessons_skill UNION ALL
    SELECT skills.skill, below.id FROM lessons_skill below JOIN skills ON below.parent_id = skills.part
),
parts AS (
    SELECT module * {ROOM} + {CODES["module"]} AS code, lesson FROM taught
    UNION SELECT skills.skill * {ROOM} + {CODES["skill"]}, link.lesson_id
    FROM skills JOIN lessons_lesson_skills link ON link.skill_id = skills.part
    WHERE link.lesson_id IN (SELECT lesson FROM taught)
),
reached AS (
    SELECT DISTINCT person, lesson * {ROOM} + {CODES["lesson"]} AS code FROM passed WHERE lesson IS NOT NULL
    UNION SELECT DISTINCT person, course * {ROOM} + {CODES["final"]} FROM passed WHERE lesson IS NULL
    UNION SELECT had.person, had.code FROM (
        SELECT passed.person, parts.code, COUNT(DISTINCT parts.lesson) AS lessons
        FROM passed JOIN parts ON parts.lesson = passed.lesson GROUP BY passed.person, parts.code
    ) had JOIN (SELECT code, COUNT(*) AS lessons FROM parts GROUP BY code) needed
    ON needed.code = had.code AND needed.lessons = had.lessons
)"""

STANDING = f"""
WITH RECURSIVE {LEARNERS}, {PLACES}, {COURSES}, {REACHED}
SELECT sort, place, code, SUM(begun), SUM(under_way), SUM(ever), SUM(expired), SUM(held) FROM (
    SELECT person, {CODES["people"]} AS code, 1 AS begun, 0 AS under_way, 0 AS ever, 0 AS expired, 0 AS held FROM known
    UNION ALL SELECT person, course * {ROOM} + {CODES["course"]}, begun, under_way, ever, expired, held FROM courses
    UNION ALL SELECT person, {CODES["any"]}, MAX(begun), MAX(under_way), MAX(ever), MAX(expired), MAX(held)
    FROM courses GROUP BY person
    UNION ALL SELECT person, code, 0, 0, 1, 0, 0 FROM reached
) told JOIN places ON places.person = told.person GROUP BY sort, place, code
"""

FLOW_OF_DAY = f"""
WITH {LEARNERS}, {PLACES}, {COURSES},
happened AS (
    SELECT person, course, 1 AS started, 0 AS completed, 0 AS withdrawn FROM begun WHERE day = %s
    UNION ALL SELECT whose.person, course_id, 0, 1, 0
    FROM quizzes_completion JOIN whose ON whose.learner = learner_id WHERE completed_on = %s
    UNION ALL SELECT whose.person, course_id, 0, 0, 1
    FROM quizzes_completionwithdrawal lost JOIN quizzes_completion earned ON earned.id = lost.completion_id
    JOIN whose ON whose.learner = earned.learner_id WHERE lost.withdrawn_on = %s
)
SELECT sort, place, code, SUM(started), SUM(completed), SUM(withdrawn) FROM (
    SELECT person, course * {ROOM} + {CODES["course"]} AS code, started, completed, withdrawn FROM happened
    UNION ALL SELECT person, {CODES["any"]}, started, completed, withdrawn FROM happened
) told JOIN places ON places.person = told.person GROUP BY sort, place, code
"""
