"""Settings of the tests: quick hashing, no pool, plain static files."""

import os

os.environ.setdefault("LUYTRE_SECRET_KEY", "test-secret-key-that-is-long-enough-for-the-checks-0123456789")
os.environ.setdefault("LUYTRE_AUDIT_KEY", "test-audit-key-0123456789")
os.environ["LUYTRE_POOL"] = "0"

from config.settings import *  # noqa: F403

if "LUYTRE_TEST_TEMPLATE" in os.environ:
    DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ["LUYTRE_TEST_TEMPLATE"]}  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
AXES_FAILURE_LIMIT = 5


class Undefined(str):
    """A template that names what it was not given fails its test."""

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, name: object) -> str:
        raise NameError(f"undefined in a template: {name}")


for engine in TEMPLATES:  # noqa: F405
    engine["OPTIONS"]["string_if_invalid"] = Undefined("%s")
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
