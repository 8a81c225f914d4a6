"""Settings, all from the environment; `luytre` fills it in for the embedded default."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import django_stubs_ext
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

django_stubs_ext.monkeypatch()


def required(name: str) -> str:
    try:
        return os.environ[name]
    except KeyError:
        raise ImproperlyConfigured(
            f"{name} is not set; start through the `luytre` command, which sets it, or set it in the environment."
        ) from None


def database(url: str) -> dict[str, Any]:
    """A postgresql:// address as Django wants it; `?host=/folder` names a socket folder."""
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", unquote(parts.hostname or ""))
    port = options.pop("port", parts.port or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port),
        # compiling a plan costs more than any of our statements takes
        "OPTIONS": {"options": "-c jit=off", **options},
    }


BASE_DIR = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("LUYTRE_HOME") or BASE_DIR / "var")
PORT = int(os.environ.get("PORT") or 8000)
DEBUG = os.environ.get("LUYTRE_DEBUG") == "1"
SECRET_KEY = required("LUYTRE_SECRET_KEY")
AUDIT_KEY = required("LUYTRE_AUDIT_KEY")
ORIGIN = os.environ.get("LUYTRE_ORIGIN", "")
IS_SECURE = ORIGIN.startswith("https://")
HOSTS = [host for host in os.environ.get("LUYTRE_HOSTS", "").split(",") if host]
ALLOWED_HOSTS = [*HOSTS, "localhost", "127.0.0.1", "[::1]"]
if ORIGIN:
    CSRF_TRUSTED_ORIGINS = [ORIGIN]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django_linear_migrations",
    "django_htmx",
    "axes",
    "procrastinate.contrib.django",
    "luytre.common",
    "luytre.audit",
    "luytre.areas",
    "luytre.accounts",
    "luytre.ui",
    "luytre.reporting",
    "luytre.administration",
    "luytre.registry",
    "luytre.tips",
    "luytre.bulletins",
    "luytre.activities",
    "django.forms",  # after our own, whose templates of widgets go first
    "luytre.portal",
    "luytre.api",
    "luytre.running",
    "allauth",  # after ours: our templates come first
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "luytre.tips.quiet.QuietMiddleware",  # first: nothing after it knows who sends a tip
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "luytre.running.replicas.ReplicaMiddleware",  # not used without a replica
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "luytre.accounts.access.AccessMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "luytre.ui.security.PolicyMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "luytre.ui.rendering.FormRenderer"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "luytre.ui.context.page",
            ],
        },
    },
]

DATABASES = {"default": {**database(required("LUYTRE_DATABASE_URL")), "CONN_HEALTH_CHECKS": True}}
if os.environ.get("LUYTRE_POOL", "1") == "1":
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 8, "timeout": 5}

# Read replicas, if there are any: addresses separated by commas
for number, url in enumerate(filter(None, os.environ.get("LUYTRE_REPLICA_URLS", "").split(",")), start=1):
    replica = {**database(url), "CONN_HEALTH_CHECKS": True, "TEST": {"MIRROR": "default"}}
    replica["OPTIONS"].setdefault("connect_timeout", 2)
    if os.environ.get("LUYTRE_POOL", "1") == "1":
        replica["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 8, "timeout": 2}
    DATABASES[f"replica{number}"] = replica
if len(DATABASES) > 1:
    DATABASE_ROUTERS = ["luytre.running.replicas.Router"]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "luytre.accounts.backends.SignInBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "luytre.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = False  # django-axes counts failures per account and address, also without a cache
ACCOUNT_FORMS = {"login": "luytre.accounts.forms.SignInForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_SECURE
MFA_TOTP_ISSUER = "Lũy Tre"
MFA_ADAPTER = "luytre.accounts.second_step.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "luytre.accounts.forms.SecondStepForm",
    "reauthenticate": "luytre.accounts.forms.ConfirmCodeForm",
    "add_webauthn": "luytre.accounts.forms.AddKeyForm",
    "edit_webauthn": "luytre.accounts.forms.RenameKeyForm",
}
SECOND_STEP_REQUIRED_OF = [role for role in os.environ.get("LUYTRE_SECOND_STEP_REQUIRED_OF", "").split(",") if role]
PROXY_COUNT = int(
    os.environ.get("LUYTRE_PROXIES") or 0
)  # proxies of ours in front; only their word on addresses counts
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "accounts/locked_out.html"
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "luytre.accounts.backends.name_tried"
AXES_CLIENT_IP_CALLABLE = "luytre.accounts.backends.client_address"
AXES_SENSITIVE_PARAMETERS = ["login", "code", "credential"]
AXES_HTTP_RESPONSE_CODE = 429
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = ["axes.W003"]

API_CALLS_A_MINUTE = {
    "token": int(os.environ.get("LUYTRE_API_CALLS_A_MINUTE") or 1200),
    "anybody": int(os.environ.get("LUYTRE_API_CALLS_OF_ANYBODY") or 120),
}  # of one caller, in each process of the web server

# Tips
TIPS_ROOT = os.environ.get(
    "LUYTRE_TIPS_ROOT", ""
)  # the root's public key, 64 hexadecimal digits: `luytre tips ceremony`
TIPS_PUZZLE_BITS = int(os.environ.get("LUYTRE_TIPS_PUZZLE_BITS") or 12)  # each bit doubles the work of sending
TIPS_PLAIN_AT_ONCE = int(os.environ.get("LUYTRE_TIPS_PLAIN_AT_ONCE") or 4)  # sealed here, in each process
TIPS_EXIT = os.environ.get("LUYTRE_TIPS_EXIT", "https://vi.wikipedia.org/")  # where "exit this page" leads
TIPS_CLOSED = os.environ.get("LUYTRE_TIPS", "") == "closed"  # on purpose; what is not sound closes it by itself
TIPS_MANIFEST = os.environ.get("LUYTRE_TIPS_MANIFEST") or str(HOME / "tips-manifest.json")  # signed list of scripts
TIPS_AN_HOUR = int(os.environ.get("LUYTRE_TIPS_AN_HOUR") or 600)  # for one desk, in each process of the web server

# Sessions, cookies, headers
SESSION_COOKIE_NAME = "luytre_session" if not PORT else f"luytre_session_{PORT}"
SESSION_COOKIE_AGE = 60 * 60 * 10
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = IS_SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = IS_SECURE
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if IS_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_SECURE
SECURE_HSTS_PRELOAD = IS_SECURE
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_SECURE else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
X_FRAME_OPTIONS = "DENY"

# Words and time
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "luytre" / "locale"]
FORMAT_MODULE_PATH = ["luytre.common.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
LANGUAGE_COOKIE_NAME = "luytre_language"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365

# Files
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
MEDIA_ROOT = HOME / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG else "luytre.ui.storage.HashedFiles"
    },
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

PROCRASTINATE_ON_APP_READY = None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"axes": {"level": "ERROR"}},  # who failed to sign in stands in the database for a month, not in logs
}
