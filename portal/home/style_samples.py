"""What the style guide fills the components with: words of both languages, and a question of every kind."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.forms import plain_helper
from quizzes.accommodations import CHOICES
from quizzes.allowance import Allowance
from quizzes.calibration import Calibration, Level, SureAndWrong
from quizzes.clocks import Clock, Reaction
from quizzes.kinds import KINDS
from quizzes.kinds.base import PARTLY, RIGHT, WRONG, Drawing, Picture
from quizzes.kinds.hotspot import drawn, marks_of
from quizzes.kinds.shapes import Region
from quizzes.policies import Policy

TOKENS = (
    *("paper", "card", "sunk", "ink", "soft", "line", "edge", "blue", "blue-strong", "blue-wash", "orange"),
    *("orange-strong", "orange-wash", "good", "good-wash", "bad", "bad-wash", "partly", "partly-wash", "deep"),
)
ICONS = (
    *("heart", "fire", "siren", "exit", "phone", "drop", "choke", "quake", "flood", "burn", "gas", "heat", "object"),
    *("check", "cross", "arrow", "back", "clock", "print", "globe", "moon", "sun", "auto", "menu", "person"),
    *("warning", "book", "medal", "home", "list", "edit", "chart", "download"),
)
WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "sentence": "Press hard on the wound and do not lift your hand.",
        "short": "Stop severe bleeding",
        "course": "Life-saving",
        "summary": "What to do in the first minutes, step by step.",
        "options": ["Press hard on the wound", "Wait for the ambulance", "Wash the wound"],
        "why": "Minutes count: a person can bleed to death before help comes.",
        "new_edition": "The course has a new edition: 1 new lesson.",
        "unit": "presses a minute",
        "markdown": (
            "::: first\nCall for help, then press hard on the wound.\n:::\n\n"
            "A wound that spurts cannot wait. See what the hands do.\n\n## In order\n\n"
            "::: steps\n1. **Press.** With both hands, straight down.\n2. **Hold.** Do not lift to look.\n:::\n\n"
            "::: numbers\n- **5–6 cm** deep\n- **100–120** presses a minute\n:::\n\n"
            "::: do\n- Keep pressing until help takes over.\n:::\n\n"
            "::: dont\n- Do not pull out what is stuck in.\n:::\n\n"
            "::: warning\nA bandage that is soaked through is not enough.\n:::\n\n"
            "| sign | first |\n|---|---|\n| spurts | press |\n| oozes | cover |\n\n"
            "::: key\nPress hard, hold on, call.\n:::\n"
        ),
    },
    "ar": {
        "sentence": "اضغطوا بقوة على الجرح ولا ترفعوا أيديكم.",
        "short": "إيقاف النزيف الشديد",
        "course": "إنقاذ الحياة",
        "summary": "ما تفعلونه في الدقائق الأولى، خطوة بعد خطوة.",
        "options": ["الضغط بقوة على الجرح", "انتظار سيارة الإسعاف", "غسل الجرح"],
        "why": "الدقائق ثمينة: قد ينزف المصاب حتى الموت قبل وصول المساعدة.",
        "new_edition": "صدرت طبعة جديدة من الدورة، وفيها درس جديد واحد.",
        "unit": "ضغطة في الدقيقة",
        "markdown": (
            "::: first\nاطلبوا المساعدة ثم اضغطوا بقوة على الجرح.\n:::\n\n"
            "الجرح الذي يندفع منه الدم لا ينتظر. انظروا ما تفعله اليدان.\n\n## بالترتيب\n\n"
            "::: steps\n1. **اضغطوا.** بكلتا اليدين وإلى الأسفل.\n2. **اثبتوا.** لا ترفعوا أيديكم للنظر.\n:::\n\n"
            "::: numbers\n- **5–6 سم** عمقًا\n- **100–120** ضغطة في الدقيقة\n:::\n\n"
            "::: do\n- واصلوا الضغط حتى تصل المساعدة.\n:::\n\n::: dont\n- لا تنزعوا ما انغرز في الجرح.\n:::\n\n"
            "::: warning\nالضمادة المشبعة بالدم لا تكفي.\n:::\n\n"
            "| العلامة | أولًا |\n|---|---|\n| يندفع | اضغطوا |\n| يسيل | غطّوا |\n\n"
            "::: key\nاضغطوا بقوة، واثبتوا، واتصلوا.\n:::\n"
        ),
    },
}


@dataclass(frozen=True)
class Said:
    """A message as Django shows one."""

    level_tag: str
    text: str

    def __str__(self) -> str:
        return self.text


class SampleForm(forms.Form):
    """One field of each sort; sent empty, so that errors show."""

    name = forms.CharField(label=_("Name"), help_text=_("As it should be shown."))
    day = forms.DateField(label=_("Day"))
    words = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=[("ar", _("Arabic")), ("en", _("English"))])
    agreed = forms.BooleanField(label=_("Yes"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper(*self.fields)


def samples(language: str) -> dict[str, Any]:
    """Everything that the panel's components are filled with, in one language."""
    words = WORDS[language]
    here = reverse("lessons:catalogue")
    return words | {
        "here": here,
        "cards": [_card(words, here, number) for number in (1, 2)],
        "lines": [
            {"id": number, "number": number, "title": words["short"], "minutes": 4, "url": here, "current": number == 2}
            for number in (1, 2, 3)
        ],
        "tiles": [
            {"name": words["short"], "summary": words["summary"], "icon": icon, "url": here}
            for icon in ("heart", "exit", "quake")
        ],
        "standings": [_standing(words, here, state) for state in ("started", "complete", "expired")],
        "verdicts": [RIGHT, PARTLY, WRONG],
        "dots": ["right", "partly", "wrong", "answered", "now", "todo"],
        "sources": [{"title": words["course"], "publisher": words["short"], "year": 2025, "url": here, "note": ""}],
        "quiz": {"title": words["short"], "back_url": here},
        "deadline": timezone.now() + timedelta(minutes=5),
        "clock": Clock(20, 12),
        "reaction": Reaction(20, 12, in_time=True),
        "policy": Policy("after_due", is_open=False, opens_at=timezone.now() + timedelta(days=7)),
        "allowed": Allowance("cooldown", 2, timezone.now() + timedelta(hours=1)),
        "paces": CHOICES,
        "pace_chosen": "1.5",
        "calibration": Calibration(
            [Level("sure", 3, 4), Level("unsure", 1, 2), Level("guess", 0, 1)],
            [SureAndWrong(2, words["sentence"], None)],
        ),
        "kinds": [question(kind, words) for kind in KINDS],
        "review": {**reviewed(words), "answered": True, "stem": words["short"], "whys": [words["why"]]},
        "spot_review": {**reviewed(words), "answered": True, "drawing": _drawing(words)},
        "order_review": {"kind": "ordering", "lines": _lines(words)},
        "gaps_review": {"kind": "gap_fill", "lines": _gaps(words)},
        "result": {"kind": "lesson", "title": words["short"], "snippet": words["summary"], "url": here, "minutes": 4}
        | {"label": words["course"], "within": words["course"], "language": language},
        "found": {"page": 2, "pages": 3, "typed": words["short"]},
        "topic": _topic(words, language),
        "narration": {"seconds": 185, "megabytes": 1.2, "narrator": words["course"], "url": ""},
        "credit": {"author": words["course"], "licence": "CC BY 4.0", "modified": True},
        "number_review": {"answer_display": "90", "right_display": "100–120"},
    }


