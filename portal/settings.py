"""Settings, from the environment with safe defaults (see `portal/environment.py` and `docs/operations.md`)."""

import sys
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from portal.environment import BASE_DIR, LOOPBACK, Environment

try:
    ENVIRONMENT = Environment()
except ValidationError as error:
    sys.exit("The portal does not start: " + "; ".join(str(fault["msg"]) for fault in error.errors()))

VAR_DIR = ENVIRONMENT.var_dir
VAR_DIR.mkdir(parents=True, exist_ok=True)
DEBUG = ENVIRONMENT.debug
DEMO = ENVIRONMENT.demo
LOCAL = DEBUG or DEMO
SECRET_KEY = ENVIRONMENT.secret_key.get_secret_value() or "only-for-development-on-this-machine-" + "0" * 20
SECRET_KEY_FALLBACKS = ENVIRONMENT.secret_key_fallbacks
ALLOWED_HOSTS = ENVIRONMENT.hosts or sorted(LOOPBACK)
_HOST = f"localhost:{ENVIRONMENT.port}" if LOCAL else ALLOWED_HOSTS[0].lstrip(".")
ORIGIN = ENVIRONMENT.origin or f"{'http' if LOCAL else 'https'}://{_HOST}"

INSTALLED_APPS = [
    "portal.accounts",
    "portal.home",
    "portal.language",
    "portal.studio",
    "portal.reports",
    "portal.analysis",
    "portal.exchange",
    "portal.worksheets",
    "portal.nation",
    "quizzes",
    "lessons",
    "crispy_forms",
    "crispy_bootstrap5",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    "tree_queries",
    "rules.apps.AutodiscoverRulesConfig",
    "portal.administration.Administration",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "portal.static_files.StaticFiles",
    "django.forms",
]

MIDDLEWARE = [
    "portal.home.middleware.request_log",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_http_compression.middleware.HttpCompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.home.middleware.no_sensors",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.accounts.sessions.last_seen",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "quizzes.middleware.spent_cookie",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
APPEND_SLASH = True

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "lessons.pages.site",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "portal.language.templatetags.language",
            ],
        },
    }
]

# The database: SQLite in WAL, every commit on disk; or PostgreSQL with a pool that gives up soon when it is gone.
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(ENVIRONMENT.database_url or f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000;",
    }
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        {
            "pool": {"min_size": 1, "max_size": 8, "timeout": 3, "reconnect_timeout": 1},
            "connect_timeout": 3,
            "options": "-c jit=off",
        }
    )
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # the pool hands out none that a restart has cut
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Caches: "pages" keeps public pages for all processes, so they can be read while the database is away.
if ENVIRONMENT.redis_url:
    _REDIS = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": ENVIRONMENT.redis_url}
    CACHES: dict[str, Any] = {"default": _REDIS, "pages": {**_REDIS, "KEY_PREFIX": "pages", "TIMEOUT": None}}
else:
    _FILES = {"BACKEND": "portal.file_cache.FileCache"}
    CACHES = {
        # Limits of log-ins are counted here: Django's 300 entries would let a flood of others push them out.
        "default": {**_FILES, "LOCATION": VAR_DIR / "cache", "OPTIONS": {"MAX_ENTRIES": 10_000}},
        "pages": {**_FILES, "LOCATION": VAR_DIR / "pages", "TIMEOUT": None, "OPTIONS": {"MAX_ENTRIES": 5000}},
    }
STAMP_FILE = None if ENVIRONMENT.redis_url else VAR_DIR / "stamp"

# Languages: the address says which.
LANGUAGE_CODE = ENVIRONMENT.default_language
LANGUAGES = [(code, _(LANG_INFO[code]["name"])) for code in ENVIRONMENT.language_codes]
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = [VAR_DIR / "locale"]  # compiled from portal/locale/ by portal.language
ARABIC_DIGITS = ENVIRONMENT.arabic_digits
GUEST_DAYS = ENVIRONMENT.guest_days
ERASE_DAYS = ENVIRONMENT.erase_days
ANSWER_MONTHS = ENVIRONMENT.answer_months
REVIEW_DAYS = ENVIRONMENT.review_days
STATISTICS = ENVIRONMENT.statistics
STATISTICS_FEWEST = ENVIRONMENT.statistics_fewest
STATISTICS_FEWEST_FOR_SHARE = ENVIRONMENT.statistics_fewest_for_share
STATISTICS_MONTH_LAG = ENVIRONMENT.statistics_month_lag
STATISTICS_LICENCE = ENVIRONMENT.statistics_licence
USE_I18N = True
USE_TZ = True
TIME_ZONE = ENVIRONMENT.time_zone

