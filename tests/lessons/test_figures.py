"""How a photograph stands in a text: in all its widths and formats, its place kept free, the first one at once."""

import re

import pytest

from lessons.focus import Focus
from lessons.markdown import render
from lessons.markdown.figures import Shown
from lessons.markdown.sanitising import sanitised
from lessons.models import Media, Rendition, RevisionMedia
from lessons.publishing import publish_revision
from lessons.renditions import AVIF, WEBP
from tests.factories import LONG_AGO, MediaFactory, RevisionFactory

pytestmark = pytest.mark.django_db
FIRST = "::: first\nCall.\n:::\n\n"
LINE = "![Two hands.](hands.webp)"


def photograph(width: int = 1000, size: int = 90_000) -> Media:
    media: Media = MediaFactory(width=width, height=width // 2, size=size)
    return media


def rendition(media: Media, width: int, size: int, mime: str = WEBP) -> Rendition:
    sha256 = f"{Rendition.objects.count() + 500:064x}"
    file = f"{sha256[:2]}/{sha256}.{mime.removeprefix('image/')}"
    fields = {"width": width, "height": width // 2, "size": size, "mime": mime, "file": file, "sha256": sha256}
    return Rendition.objects.create(media=media, **fields)


def html_of(media: Media, text: str = LINE) -> str:
    return render(FIRST + text, {"hands.webp": Shown(media)}, language="en").html.split("</div>\n", 1)[1]


def offered(html: str) -> dict[str, list[int]]:
    """The widths that a browser may choose from, by type."""
    sources = re.findall(r'<source type="([^"]+)" srcset="([^"]+)"', html)
    return {mime: [int(width) for width in re.findall(r" (\d+)w", files)] for mime, files in sources}


def test_a_photograph_without_renditions_is_one_image() -> None:
    media = photograph()
    assert html_of(media) == (
        f'<figure><img src="/media/{media.sha256}.webp" width="1000" height="500" alt="Two hands." '
        'fetchpriority="high" decoding="async"></figure>'
    )


def test_a_browser_may_choose_among_the_widths_the_picture_itself_the_widest() -> None:
    media = photograph()
    small, middle = rendition(media, 320, 10_000), rendition(media, 640, 40_000)
    html = html_of(media)
    assert (
        f'<source type="image/webp" srcset="/media/{small.sha256}.webp 320w, /media/{middle.sha256}.webp 640w, '
        f'/media/{media.sha256}.webp 1000w" sizes="min(38rem, 100vw - 4rem)"><img ' in html
    )


def test_avif_comes_first_where_every_width_has_it() -> None:
    media = photograph()
    rendition(media, 320, 10_000)
    rendition(media, 320, 5_000, AVIF)
    assert offered(html_of(media)) == {WEBP: [320, 1000]}
    media = photograph()
    rendition(media, 320, 10_000)
    for width, size in ((320, 5_000), (1000, 50_000)):
        rendition(media, width, size, AVIF)
    assert list(offered(html_of(media)).items()) == [(AVIF, [320, 1000]), (WEBP, [320, 1000])]


def test_a_narrower_file_that_is_heavier_is_not_offered() -> None:
    media = photograph(size=20_000)
    rendition(media, 320, 10_000)
    rendition(media, 640, 30_000)
    assert offered(html_of(media)) == {WEBP: [320, 1000]}


def test_a_small_picture_may_have_nothing_but_an_avif() -> None:
    media = photograph(width=300)
    rendition(media, 300, 4_000, AVIF)
    assert offered(html_of(media)) == {AVIF: [300]}


@pytest.mark.parametrize(
    ("text", "first_at_once"),
    [
        (LINE, True),
        (f"Words.\n\n{LINE}", False),
        (f"## Words\n\n{LINE}", False),
    ],
)
def test_only_a_picture_right_behind_the_first_block_is_fetched_at_once(text: str, first_at_once: bool) -> None:
    html = html_of(photograph(), f"{text}\n\n{LINE}")
    assert html.count('loading="lazy"') == 2 - first_at_once
    assert ('fetchpriority="high"' in html) == first_at_once
    assert "fetchpriority" not in html.split("</figure>", 1)[1]


def test_every_picture_says_its_size_so_that_nothing_moves() -> None:
    html = html_of(photograph(), f"{LINE}\n\n{LINE}")
    assert re.findall(r'<img [^>]*width="1000" height="500"', html) == re.findall(r"<img [^>]*height=\"500\"", html)
    assert html.count("<img") == 2


def test_publishing_writes_down_the_renditions_that_there_are_then() -> None:
    media = photograph()
    rendition(media, 320, 10_000)
    revision = RevisionFactory(markdown=f"{FIRST}{LINE}\n")
    RevisionMedia.objects.create(revision=revision, media=media, name="hands.webp")
    publish_revision(revision, LONG_AGO)
    revision.refresh_from_db()
    assert offered(revision.html) == {WEBP: [320, 1000]}
    rendition(media, 640, 40_000)
    revision.refresh_from_db()
    assert offered(revision.html) == {WEBP: [320, 1000]}


GOOD = f"/media/{'a' * 64}.webp"


@pytest.mark.parametrize(
    "html",
    [
        f'<picture><source type="text/html" srcset="{GOOD} 320w" sizes="min(38rem, 100vw - 4rem)"></picture>',
        f'<picture><source type="image/webp" srcset="{GOOD} 320w, https://e.org/x.webp 640w"></picture>',
        '<picture><source type="image/webp" srcset="data:image/webp;base64,AA 320w"></picture>',
        f'<picture><source type="image/webp" srcset="{GOOD} 320w" sizes="100vw" media="print"></picture>',
        '<img src="https://e.org/x.webp">',
        '<img src="//e.org/x.webp">',
        '<img src="data:image/svg+xml,x">',
        f'<img src="{GOOD}" srcset="https://e.org/x.webp 2x" fetchpriority="low" loading="eager">',
        f'<source src="{GOOD}">',
    ],
)
def test_the_last_step_lets_nothing_but_our_own_pictures_through(html: str) -> None:
    clean = sanitised(html)
    for left in ("e.org", "data:", "text/html", "media=", '100vw"', "low", "eager", "<source src="):
        assert left not in clean, clean


def test_the_last_step_changes_nothing_of_what_is_written_here() -> None:
    media = photograph()
    rendition(media, 320, 10_000)
    html = html_of(media)
    assert sanitised(html) == html


def test_a_high_photograph_that_opens_a_lesson_is_cropped_around_its_focus() -> None:
    media = MediaFactory(width=600, height=800)
    html = render(FIRST + LINE, {"hands.webp": Shown(media, Focus(22, 81))}, language="en").html
    assert 'class="lead-picture focus-x-20 focus-y-80"' in html


def test_a_broad_photograph_is_shown_whole() -> None:
    assert "lead-picture" not in html_of(photograph())


def test_a_photograph_further_down_is_shown_whole() -> None:
    media = MediaFactory(width=600, height=800)
    assert "lead-picture" not in html_of(media, f"Go on.\n\n{LINE}")


def test_a_drawing_is_shown_whole() -> None:
    media = MediaFactory(width=600, height=800, mime="image/svg+xml", file=f"aa/{'a' * 64}.svg")
    assert "lead-picture" not in html_of(media)


def test_publishing_writes_the_focus_of_the_revision() -> None:
    revision = RevisionFactory(markdown=FIRST + LINE)
    media = MediaFactory(width=600, height=800)
    RevisionMedia.objects.create(revision=revision, media=media, name="hands.webp", focus_x=0, focus_y=100)
    publish_revision(revision, LONG_AGO)
    assert 'class="lead-picture focus-x-0 focus-y-100"' in revision.html


def test_a_decorative_picture_says_nothing() -> None:
    html = html_of(photograph(), "![](hands.webp){decorative}")
    assert html.startswith('<figure aria-hidden="true"><img ')
    assert ' alt="" ' in html
    assert "decorative" not in html


def test_publishing_keeps_that_a_picture_is_decorative() -> None:
    revision = RevisionFactory(markdown=f"{FIRST}![](hands.webp){{decorative}}")
    use = RevisionMedia.objects.create(revision=revision, media=MediaFactory(), name="hands.webp", alt="Two hands.")
    publish_revision(revision, LONG_AGO)
    use.refresh_from_db()
    assert (use.alt, use.decorative) == ("", True)
