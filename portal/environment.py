"""What the portal takes from its environment, with safe defaults. An unsafe production is refused with the reason."""

from pathlib import Path
from typing import Self
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
    review_days: int = Field(60, ge=0, le=3650)
    statistics: bool = True
    statistics_fewest: int = Field(10, ge=10, le=100)
    statistics_fewest_for_share: int = Field(30, ge=30, le=100)
    statistics_month_lag: int = Field(0, ge=0, le=12)
    statistics_licence: str = ""
    languages: str = "ar,en"
    default_language: str = "ar"
    time_zone: str = "UTC"

    @property
    def hosts(self) -> list[str]:
        return [host.strip() for host in self.allowed_hosts.split(",") if host.strip()]

    @property
    def language_codes(self) -> list[str]:
        """The languages that the portal speaks, in the order in which they stand."""
        return list(dict.fromkeys(code.strip() for code in self.languages.split(",") if code.strip()))

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
