"""A package may hold the recorded voice of a lesson in each of its languages."""

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from lessons.models import Narration, Recording, Revision
from lessons.publishing import publish_revision
from portal.exchange.faults import PackageFaults
from portal.exchange.reading import read_package
from portal.exchange.writing.package import lay_out, write_package
from portal.exchange.zips import write_zip
from portal.studio.drafts import drafts_in
from tests.factories import UserFactory, read_aloud
from tests.portal.exchange.package import AHA, add_variant, change, write
from tests.portal.exchange.test_writing import contents
from tests.voices import SECRET, a_voice

pytestmark = pytest.mark.django_db
FOLDER = "burns/cool-it"
REVIEW = "review: {by: null, at: null, due: 2027-11-01}\n"


@pytest.fixture
def spoken(package: Path) -> Path:
    """The small package, one lesson of it read in Arabic, word for word, and told freely in English."""
    write(package, f"{FOLDER}/narration.ar.mp3", a_voice("mp3"))
    write(package, f"{FOLDER}/narration.en.ogg", a_voice("ogg"))
    write(package, f"{FOLDER}/narration.en.txt", "Hello.\r\n\r\nCool the burn.\n")
    change(package, f"{FOLDER}/lesson.yaml", REVIEW, f'narration:\n  ar: {{by: "منى حداد"}}\n{REVIEW}')
    return package


def told() -> dict[str, tuple[Any, ...]]:
    rows = Narration.objects.filter(revision__state="published").select_related("recording", "revision__text")
    return {
        row.revision.text.language: (row.recording.mime, row.narrator, row.reads_text, row.transcript) for row in rows
    }


def faults_of(package: Path) -> str:
    with pytest.raises(PackageFaults) as refused:
        read_package(package)
    return str(refused.value)


def test_what_it_says_of_each_voice_is_kept(spoken: Path) -> None:
    read_package(spoken)
    assert told() == {
        "ar": ("audio/mpeg", "منى حداد", True, ""),
        "en": ("audio/ogg", "", False, "Hello.\n\nCool the burn."),
    }
    assert not Narration.objects.filter(words_changed=True).exists()


def test_the_files_lie_in_the_media_folder_without_tags(spoken: Path, media_folder: Path) -> None:
    read_package(spoken)
    for recording in Recording.objects.all():
        data = (media_folder / recording.file).read_bytes()
        assert len(data) == recording.size
        assert SECRET.encode() not in data


def test_reading_it_again_changes_nothing(spoken: Path) -> None:
    read_package(spoken)
    report = read_package(spoken)
    assert report.is_quiet
    assert Recording.objects.count() == 2


def test_drafts_that_it_left_are_found_again(spoken: Path) -> None:
    read_package(spoken, publish=False)
    before = Revision.objects.count()
    read_package(spoken, publish=False)
    assert Revision.objects.count() == before


def test_a_dry_run_keeps_nothing(spoken: Path, media_folder: Path) -> None:
    read_package(spoken, dry_run=True)
    assert not Recording.objects.exists()
    assert not media_folder.exists()


def test_it_survives_the_way_through_an_empty_portal(spoken: Path, tmp_path: Path, settings: Any) -> None:
    with transaction.atomic():
        read_package(spoken)
        files = contents(write_package())
        transaction.set_rollback(True)
    assert not Recording.objects.exists()
    with (tmp_path / "burns.zip").open("wb") as target:
        write_zip(files, target)
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    read_package(tmp_path / "burns.zip")
    assert contents(write_package()) == files
    assert f"{FOLDER}/narration.ar.mp3" in files
    assert files[f"{FOLDER}/narration.en.txt"] == b"Hello.\n\nCool the burn.\n"
    assert "منى حداد" in files[f"{FOLDER}/lesson.yaml"].decode()


def test_what_is_written_changes_nothing_where_it_came_from(spoken: Path, tmp_path: Path) -> None:
    read_package(spoken)
    lay_out(write_package().files, tmp_path / "out")
    assert read_package(tmp_path / "out").is_quiet


def test_another_recording_makes_a_new_revision(spoken: Path) -> None:
    read_package(spoken)
    write(spoken, f"{FOLDER}/narration.ar.mp3", a_voice("mp3", tone=600))
    report = read_package(spoken)
    assert report.changed == [f"{FOLDER}/lesson.ar.md"]
    assert Narration.objects.filter(revision__text__language="ar").count() == 2


