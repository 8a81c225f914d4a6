"""Ours as in production, and the admin beside it, which nothing of ours uses."""

import os

os.environ.setdefault("LUYTRE_SECRET_KEY", "bench-secret-key-that-is-long-enough-for-the-checks-0123456789")
os.environ.setdefault("LUYTRE_AUDIT_KEY", "bench-audit-key-0123456789")
os.environ["LUYTRE_POOL"] = "0"

from config.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.admin"]  # noqa: F405
ROOT_URLCONF = "bench._lists.urls"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
