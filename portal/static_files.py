from django.contrib.staticfiles.apps import StaticFilesConfig


class StaticFiles(StaticFilesConfig):
    """Static files without what they are built from (static/css/src) and the builder's packages."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "src", "node_modules"]
