"""A small, faultless package on disk: two lessons, the four kinds, one figure, everything that is shared."""

from pathlib import Path

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360"><path class="{}" d="M0 0L9 9"/></svg>\n'

TOPICS = """\
topics:
  - key: burns
    slug: burns
    icon: fire
    urgent: true
    texts:
      en: {name: "Burns", summary: "Hot water, fire."}
      ar: {name: "حروق", summary: "ماء ساخن، نار."}
"""
SKILLS = """\
skills:
  - key: cool-a-burn
    texts: {en: {name: "Cool a burn"}, ar: {name: "تبريد الحرق"}}
    parts:
      - key: twenty-minutes
        texts: {en: {name: "Twenty minutes"}, ar: {name: "عشرون دقيقة"}}
"""
SOURCES = """\
sources:
  - key: BURN25
    title: "Burns guideline"
    publisher: "A burns association"
    year: 2025
    url: "https://burns.example/"
"""
FACTS = """\
facts:
  - key: emergency-number
    kind: phone
    texts:
      en: {label: "Emergency number", default: "your local emergency number"}
      ar: {label: "رقم الطوارئ", default: "رقم الطوارئ في بلدك"}
"""
GLOSSARY = """\
terms:
  - key: blister
    texts:
      en: {term: "Blister", definition: "A bubble of skin."}
      ar: {term: "فقاعة", definition: "فقاعة في الجلد."}
"""
COURSE = """\
format: 1
key: BU
edition: "2026.1"
slug: burns
topics: [burns]
minutes: 8
valid_months: 12
source_language: en
texts:
  en:
    title: "Burns"
    summary: "Cool, cover, call."
    audience: "Everyone"
    outcomes: ["Say how long to cool a burn", "Say what not to put on it"]
  ar:
    title: "الحروق"
    summary: "برّدوا وغطّوا واتصلوا."
    outcomes: ["مدة تبريد الحرق", "ما لا يوضع عليه"]
sources: [BURN25]
modules:
  - key: BU-M1
    texts: {en: {title: "First"}, ar: {title: "أولًا"}}
    lessons: [cool-it, cover-it]
"""
FINAL = """\
pass_mark: 0.8
draw: 3
time_limit_minutes: 10
attempt_limit: null
"""
LESSON = """\
key: {key}
slug: {slug}
minutes: 4
topics: [burns]
skills: [twenty-minutes]
source_language: en
sources:
  - {{key: BURN25, note: "Cooling"}}
review: {{by: null, at: null, due: 2027-11-01}}
"""
ENGLISH = """\
---
title: {title}
summary: What to do with a burn.
objective: After this lesson you can say how long to cool a burn.
---
::: first
Cool it under running water, then call {{fact:emergency-number}}.
:::

## What to do

![Water runs over a hand.](figures/water.svg "Cool for 20 minutes.")

See [the other lesson]({link}).
"""
ARABIC = """\
---
title: {title}
summary: ماذا تفعلون عند الحرق.
objective: بعد هذا الدرس تستطيعون ذكر مدة التبريد.
---
::: first
برّدوه تحت ماء جارٍ ثم اتصلوا: {{fact:emergency-number}}.
:::

## ماذا تفعلون

![ماء يجري على يد.](figures/water.svg "برّدوه 20 دقيقة.")

انظروا [الدرس الآخر]({link}).
"""
FIRST_QUIZ = """\
pass_mark: 0.8
draw: 2
questions:
  - key: BU-1-Q1
    kind: single_choice
    critical: true
    skills: {twenty-minutes: 1}
    sources: [BURN25]
    options: [water, ice, paste]
    right: water
    texts:
      en:
        stem: "A child has touched a hot pan. What now?"
        options: {water: "Cool water", ice: "Ice from the freezer", paste: "Toothpaste"}
        explanation: "Water cools, and does no harm."
        feedback: {ice: "Ice harms the skin.", paste: "Paste holds the heat."}
      ar:
        stem: "لمس طفل مقلاة ساخنة. ماذا الآن؟"
        options: {water: "ماء بارد", ice: "ثلج", paste: "معجون أسنان"}
        explanation: "الماء يبرّد ولا يؤذي."
        feedback: {ice: "الثلج يؤذي الجلد.", paste: "المعجون يحبس الحرارة."}
  - key: BU-1-Q2
    kind: numerical
    skills: {cool-a-burn: 0.5, twenty-minutes: 1}
    right: {min: 20}
    near: {min: 10}
    texts:
      en: {stem: "How long?", unit: "minutes", explanation: "Twenty.", feedback: {low: "Longer."}}
      ar: {stem: "كم؟", unit: "دقيقة", explanation: "عشرون.", feedback: {low: "أطول."}}
"""
SECOND_QUIZ = """\
pass_mark: 0.5
questions:
  - key: BU-2-Q1
    kind: true_false
    skills: {cool-a-burn: 1}
    right: false
    texts:
      en: {stem: "Butter helps.", explanation: "It does not.", feedback: "It holds the heat."}
      ar: {stem: "الزبدة تفيد.", explanation: "لا تفيد.", feedback: "تحبس الحرارة."}
  - key: BU-2-Q2
    kind: multiple_choice
    skills: {cool-a-burn: 1}
    options: [film, cloth, wool]
    right: [film, cloth]
    texts:
      en:
        stem: "What may cover it?"
        options: {film: "Cling film", cloth: "A clean cloth", wool: "Cotton wool"}
        explanation: "Nothing that sticks."
        feedback: {film: "Film does not stick.", cloth: "A clean cloth is right.", wool: "Wool sticks."}
      ar:
        stem: "بمَ يُغطّى؟"
        options: {film: "غلاف بلاستيكي", cloth: "قماش نظيف", wool: "قطن"}
        explanation: "لا شيء يلتصق."
        feedback: {film: "لا يلتصق.", cloth: "صحيح.", wool: "القطن يلتصق."}
"""