def test_a_package_without_a_voice_leaves_that_of_the_studio(package: Path) -> None:
    read_package(package)
    revision = Revision.objects.get(text__lesson__slug="cool-it", text__language="en", state="published")
    draft = _recorded(revision)
    assert read_package(package).is_quiet
    change(package, f"{FOLDER}/lesson.en.md", "running water", "cold water")
    read_package(package)
    newest = Revision.objects.get(text=revision.text, state="published")
    assert newest.pk not in (revision.pk, draft.pk)
    assert newest.narration.recording == draft.narration.recording
    assert newest.narration.words_changed


def _recorded(revision: Revision) -> Revision:
    """A newer revision of the same words that is read aloud, published as the studio does it."""
    draft = drafts_in(revision.text.lesson, ["en"], UserFactory())["en"]
    Revision.objects.filter(pk=draft.pk).update(markdown=revision.markdown)
    draft.refresh_from_db()
    read_aloud(draft)
    publish_revision(draft, timezone.now())
    return Revision.objects.get(pk=draft.pk)


def test_words_that_changed_since_are_said_to_have_changed(spoken: Path, tmp_path: Path) -> None:
    change(spoken, f"{FOLDER}/lesson.yaml", 'by: "منى حداد"', 'by: "منى حداد", words_changed: true')
    read_package(spoken)
    assert Narration.objects.get(words_changed=True).revision.text.language == "ar"
    lay_out(write_package().files, tmp_path / "out")
    assert "words_changed: true" in (tmp_path / "out" / FOLDER / "lesson.yaml").read_text()
    assert read_package(tmp_path / "out").is_quiet


def test_a_variant_has_a_voice_of_its_own(spoken: Path, tmp_path: Path) -> None:
    add_variant(spoken)
    write(spoken, f"{AHA}/narration.en.m4a", a_voice("m4a"))
    read_package(spoken)
    [kept] = Narration.objects.filter(revision__profile="aha").select_related("recording")
    assert kept.recording.mime == "audio/mp4"
    lay_out(write_package().files, tmp_path / "out")
    assert (tmp_path / "out" / AHA / "narration.en.m4a").is_file()
    assert read_package(tmp_path / "out").is_quiet


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("narration.ar.mp3", b"words", f"{FOLDER}/narration.ar.mp3:1: This file is not a recording"),
        ("narration.en.ogg", a_voice()[:3000], f"{FOLDER}/narration.en.ogg:1: The recording is damaged"),
        ("narration.ar.mp3", a_voice("m4a"), "narration.ar.mp3:1: Its content is that of a file .m4a. Name it so."),
        ("narration.en.m4a", a_voice("m4a"), "narration.en.ogg:1: There is another recording"),
        ("narration.en.txt", b"  \n", f"{FOLDER}/narration.en.txt:1: Write what is said"),
        ("narration.fr.mp3", a_voice("mp3"), f"{FOLDER}/narration.fr.mp3:1: This file belongs to no package"),
    ],
    ids=["words", "half", "wrong name", "two", "empty transcript", "language"],
)
def test_what_is_wrong_is_named_with_its_file(spoken: Path, name: str, data: bytes, fault: str) -> None:
    write(spoken, f"{FOLDER}/{name}", data)
    assert fault in faults_of(spoken)
    assert not Recording.objects.exists()


def test_a_transcript_without_its_recording_is_named(spoken: Path) -> None:
    (spoken / FOLDER / "narration.en.ogg").unlink()
    assert f"{FOLDER}/narration.en.txt:1: There is no recording in which this is said" in faults_of(spoken)


def test_a_name_without_its_recording_is_named_with_its_line(spoken: Path) -> None:
    (spoken / FOLDER / "narration.ar.mp3").unlink()
    line = (spoken / FOLDER / "lesson.yaml").read_text().split("\n").index('  ar: {by: "منى حداد"}') + 1
    assert f"{FOLDER}/lesson.yaml:{line}: There is no recording narration.ar.mp3" in faults_of(spoken)


def test_a_lost_recording_is_named_when_writing(spoken: Path, media_folder: Path) -> None:
    read_package(spoken)
    (media_folder / Recording.objects.get(mime="audio/ogg").file).unlink()
    with pytest.raises(PackageFaults) as refused:
        write_package()
    assert f"{FOLDER}/narration.en.ogg:1: The portal has lost this file" in str(refused.value)
