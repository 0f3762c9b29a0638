"""The words that the rules look for, in their one form (`lessons.search.normalising`), by language.

Arabic writes no capitals and joins its small words to the next one, so the words that are looked for are whole ones.
"""

import re

from lessons.search.normalising import PIECE, normalise

NEGATIONS = {
    "en": re.compile(r"\b(except|not|never|least likely|cannot|\w+n[’']t)\b", re.IGNORECASE),
    "ar": re.compile(r"(?<!\w)(ليس|ليست|ليسوا|لسن|عدا|ماعدا|باستثناء|إلا|سوى|لا (يجوز|ينبغي|يصح|يجب|يعد|تعد))(?!\w)"),
}
"""What turns a question round, so that who knows the answer can still miss it."""
WHY_NOT = {
    "en": re.compile(r"\b(why|whether or not|not only|not yet)\b", re.IGNORECASE),
    "ar": re.compile(r"(?<!\w)(لماذا|لم لا|ليس فقط|ليس بعد)(?!\w)"),
}
"""Questions in which a negation is the matter itself."""
STRESSED = re.compile(r"\*\*[^*]+\*\*|\b(NOT|EXCEPT|NEVER)\b")
"""A negation that nobody can read over."""
ABSOLUTES = {
    "en": re.compile(
        r"\b(always|(?<!has )(?<!have )(?<!had )never|in (all|every) cases?|under no circumstances|no matter what)\b",
        re.IGNORECASE,
    ),
    "ar": re.compile(r"(?<!\w)(دائم[اً]*|أبد[اً]*|مطلق[اً]*|في (كل|جميع) الأحوال|في (كل|جميع) الحالات|مهما كان)(?!\w)"),
}
"""Words so strong that test-wise readers strike the option out."""
ALL_OR_NONE = re.compile(
    r"\b(all|none|any|both|two|some) of (the )?(above|below|these|those|answers|options|others|rest)\b"
    r"|\b(both )?[a-d] (and|or) [a-d]\b"
    r"|(كل|جميع|لا شيء|أي|بعض) م?ما (سبق|تقدم|ذكر|ورد|يلي)|(كل|جميع) (الإجابات|الخيارات|ما ذكر)"
    r"|(?<!\w)[أا] و ?[بج](?!\w)",
    re.IGNORECASE,
)
TASK = {
    "en": re.compile(
        r"(^|[.:;,]\s+)(choose|tick|select|name|give|mark|find|pick|tap|point|show|put|match|write|complete|fill|decide)\b",
        re.IGNORECASE,
    ),
    "ar": re.compile(
        r"(?<!\w)(اختاروا|اختر|حددوا|حدّدوا|اذكروا|ضعوا|اكتبوا|أكملوا|أشيروا|المسوا|رتبوا|رتّبوا|صلوا|طابقوا|عينوا|عيّنوا"
        r"|أعطوا|سموا|سمّوا|دلوا|دلّوا|ابحثوا|احسبوا|قدروا|قدّروا)(?!\w)"
    ),
}
"""A stem that gives a task asks too."""
NUMBER_WORDS = {
    "en": [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "fift",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twe",
        "thirt",
        "fort",
        "hundred",
        "half",
        "once",
        "first",
    ],
    "ar": [
        "صفر",
        "واحد",
        "اثن",
        "ثلاث",
        "اربع",
        "خمس",
        "ست",
        "سبع",
        "ثمان",
        "تسع",
        "عشر",
        "احد",
        "مئ",
        "نصف",
        "مره",
        "مرت",
        "اول",
        "ثان",
        "ثالث",
        "رابع",
    ],
}
"""How numbers begin where they are written out."""
SMALL_WORDS = 4
"""Words of fewer letters than one more are too common to tell anything."""


def content_words(text: str) -> set[str]:
    """Its longer words in their one form, without the Arabic article and the joined small words before it."""
    return {word for found in PIECE.findall(normalise(text)) if len(word := bare(found)) > SMALL_WORDS}


def bare(word: str) -> str:
    """A word in its one form without the Arabic article and what is joined before it."""
    return re.sub(r"^(?:[وفبكل]?ال|لل)(?=\w{4})", "", word)