def question(kind: str, words: dict[str, Any]) -> dict[str, Any]:
    """A question as it is asked."""
    places = [{"value": at, "text": at, "chosen": at == 2} for at in (1, 2, 3)]
    options = [
        {"id": f"{kind}-{at}", "text": text, "checked": at == 1, "input_id": f"{kind}-{at}", "choices": places}
        | {"before": f" {words['unit']} "}
        for at, text in enumerate(words["options"])
    ]
    return {
        "kind": kind,
        "stem": words["short"],
        "options": options,
        "unit": words["unit"],
        "answer_text": "110",
        "drawing": _drawing(words, f"{kind}-"),
        "templates": [f"quizzes/kinds/{kind}.html", "quizzes/kinds/any.html"],
    }


def _drawing(words: dict[str, Any], prefix: str = "") -> Drawing:
    """A picture that is not kept, with a region of each shape; without a prefix as after an answer."""
    regions = [
        Region(id="0", rect=(60, 60, 150, 120)),
        Region(id="1", circle=(360, 140, 80)),
        Region(id="2", polygon=[(470, 300), (610, 300), (540, 180)]),
    ]
    kept = Picture(file=f"{0:064x}.svg", width=640, height=340)
    marks = marks_of(regions, ["0", "1", "2"], kept)
    shown = [
        replace(
            mark, input_id=prefix and f"{prefix}{mark.id}", chosen=mark.id == "1", right=not prefix and mark.id == "0"
        )
        for mark in marks
    ]
    return drawn(kept, words["short"], shown)


def reviewed(words: dict[str, Any]) -> dict[str, Any]:
    """A question after its answer: one right option missed, one wrong option chosen."""
    options = [
        {"text": text, "chosen": at == 1, "right": at == 0, "why": words["why"]}
        for at, text in enumerate(words["options"])
    ]
    return {"options": options, "explanation": words["sentence"]}


def _lines(words: dict[str, Any]) -> list[dict[str, Any]]:
    """Steps put in order: the first where it belongs, the others exchanged."""
    return [
        {"label": f"{at + 1}.", "text": text, "given": words["why"] * bool(at), "right": not at}
        for at, text in enumerate(words["options"])
    ]


def _gaps(words: dict[str, Any]) -> list[dict[str, Any]]:
    """A text with gaps: the first filled rightly, the second wrongly, the third not at all."""
    return [
        {"before": f"{words['sentence']} ", "text": text, "chosen": chosen, "right": not at, "after": ". "}
        for at, (text, chosen) in enumerate(zip(words["options"], [*words["options"][:2], ""], strict=True))
    ]


def _topic(words: dict[str, Any], language: str) -> dict[str, Any]:
    return {
        "name": words["short"],
        "summary": words["summary"],
        "icon": "drop",
        "urgent": True,
        "lines": words["options"],
        "call": "997",
        "call_when": "at_once",
        "sources": [{"publisher": words["course"], "year": 2025}],
        "language": language,
        "translated": True,
    }


def _card(words: dict[str, Any], here: str, number: int) -> dict[str, Any]:
    counts = {"id": number, "minutes": 12, "lesson_count": 3}
    return counts | {"url": here, "title": words["course"], "summary": words["summary"]}


def _standing(words: dict[str, Any], here: str, state: str) -> dict[str, Any]:
    complete = state == "complete"
    return {
        "course_id": 1,
        "title": words["course"],
        "url": here,
        "state": state,
        "complete": complete,
        "passed": 3 if complete else 1,
        "total": 3,
        "percent": 100 if complete else 33,
        "completed_on": date(2026, 3, 1),
        "expires_on": date(2028, 3, 1),
        "next_title": words["short"],
        "next_url": here,
        "new_edition": words["new_edition"] if complete else "",
        "reasons": [] if complete else [words["why"]],
    }
