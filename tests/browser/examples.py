"""One example page for every route. A route without one fails the test that walks the URLconf."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, get_resolver

# Whoever opens the page, and where; {course}, {lesson}, {attempt}… are filled with what the test has made.
PAGES: dict[str, tuple[str, str]] = {
    "home:home": ("guest", "/{lang}/"),
    "home:search": ("guest", "/{lang}/search/?q=cpr"),
    "home:glossary": ("guest", "/{lang}/glossary/"),
    "home:my_learning": ("learner", "/{lang}/my-learning/"),
    "home:my_skills": ("learner", "/{lang}/my-learning/skills/"),
    "home:certificates": ("graduate", "/{lang}/my-learning/certificates/"),
    "home:certificate": ("graduate", "{certificate}"),
    "home:style_guide": ("instructor", "/{lang}/style-guide/"),
    "home:style_guide_panel": ("instructor", "/{lang}/style-guide/dark/"),
    "lessons:topics": ("guest", "/{lang}/topics/"),
    "lessons:topic": ("guest", "/{lang}/topics/someone-collapsed/"),
    "lessons:catalogue": ("guest", "/{lang}/courses/"),
    "lessons:course": ("learner", "/{lang}/courses/life-saving/"),
    "lessons:lesson": ("guest", "/{lang}/courses/life-saving/adult-cpr/"),
    "quizzes:check": ("guest", "/{lang}/courses/life-saving/adult-cpr/quiz/"),
    "quizzes:final": ("guest", "/{lang}/courses/life-saving/final/"),
    "quizzes:question": ("learner", "{feedback}"),
    "quizzes:overview": ("learner", "{overview}"),
    "quizzes:result": ("learner", "{result}"),
    "quizzes:pace": ("learner", "/{lang}/time-in-quizzes/"),
    "account_profile": ("citizen", "/{lang}/account/"),
    "account_login": ("guest", "/{lang}/account/login/"),
    "account_delete": ("newcomer", "/{lang}/account/delete/"),
    "account_deleted": ("guest", "/{lang}/account/deleted/"),
    "account_confirm_login_code": ("waiting", "/{lang}/account/login/code/confirm/"),
    "account_set_password": ("newcomer", "/{lang}/account/password/set/"),
    "account_logout": ("citizen", "/{lang}/account/logout/"),
    "account_signup": ("guest", "/{lang}/account/signup/"),
    "account_inactive": ("guest", "/{lang}/account/inactive/"),
    "account_email": ("citizen", "/{lang}/account/email/"),
    "account_email_verification_sent": ("guest", "/{lang}/account/confirm-email/"),
    "account_confirm_email": ("guest", "/{lang}/account/confirm-email/no-such-key/"),
    "account_change_password": ("citizen", "/{lang}/account/password/change/"),
    "account_reset_password": ("guest", "/{lang}/account/password/reset/"),
    "account_reset_password_done": ("guest", "/{lang}/account/password/reset/done/"),
    "account_reset_password_from_key": ("guest", "/{lang}/account/password/reset/key/1-no-such-key/"),
    "account_reset_password_from_key_done": ("guest", "/{lang}/account/password/reset/key/done/"),
    "account_reauthenticate": ("citizen", "/{lang}/account/reauthenticate/?next=/{lang}/"),
    "mfa_index": ("citizen", "/{lang}/account/second-factor/"),
    "mfa_activate_totp": ("citizen", "/{lang}/account/second-factor/totp/activate/"),
    "reports:completion": ("manager", "/{lang}/reports/"),
    "organisations:organisations": ("admin", "/{lang}/organisations/"),
    "organisations:organisation": ("manager", "/{lang}/organisations/demo-school/"),
    "organisations:add": ("manager", "/{lang}/organisations/demo-school/add/"),
    "organisations:assign": ("manager", "/{lang}/organisations/demo-school/assign/"),
    "organisations:change": ("admin", "/{lang}/organisations/demo-ministry/courses/life-saving/"),
    "organisations:end": ("manager", "/{lang}/organisations/demo-school/members/1/end/"),
    "studio:home": ("instructor", "/{lang}/studio/"),
    "studio:course": ("instructor", "/{lang}/studio/courses/life-saving/"),
    "studio:lesson": ("instructor", "/{lang}/studio/lessons/adult-cpr/"),
    "studio:preview": ("instructor", "/{lang}/studio/lessons/adult-cpr/preview/"),
    "studio:new_question": ("instructor", "/{lang}/studio/lessons/adult-cpr/questions/new/single_choice/"),
    "studio:question": ("instructor", "/{lang}/studio/lessons/adult-cpr/questions/LS-2-Q1/"),
    "studio:try_question": ("instructor", "/{lang}/studio/lessons/adult-cpr/questions/LS-2-Q1/try/"),
    "studio:corrections": ("admin", "/{lang}/studio/corrections/"),
    "studio:regrade": ("reviewer", "/{lang}/studio/lessons/adult-cpr/questions/LS-2-Q1/regrade/"),
    "studio:new_release": ("instructor", "/{lang}/studio/courses/life-saving/release/"),
    "studio:release": ("reviewer", "/{lang}/studio/releases/1/"),
    "exchange:read_questions": ("instructor", "/{lang}/studio/lessons/adult-cpr/read-questions/"),
    "exchange:packages": ("admin", "/{lang}/studio/packages/"),
    "studio:pictures": ("instructor", "/{lang}/studio/pictures/?lesson=adult-cpr"),
    "studio:picture": ("instructor", "/{lang}/studio/pictures/1/"),
    "studio:add_pictures": ("instructor", "/{lang}/studio/pictures/add/?lesson=adult-cpr"),
    "studio:use_picture": ("instructor", "/{lang}/studio/pictures/1/use/?lesson=adult-cpr"),
    "studio:upkeep": ("instructor", "/{lang}/studio/upkeep/"),
    "studio:upkeep_list": ("reviewer", "/{lang}/studio/upkeep/reviews/"),
    "bank:questions": ("instructor", "/{lang}/studio/bank/?q=hand&sort=hard"),
    "bank:question": ("instructor", "/{lang}/studio/bank/starter/LS-2-Q3/"),
    "bank:preview": ("reviewer", "/{lang}/studio/bank/starter/LS-2-Q3/preview/?moment=wrong"),
    "bank:frame": ("instructor", "/{lang}/studio/bank/starter/LS-2-Q3/preview/before/"),
    "analysis:questions": ("instructor", "/{lang}/studio/analysis/life-saving/?sort=hard"),
    "analysis:question": ("instructor", "/{lang}/studio/analysis/life-saving/questions/LS-2-Q3/"),
    "analysis:quizzes": ("instructor", "/{lang}/studio/analysis/life-saving/quizzes/"),
    "analysis:myths": ("reviewer", "/{lang}/studio/analysis/life-saving/myths/"),
}

# What a citizen opens first: these must be light and quick on a slow phone network.
FIRST_PAGES = ("/{lang}/", "/{lang}/topics/someone-collapsed/", "/{lang}/courses/life-saving/adult-cpr/")

# Routes that are no page of their own, and why.
NO_PAGE: dict[str, str] = {
    "plain:root": "sends people to their language",
    "plain:health": "for load balancers",
    "plain:robots": "for search engines",
    "plain:sitemap": "for search engines",
    "plain:sitemap_part": "for search engines",
    "home:manifest": "for who installs the portal",
    "home:suggest": "titles as JSON, for the search field",
    "media": "a picture",
    "lessons:by_key": "sends readers to the lesson",
    "quizzes:read": "takes a form only",
    "quizzes:start": "takes a form only",
    "account_export": "a file",
    "worksheets:save": "takes a form only",
    "account_theme": "takes a form only",
    "account_resend_login_code": "takes a form only",
    "mfa_authenticate": "only in the middle of a log-in with a second factor",
    "mfa_reauthenticate": "only for an account with a second factor",
    "mfa_deactivate_totp": "only for an account with a second factor",
    "mfa_view_recovery_codes": "only for an account with a second factor",
    "mfa_generate_recovery_codes": "only for an account with a second factor",
    "mfa_download_recovery_codes": "a file",
    "reports:completion_csv": "a file",
    "analysis:questions_csv": "a file",
    "exchange:download": "a file",
    "exchange:download_all": "a file",
    "exchange:waiting": "only for a package that was sent, walked in tests of the room",
    "exchange:look_again": "takes a form only",
    "exchange:read": "takes a form only",
    "exchange:discard": "takes a form only",
    "bank:duplicate": "takes a form only",
    "bank:move": "takes a form only; what it asks is walked in its own test",
    "bank:restore": "takes a form only",
    "bank:retire": "takes a form only; what it asks is walked in its own test",
    "analysis:count": "takes a form only",
    "reports:completion_xlsx": "a file",
    "studio:edit_release": "only for a release that was sent back, walked in its own test",
    "studio:live_preview": "answers the studio's script, walked in its own test",
    "studio:live_question": "answers the studio's script, walked in its own test",
    "studio:live_new_question": "answers the studio's script, walked in its own test",
    "studio:crop_picture": "only for a photograph, walked in its own test",
    "studio:credit_picture": "takes a form only",
    "studio:restore_picture": "takes a form only",
    "studio:discard": "takes a form only",
    "studio:discard_question": "takes a form only",
    "studio:comment": "takes a form only",
    "studio:publish": "takes a form only",
    "studio:send_back": "takes a form only",
    "studio:withdraw": "takes a form only",
}


def routes() -> Iterator[str]:
    """The full name of every route of the portal's own; Django's administration is walked by its own test."""
    yield from _walk(get_resolver("portal.urls"), "")


def _walk(resolver: Any, namespace: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}"
        elif entry.namespace != "admin":
            yield from _walk(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
