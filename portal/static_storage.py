from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Static files by their content, the modules among them that a script imports."""

    support_js_module_import_aggregation = True
