"""Whether both locks hold what pyproject.toml asks for, hashed and without an address. Needs no network."""

import re
import sys
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from house import ROOT

PIN = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s;]+)[^\n]*\\\n", re.MULTILINE)


def faults(lock: str, wanted: list[str]) -> list[str]:
    """What is wrong with one lock's text, in sentences."""
    pins = {canonicalize_name(name): version for name, version in PIN.findall(lock)}
    found = []
    for requirement in map(Requirement, wanted):
        version = pins.get(canonicalize_name(requirement.name))
        if version is None or not requirement.specifier.contains(version, prereleases=True):
            found.append(f"has {version or 'nothing'} for {requirement}: run make lock")
    entries = [entry for entry in re.split(r"\n(?=[A-Za-z0-9])", lock) if not entry.startswith("#")]
    found += [f"has no hash for {entry.split()[0]}" for entry in entries if "--hash=sha256:" not in entry]
    if re.search(r"://|--(extra-)?index-url|--find-links", lock):
        found.append("names an address")
    return found


def main() -> int:
    """Print every fault of both locks; 1 when there is one."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    running, developing = project["project"]["dependencies"], project["dependency-groups"]["dev"]
    wanted = {"requirements.lock": running, "requirements-dev.lock": [*running, *developing]}
    found = [f"{name} {fault}" for name, needs in wanted.items() for fault in faults((ROOT / name).read_text(), needs)]
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
