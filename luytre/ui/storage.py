"""Static files under names that change with their content, also where one script names another."""

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """A module and what it imports are always of one version, and the service worker can keep both."""

    support_js_module_import_aggregation = True
    # Ours alone: a package's scripts may import what it does not ship.
    _js_module_import_aggregation_patterns = ("ui/*.js", HashedFilesMixin._js_module_import_aggregation_patterns[1])  # type: ignore[attr-defined]