FILES = {
    "shared/topics.yaml": TOPICS,
    "shared/skills.yaml": SKILLS,
    "shared/sources.yaml": SOURCES,
    "shared/local-facts.yaml": FACTS,
    "shared/glossary.yaml": GLOSSARY,
    "burns/course.yaml": COURSE,
    "burns/final.yaml": FINAL,
    "burns/cool-it/lesson.yaml": LESSON.format(key="BU-1", slug="cool-it"),
    "burns/cool-it/lesson.en.md": ENGLISH.format(title="Cool it", link="lesson:BU-2"),
    "burns/cool-it/lesson.ar.md": ARABIC.format(title="برّدوه", link="lesson:BU-2"),
    "burns/cool-it/quiz.yaml": FIRST_QUIZ,
    "burns/cool-it/figures/water.svg": SVG.format("ink"),
    "burns/cover-it/lesson.yaml": LESSON.format(key="BU-2", slug="cover-it"),
    "burns/cover-it/lesson.en.md": ENGLISH.format(title="Cover it", link="https://burns.example/"),
    "burns/cover-it/lesson.ar.md": ARABIC.format(title="غطّوه", link="https://burns.example/"),
    "burns/cover-it/quiz.yaml": SECOND_QUIZ,
    "burns/cover-it/figures/water.svg": SVG.format("ink"),
}


def write_package(folder: Path) -> Path:
    for name, text in FILES.items():
        write(folder, name, text)
    return folder


def write(folder: Path, name: str, text: str | bytes) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)


def change(folder: Path, name: str, old: str, new: str) -> None:
    """Replace `old`, which must be there, throughout a file."""
    path = folder / name
    text = path.read_text()
    assert old in text, f"{old!r} is not in {name}"
    path.write_text(text.replace(old, new))


VARIANT = """\
sources:
  - {key: BURN25, note: "Cooling, the American way"}
review: {by: null, at: null, due: 2027-11-01}
"""
VARIANT_QUIZ = """\
questions:
  - key: BU-1-AHA-Q1
    kind: true_false
    skills: {twenty-minutes: 1}
    right: true
    texts:
      en: {stem: "Aha: water first.", explanation: "Water.", feedback: "Water."}
      ar: {stem: "أها: الماء أولًا.", explanation: "الماء.", feedback: "الماء."}
"""
PROFILE = """\
  - key: resuscitation-profile
    kind: choice
    texts:
      en: {label: "Guidelines", default: "erc"}
      ar: {label: "الإرشادات", default: "erc"}
"""
AHA = "burns/cool-it/variants/aha"


def add_variant(folder: Path) -> Path:
    """The first lesson of the small package also for AHA; its second question is then for ERC alone."""
    write(folder, f"{AHA}/variant.yaml", VARIANT)
    write(folder, f"{AHA}/lesson.en.md", ENGLISH.format(title="Cool it, the American way", link="lesson:BU-2"))
    write(folder, f"{AHA}/lesson.ar.md", ARABIC.format(title="برّدوه كالأمريكيين", link="lesson:BU-2"))
    write(folder, f"{AHA}/quiz.yaml", VARIANT_QUIZ)
    change(folder, "burns/cool-it/quiz.yaml", "key: BU-1-Q2\n", "key: BU-1-Q2\n    profile: erc\n")
    write(folder, "shared/local-facts.yaml", FACTS + PROFILE)
    return folder
