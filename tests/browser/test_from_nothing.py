"""A lesson from nothing, in Arabic: written, translated, reviewed, published at its time, read, and published anew."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Browse
from tests.browser.counting import Hand
from tests.browser.driver import Visitor, axe, see_whole
from tests.browser.photographs import photograph
from tests.browser.test_reviewing import ITS_TIME_COMES, main_of, tick_and_publish
from tests.browser.walks import follow, go_on, log_in, path_of
from tests.server import PortalServer

COURSE = "evacuation-shelter"
TITLE, TITLE_EN = "حروق المطبخ: برّدها أولًا", "Kitchen burns: cool them first"
SUMMARY = "ماذا تفعل في الدقائق الأولى بعد حرق في المطبخ."
OBJECTIVE = "تبرّد الحرق تبريدًا صحيحًا وتعرف متى تطلب الإسعاف."
FIRST = "::: first\nضع موضع الحرق تحت ماء جارٍ فاتر، وأبقه هناك عشرين دقيقة.\n:::"
STEPS = [
    "أبعد المصاب عن مصدر الحرارة.",
    "انزع الخواتم والساعة قبل أن يتورّم الموضع.",
    "غطِّ الحرق بغطاء نظيف لا يلتصق به.",
]
WRONG, RIGHT = "انتظر ساعة قبل أن تطلب المساعدة.", "إذا كان الحرق أكبر من كف المصاب فاطلب الإسعاف فورًا."
ALT, ALT_EN = "شارع بيوته منخفضة تحت سماء واسعة.", "A street of low houses under a wide sky."
CELLS = ["الحرق", "ما تفعله", "احمرار بلا فقاعات", "برّده ولا تضع عليه شيئًا", "فقاعات", "برّده وغطّه ولا تفقأها"]
ENGLISH = {
    "title": TITLE_EN,
    "summary": "What to do in the first minutes after a burn in the kitchen.",
    "objective": "You cool a burn in the right way and know when to call an ambulance.",
}
BLOCKS = {
    "::: first": "::: first\nHold the burn under cool running water and keep it there for twenty minutes.\n:::",
    "::: steps": "::: steps\n1. Move away from the heat.\n2. Take off rings.\n3. Cover it.\n:::",
    "|": "| The burn | What you do |\n| --- | --- |\n| Red | Cool it |\n| Blisters | Cool and cover it |",
    WRONG: "Wait an hour before you ask for help.",
    "![": f"![{ALT_EN}](figures/street.webp)",
}
STEMS = ["كم دقيقة تُبرَّد الحروق؟", "المعجون يبرّد الحرق.", "ما أول ما تفعله بعد حرق في اليد؟"]
NEW_TITLE, NEW_STEM = "حروق المطبخ: الماء أولًا", "سؤال مكتوب من جديد: ما الصواب؟"


def test_a_lesson_from_nothing_to_its_second_edition(browse: Browse, own_server: PortalServer, tmp_path: Path) -> None:
    instructor = browse(1024, 768, server=own_server, locale="ar")
    reviewer = browse(768, 1024, server=own_server)
    log_in(instructor, "instructor", "ar")
    log_in(reviewer, "reviewer")
    hand, eye = Hand(instructor.page), Hand(reviewer.page)

    lesson = make(hand, photograph(tmp_path))
    ask(hand)
    set_check(hand)
    translate(hand)
    release = send(hand)
    whole = hand.cost
    sent_back(eye, release)
    mend_and_send_again(hand, lesson, release)
    approve(eye, release)
    assert all(spent <= most for spent, most in zip(whole, (14, 24, 52), strict=True)), whole
    assert hand.screens - whole[0] <= 4, hand.cost
    assert all(spent <= most for spent, most in zip(eye.cost, (7, 12, 3), strict=True)), eye.cost
    print(f"\nwritten {whole}, mended too {hand.cost}, reviewed {eye.cost}")  # noqa: T201

    address = lesson.rstrip("/").rpartition("/")[2]
    page = f"/ar/courses/{COURSE}/{address}/"
    stranger = browse(server=own_server)
    stranger.expect_console("404")
    assert stranger.visit(page).status == 404
    assert own_server.manage("shell", "-c", ITS_TIME_COMES).split()[-1] == "1"
    citizen = browse(360, 740, server=own_server, locale="ar")
    read_in_both(citizen, page)
    middle, before = begin_check(citizen, page)

    renew(instructor, lesson, before)
    tick_and_publish(reviewer, path_of(instructor.page))
    citizen.visit(middle)
    assert citizen.page.locator("#answer-form").inner_text() == before
    newcomer = browse(server=own_server, locale="ar")
    assert NEW_TITLE in main_of(newcomer, page)
    assert NEW_STEM in all_of_check(newcomer, page)
    assert NEW_STEM not in finish(citizen)


def make(hand: Hand, picture: Path) -> str:
    """The lesson with its text, its picture and its place; the address of its page."""
    hand.visit("/ar/studio/")
    hand.follow("a[href$='/lessons/new/']")
    hand.write("title", TITLE)
    place = hand.page.locator(f"select[name=place] option[value^='{COURSE}:']").last.get_attribute("value")
    hand.choose("place", str(place))
    hand.follow(".studio-save button")
    lesson = path_of(hand.page)
    expect(hand.page.locator(".lesson-lacks li")).not_to_have_count(0)
    hand.write("ar-summary", SUMMARY)
    hand.write("ar-objective", OBJECTIVE)
    write_text(hand)
    upload(hand, picture)
    axe(hand.page)
    see_whole(hand.page)
    return lesson


def write_text(hand: Hand) -> None:
    """With the tools for the steps and the table."""
    field = hand.write("ar-markdown", f"{FIRST}\n\n" + "\n".join(STEPS))
    field.evaluate("(field, at) => field.setSelectionRange(at, field.value.length)", len(FIRST) + 2)
    hand.press("#ar [data-does=steps]")
    field.press("Control+End")
    hand.press("#ar [data-opens=table]")
    hand.page.locator("#editor-table [name=rows]").fill("2")
    hand.press("#editor-table [type=submit]")
    expect(field).to_have_value(re.compile(r"\| ?---"))
    table = "| {} | {} |\n| --- | --- |\n| {} | {} |\n| {} | {} |".format(*CELLS)
    text = field.input_value()
    assert "::: steps\n1. " in text
    hand.write("ar-markdown", f"{text[: text.index('|')].rstrip()}\n\n{table}\n\n{WRONG}")


def upload(hand: Hand, picture: Path) -> None:
    """Credited and put into the text in one go."""
    hand.page.locator("[name=picture-file]").set_input_files(picture)
    hand.fields += 1
    hand.write("picture-alt_ar", ALT)
    hand.press("#pictures details.more summary")
    hand.choose("credit-licence", "own")
    hand.write("credit-author", "الدفاع المدني")
    hand.follow("[data-picture-upload]")
    expect(hand.page.locator("[name=ar-markdown]")).to_have_value(
        re.compile(re.escape(f"![{ALT}](figures/street.webp)"))
    )


def ask(hand: Hand) -> None:
    """Three questions of three kinds, each leading to the next one."""
    hand.follow("#questions a[href$='/new/numerical/']")
    hand.write("stem_ar", STEMS[0])
    hand.write("unit_ar", "دقيقة")
    hand.write("right_min", "20")
    hand.write("right_max", "20")
    hand.write("low_ar", "هذا أقل مما يلزم.")
    hand.write("high_ar", "هذا أكثر مما يلزم.")
    hand.write("explanation_ar", "عشرون دقيقة تخفّف الألم وعمق الحرق.")
    next_question(hand, "true_false")
    hand.write("stem_ar", STEMS[1])
    hand.press("[name=right][value='false'], [name=right][value='False']")
    hand.write("feedback_ar", "المعجون يحبس الحرارة ويلوّث الجرح.")
    hand.write("explanation_ar", "الماء الجاري وحده يبرّد الحرق.")
    next_question(hand, "single_choice")
    hand.write("stem_ar", STEMS[2])
    for number, (text, why) in enumerate(OPTIONS):
        hand.write(f"option-{number}-text-ar", text)
        if why:
            hand.write(f"option-{number}-why-ar", why)
    hand.press("[name=right]")
    hand.write("explanation_ar", "التبريد يأتي قبل كل شيء.")
    axe(hand.page)
    hand.press(".save-next summary")
    hand.follow(".save-next button[value=lesson]")
    assert "/questions/" not in hand.page.url, hand.page.locator("main").inner_text()


OPTIONS = [
    ("أضعها تحت ماء جارٍ فاتر", ""),
    ("أضع عليها ثلجًا", "الثلج يؤذي الجلد المحروق."),
    ("أدهنها بالزيت", "الزيت يحبس الحرارة."),
]


def next_question(hand: Hand, kind: str) -> None:
    hand.press(".save-next summary")
    axe(hand.page)
    hand.follow(f".save-next button[value={kind}]")
    assert f"/questions/new/{kind}/" in hand.page.url, hand.page.locator("main").inner_text()


def set_check(hand: Hand) -> None:
    hand.follow(".studio-ways a[href$='/check/']")
    hand.write("pass_mark", "60")
    hand.follow(".studio-save button")


def translate(hand: Hand) -> None:
    """Text, then questions, then on to the review."""
    hand.follow(".lesson-lacks a[href$='/translate/en/']")
    for name, words in ENGLISH.items():
        hand.write(name, words)
    for row in hand.page.locator(".translation-row:has([name^='row-'])").all():
        source = row.locator(".translation-text").inner_text()
        words = next(words for beginning, words in BLOCKS.items() if source.startswith(beginning))
        row.locator("textarea").fill(words)
        hand.fields += 1
    axe(hand.page)
    hand.follow("[name=then][value=questions]")
    for number, field in enumerate(hand.page.locator(".translation textarea").all()):
        field.fill(f"English words {number}.")
        hand.fields += 1
    hand.follow("[name=then][value=send]")


def send(hand: Hand) -> str:
    """Everything of the lesson is ticked already: two texts, three questions, its place."""
    boxes = hand.page.locator("[name=picks]")
    expect(boxes).to_have_count(6)
    assert all(box.is_checked() for box in boxes.all())
    axe(hand.page)
    hand.follow("main form[method=post] button.btn-primary")
    assert re.search(r"/studio/releases/\d+/$", hand.page.url), hand.page.locator("main").inner_text()
    return path_of(hand.page)


def sent_back(eye: Hand, release: str) -> None:
    """With a remark at the paragraph that is wrong."""
    eye.visit("/en/studio/")
    eye.follow(
        f"#waiting ~ * a[href$='{release.removeprefix('/ar')}'], .panel a[href$='{release.removeprefix('/ar')}']"
    )
    axe(eye.page)
    block = eye.page.locator(".review-block", has_text=WRONG).first
    block.locator(".review-say summary").last.click()
    block.locator(".review-say textarea").last.fill("Not an hour: a burn larger than the palm needs an ambulance.")
    with eye.page.expect_navigation():
        block.locator(".review-say button").last.click()
    eye.presses, eye.fields, eye.screens = eye.presses + 2, eye.fields + 1, eye.screens + 1
    eye.visit(release.replace("/ar/", "/en/"))
    eye.follow("#comments button[formaction]")


def mend_and_send_again(hand: Hand, lesson: str, release: str) -> None:
    """In both languages, from the first page, which says that it came back."""
    hand.visit("/ar/studio/")
    assert release in hand.page.locator("#drafts ~ *").first.inner_html()
    hand.follow(f".unfinished a[href='{lesson}']")
    assert "Not an hour" in hand.page.locator("main").inner_text()
    for language, wrong, right in (("ar", WRONG, RIGHT), ("en", BLOCKS[WRONG], "Larger than the palm: call at once.")):
        field = hand.page.locator(f"[name={language}-markdown]")
        hand.write(f"{language}-markdown", field.input_value().replace(wrong, right))
    hand.follow("[name=then][value=send]")
    assert path_of(hand.page) == f"{release}edit/"
    hand.follow("main form[method=post] button.btn-primary")


def approve(eye: Hand, release: str) -> None:
    """For a time that comes; every box is ticked first."""
    eye.visit(release.replace("/ar/", "/en/"))
    for box in eye.page.locator("#publish [type=checkbox]").all():
        box.check()
        eye.presses += 1
    eye.write("publish_at", "2031-01-01T08:00")
    eye.follow("#publish button")
    assert "It goes out by itself" in eye.page.locator("main").inner_text()


def read_in_both(citizen: Visitor, page: str) -> None:
    arabic = main_of(citizen, page)
    assert TITLE in arabic
    assert RIGHT in arabic
    assert WRONG not in arabic
    assert CELLS[-1] in arabic
    assert citizen.page.locator("figure img").count() == 1
    axe(citizen.page)
    see_whole(citizen.page)
    english = main_of(citizen, page.replace("/ar/", "/en/"))
    assert TITLE_EN in english
    assert "call at once" in english


def answer_anything(page: Page) -> None:
    """The first option, or a number."""
    if page.locator("input[name=answer][type=radio]").count():
        page.locator("input[name=answer]").first.check()
    else:
        page.locator("input[name=answer]").fill("20")
    follow(page, "button[form=answer-form]")


def begin_check(citizen: Visitor, page: str) -> tuple[str, str]:
    """The first question answered, the second one before them: its address and its words."""
    citizen.visit(f"{page}quiz/")
    answer_anything(citizen.page)
    go_on(citizen.page)
    return path_of(citizen.page), citizen.page.locator("#answer-form").inner_text()


def renew(instructor: Visitor, lesson: str, seen: str) -> None:
    """Another title, and other words for the question that the citizen has before them; both go to review."""
    page = instructor.page
    stem = next(stem for stem in STEMS if stem in seen)
    instructor.visit(lesson)
    follow(page, f"#questions .studio-list a:has-text('{stem}')")
    page.locator("[name=stem_ar]").fill(NEW_STEM)
    follow(page, ".studio-save > button")
    instructor.visit(lesson)
    page.locator("[name=ar-title]").fill(NEW_TITLE)
    follow(page, "[name=then][value=send]")
    follow(page, "main form[method=post] button.btn-primary")
    assert re.search(r"/studio/releases/\d+/$", page.url), page.locator("main").inner_text()


def all_of_check(visitor: Visitor, page: str) -> str:
    """The words of the whole check."""
    visitor.visit(f"{page}quiz/")
    return finish(visitor)


def finish(visitor: Visitor) -> str:
    """Answer what is left; the words of these questions."""
    words = []
    while visitor.page.locator("input[name=submission_id]").count():
        words.append(visitor.page.locator("#answer-form").inner_text())
        answer_anything(visitor.page)
        go_on(visitor.page)
    return "\n".join(words)
