"""The portal's settings with the apps that check migrations, ours only: those of others are their authors' business."""

from house import CODE
from portal.settings import *  # noqa: F403
from portal.settings import INSTALLED_APPS as PORTAL_APPS

INSTALLED_APPS = [*PORTAL_APPS, "django_linear_migrations", "django_migration_linter"]
MIGRATION_LINTER_OPTIONS = {
    "include_apps": [name.rpartition(".")[2] for name in PORTAL_APPS if name.partition(".")[0] in CODE],
    "ignore_name_contains": "_initial",  # nothing can be live before the first migration
    # SQLite makes a table anew for a column that is never NULL, and the linter takes that for an unsafe change. Named
    # here: new columns with a default in the database itself, so that the code of before can still write, and a check
    # that lets through all that the one before it did. Regrades: what was unique of every completion is now unique of
    # those not earned again, so all rows fit; the index is of completions only.
    # Profiles: what is unique is so of rows in reserve, and none is before the migration. Languages of notes: what was
    # unique of every source is now unique of each language of its note, so all rows fit. Suspensions: what is
    # unique is so of rows out of view, and none is before the migration. Closing: a new column with a default in the
    # database itself; what is unique is so of a table that is new. Counts: a constraint goes and none comes.
    "ignore_name": [
        *("0003_first_minute_cards", "0004_picture_focus", "0005_decorative_picture", "0006_glossarytext_marked"),
        "0003_theme",
        *("0002_kind_names", "0003_rules", "0004_regrades", "0007_draws"),
        *("0007_profiles", "0010_profiles", "0008_note_languages", "0013_picture_credits"),
        *("0012_suspensions", "0005_reviewing", "0007_closing_and_looks", "0005_counts_without_constraint"),
    ],
    "no_cache": True,
    "warnings_as_errors": ["RUNPYTHON_REVERSIBLE", "RUNSQL_REVERSIBLE"],
}
