"""The table of rights as a page of the documentation."""

from collections.abc import Iterator

from django.utils.translation import override

from portal.accounts.rights import PERMISSIONS, Role, Scope

MEANS = {
    "studio.open": "enter the studio, see lessons, questions and releases, remark on them, make links for experts",
    "studio.write": "write lessons and questions, make courses, send releases to review",
    "studio.review": "publish releases and send them back",
    "courses.arrange": "order the catalogue, put courses and lessons away and bring them back",
    "courses.export": "download course packages",
    "courses.import": "read course packages in",
    "words.translate": "translate the words that lessons share",
    "lessons.suspend": "take a lesson out of view and bring it back",
    "facts.view": "read local facts and try them",
    "facts.write": "change local facts and send them to review",
    "upkeep.view": "see what needs looking at",
    "answers.regrade": "score answers again by a corrected question",
    "log.view": "read what was done to lessons, questions and facts",
    "log.view_all": "read the whole audit log, also what was done to people, and download it",
    "reports.view": "read and download reports",
    "people.view": "see the learning of named people",
    "organisations.manage": "see members, add and end memberships, ask for courses",
    "places.arrange": "add, rename, move and remove organisations; with a role over the nation regions too",
    "admin.open": "open Django's administration (the account must also be of the staff)",
}
WHERE = {
    Scope.NATION: "with a role over the nation",
    Scope.PLACE: "in their own place and below",
    Scope.ANY: "with a role over whatever place",
}
HEAD = """# Who may do what

Made from `portal/accounts/rights.py` by `manage.py describe_rights`; change it there. A role holds from one day to
another, over an organisation, a region or the nation. A superuser may do everything. Whoever has an account sees and
changes their own things. What is not theirs is not there (404); a room that is not theirs is closed (403).
`tests/portal/routes.py` names the right that each address needs, and a test tries every address as every role.

| permission | lets | who | where |
|---|---|---|---|
"""


def page() -> str:
    """The page in Markdown."""
    with override("en"):
        return HEAD + "".join(_lines())


def _lines() -> Iterator[str]:
    for permission, scopes in PERMISSIONS.items():
        for number, (role, scope) in enumerate(scopes.items()):
            begin = f"| `{permission}` | {MEANS[permission]} " if not number else "| | "
            yield f"{begin}| {Role(role).label} | {WHERE[scope]} |\n"
