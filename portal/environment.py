"""What the portal takes from its environment, with safe defaults. An unsafe production is refused with the reason."""

from pathlib import Path
from typing import Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf.locale import LANG_INFO
from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

BASE_DIR = Path(__file__).resolve().parent.parent
LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}


class Environment(BaseSettings):
    """One attribute a variable of the environment; `docs/operations.md` explains each."""

    model_config = SettingsConfigDict(extra="ignore", env_ignore_empty=True)

    secret_key: SecretStr = SecretStr("")
    secret_key_fallbacks: list[str] = Field(default_factory=list)
    debug: bool = False
    demo: bool = False
    allowed_hosts: str = ""
    database_url: str = ""
    redis_url: str = ""
    var_dir: Path = BASE_DIR / "var"
    port: int = 8000
    log_level: str = "INFO"
    email_url: str = ""
    email_from: str = "portal@localhost"
    worker: bool = False
    origin: str = Field("", pattern=r"^(https?://[^/]+)?$")
    proxies: int = 0
    arabic_digits: str = Field("latn", pattern="^(latn|arab)$")
    guest_days: int = Field(400, ge=1)
    erase_days: int = Field(14, ge=1, le=90)
    answer_months: int = Field(24, ge=1, le=1200)
    review_days: int = Field(60, ge=0, le=3650)
    statistics: bool = True
    statistics_fewest: int = Field(10, ge=10, le=100)
    statistics_fewest_for_share: int = Field(30, ge=30, le=100)
    statistics_month_lag: int = Field(0, ge=0, le=12)
    statistics_licence: str = ""
    languages: str = "ar,en"
    default_language: str = "ar"
    time_zone: str = "UTC"
    sms_sender: str = ""
    sms_per_hour: int = Field(1000, ge=1, le=5000)
    phone_country: str = Field("", pattern="^([A-Z]{2})?$")
    oidc_issuer: str = Field("", pattern=r"^(https?://[^?#]+)?$")
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_client_secret_file: Path | None = None
    oidc_names: dict[str, str] = Field(default_factory=dict)

    @property
    def hosts(self) -> list[str]:
        return [host.strip() for host in self.allowed_hosts.split(",") if host.strip()]

    @property
    def language_codes(self) -> list[str]:
        """The languages that the portal speaks, in the order in which they stand."""
        return list(dict.fromkeys(code.strip() for code in self.languages.split(",") if code.strip()))

    @property
    def oidc_secret(self) -> str:
        """The secret that the identity service knows the portal by, from a file or the environment."""
        if self.oidc_client_secret_file:
            return self.oidc_client_secret_file.read_text().strip()
        return self.oidc_client_secret.get_secret_value()

    @field_validator("time_zone")
    @classmethod
    def time_zone_is_known(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("TIME_ZONE must name a time zone as IANA does, such as Asia/Baghdad") from None
        return name

    @model_validator(mode="after")
    def languages_are_known(self) -> Self:
        """Raises ValueError where a language is not one that Django knows, or the first is none of them."""
        if unknown := [code for code in self.language_codes if "name" not in LANG_INFO.get(code, {})]:
            raise ValueError(f"LANGUAGES must be codes of languages, comma between, such as ar,en,fr: {unknown[0]}")
        if self.default_language not in self.language_codes:
            raise ValueError("DEFAULT_LANGUAGE must be one of LANGUAGES")
        return self

    @model_validator(mode="after")
    def texts_have_a_country(self) -> Self:
        """Raises ValueError where texts could be sent to any country of the world."""
        if self.sms_sender and not self.phone_country:
            raise ValueError("SMS_SENDER needs PHONE_COUNTRY, two letters such as IQ: whose numbers are written to")
        return self

    @model_validator(mode="after")
    def identity_service_is_whole(self) -> Self:
        """Raises ValueError where half of what a log-in with an identity service needs is missing, or HTTP is plain."""
        if not self.oidc_issuer:
            return self
        host = urlsplit(self.oidc_issuer).hostname
        if self.oidc_issuer.startswith("http:") and not (host in LOOPBACK and (self.demo or self.debug)):
            raise ValueError("OIDC_ISSUER must begin with https://")
        if self.oidc_client_secret_file and not self.oidc_client_secret_file.is_file():
            raise ValueError("OIDC_CLIENT_SECRET_FILE names no file")
        if not (self.oidc_client_id and self.oidc_secret and self.oidc_names):
            raise ValueError("OIDC_ISSUER needs OIDC_CLIENT_ID, OIDC_NAMES and OIDC_CLIENT_SECRET (or its _FILE) too")
        return self

    @model_validator(mode="after")
    def bands_of_figures_are_in_order(self) -> Self:
        """Raises ValueError where groups that are told could be larger than those that have a share."""
        if self.statistics_fewest >= self.statistics_fewest_for_share:
            raise ValueError("STATISTICS_FEWEST must be less than STATISTICS_FEWEST_FOR_SHARE")
        return self

    @model_validator(mode="after")
    def refuse_what_is_unsafe(self) -> Self:
        """Raises ValueError naming the variable, when this could not be run safely."""
        if self.demo and not set(self.hosts) <= LOOPBACK:
            raise ValueError("DEMO=1 serves loopback only: leave ALLOWED_HOSTS empty or unset DEMO")
        if self.demo or self.debug:
            return self
        if len(self.secret_key.get_secret_value()) < 50:
            raise ValueError("SECRET_KEY must hold at least 50 characters in production")
        if not self.hosts or "*" in self.hosts:
            raise ValueError("ALLOWED_HOSTS must name the portal's host names, comma between, and no *")
        return self