# Files.
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "portal.static_storage.HashedStaticFiles"
    },
}
WHITENOISE_MAX_AGE = 60
WHITENOISE_ROOT = BASE_DIR / "static" / "root"  # what browsers ask for at the root: favicon.ico, apple-touch-icon.png
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# People.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "portal.accounts.backend.PortalBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "portal.accounts.passwords.LongEnough"},
    {"NAME": "portal.accounts.passwords.NotKnown"},
    {"NAME": "portal.accounts.passwords.NotGuessable"},
]
ACCOUNT_ADAPTER = "portal.accounts.adapter.PortalAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # the password is the log-in's; our own sign-up asks for none
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "portal.accounts.adapter.display_name"
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
# A school or a camp may share one address, so an address may do much; one account may not be guessed at.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "request_login_code": "300/m/ip,5/10m/key,30/d/key",
    "signup": "120/m/ip",
}
ACCOUNT_FORMS = {
    "add_email": "portal.accounts.forms.AddEmailForm",
    "change_password": "portal.accounts.forms.ChangePasswordForm",
    "login": "portal.accounts.forms.LoginForm",
    "reauthenticate": "portal.accounts.forms.ReauthenticateForm",
    "reset_password": "portal.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "portal.accounts.forms.ResetPasswordKeyForm",
    "set_password": "portal.accounts.forms.SetPasswordForm",
    "signup": "portal.accounts.forms.SignupForm",
}
MFA_ADAPTER = "portal.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a finger, a face or a PIN: the passkey is two factors in one
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL  # http://localhost, which browsers take for safe
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
MFA_FORMS = {
    "activate_totp": "portal.accounts.forms.ActivateTOTPForm",
    "add_webauthn": "portal.accounts.passkeys.AddPasskeyForm",
    "authenticate": "portal.accounts.forms.AuthenticateForm",
    "authenticate_webauthn": "portal.accounts.passkeys.SecondStepForm",
    "edit_webauthn": "portal.accounts.passkeys.RenamePasskeyForm",
    "login_webauthn": "portal.accounts.passkeys.LoginForm",
    "reauthenticate": "portal.accounts.forms.SecondFactorAgainForm",
    "reauthenticate_webauthn": "portal.accounts.passkeys.ReauthenticateForm",
}
MFA_TOTP_TOLERANCE = 1  # the code before and the one after count too: clocks differ and people type slowly
SMS_SENDER = ENVIRONMENT.sms_sender
SMS_PER_HOUR = ENVIRONMENT.sms_per_hour
PHONE_COUNTRY = ENVIRONMENT.phone_country
OIDC_ISSUER = ENVIRONMENT.oidc_issuer
OIDC_CLIENT_ID = ENVIRONMENT.oidc_client_id
OIDC_CLIENT_SECRET = ENVIRONMENT.oidc_secret
OIDC_NAMES = ENVIRONMENT.oidc_names
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:my_learning"
LOGOUT_REDIRECT_URL = "home:home"
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.proxies

# Mail: to a folder in the embedded default.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = ENVIRONMENT.email_from
if ENVIRONMENT.email_url:
    from portal.mail import mail_settings

    globals().update(mail_settings(ENVIRONMENT.email_url))

# Background tasks: done at once, or left to `manage.py db_worker`.
WORKER = ENVIRONMENT.worker
_TASKS = "django_tasks_db.DatabaseBackend" if WORKER else "django_tasks.backends.immediate.ImmediateBackend"
TASKS = {"default": {"BACKEND": _TASKS}}

# Forms.
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Safety.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LOCAL
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "portal.home.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SECURE_SSL_REDIRECT = not LOCAL
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 0 if LOCAL else 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not LOCAL
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.proxies else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "media-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "portal.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": ENVIRONMENT.log_level},
    "loggers": {"django": {"handlers": [], "level": ENVIRONMENT.log_level, "propagate": True}},
}
