"""What `docs/deploying/` lays out agrees with the portal that it is to run."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from lessons.pages import OURS
from portal.environment import Environment

ROOT = Path(__file__).resolve().parent.parent.parent
DEPLOYING = ROOT / "docs" / "deploying"
GUNICORNS_OWN = {"BIND", "WEB_WORKERS", "WEB_THREADS"}
WEB = ["web-1", "web-2"]


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    return dict(yaml.safe_load((DEPLOYING / "compose.yaml").read_text())["services"])


def test_two_web_processes_stand_behind_the_proxy_with_a_worker_beside_them(services: dict[str, Any]) -> None:
    assert set(services) == {"postgres", "redis", "prepare", *WEB, "worker", "proxy"}
    assert [services["proxy"]["environment"][f"WEB_{number}"] for number in (1, 2)] == [f"{web}:8000" for web in WEB]


@pytest.mark.parametrize("name", [*WEB, "worker", "prepare"])
def test_every_process_of_the_portal_is_told_only_what_it_knows(services: dict[str, Any], name: str) -> None:
    known = {field.upper() for field in Environment.model_fields} | GUNICORNS_OWN
    assert set(services[name]["environment"]) <= known


def test_only_the_proxy_is_open_to_the_world(services: dict[str, Any]) -> None:
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]


def test_the_proxys_template_is_given_all_it_asks_for(services: dict[str, Any]) -> None:
    asked = set(re.findall(r"\$\{([A-Z][A-Z_0-9]*)\}", (DEPLOYING / "proxy.conf.template").read_text()))
    asked.discard("CAPITALS")
    assert asked == set(services["proxy"]["environment"])


@pytest.mark.parametrize("directive", ["proxy_cache_bypass", "proxy_no_cache"])
def test_the_proxys_cache_knows_every_cookie_for_which_a_page_is_somebodys_own(directive: str) -> None:
    [said] = re.findall(rf"{directive} (.*);", (DEPLOYING / "proxy.conf.template").read_text())
    assert set(re.findall(r"\$cookie_(\w+)", said)) == OURS


def test_the_image_holds_every_folder_that_the_portal_imports_or_shows() -> None:
    copied = set(re.findall(r"^COPY (\S+) ", (DEPLOYING / "Dockerfile").read_text(), re.MULTILINE))
    assert {"portal", "quizzes", "lessons", "templates", "static", "manage.py", "requirements.lock"} <= copied


def test_the_time_zone_is_one_that_there_is() -> None:
    assert Environment(debug=True).time_zone == "UTC"
    assert Environment(debug=True, time_zone="Asia/Baghdad").time_zone == "Asia/Baghdad"
    for name in ("Baghdad", "../etc/passwd", "Asia"):
        with pytest.raises(ValidationError, match="TIME_ZONE must name a time zone"):
            Environment(debug=True, time_zone=name)
