"""Recordings are told by their content, kept without anything but the sound, and refused with what to do."""

import io
from typing import Any

import av
import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons import sounds
from lessons.sounds import Sound, sound_from
from tests.voices import PNG, SECRET, a_film, a_voice, with_cover

TAKEN = {"mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg", "webm": "audio/ogg"}
EVERY_FORM = pytest.mark.parametrize("form", TAKEN)


def refusal(data: bytes) -> str:
    with override("en"), pytest.raises(ValidationError) as refused:
        sound_from(data)
    return f"{refused.value.code}: {refused.value.messages[0]}"


def packets(data: bytes) -> list[bytes]:
    """The sound as it is packed."""
    source: Any
    with av.open(io.BytesIO(data)) as source:
        return [bytes(packet) for packet in source.demux(source.streams.audio[0]) if packet.size]


@EVERY_FORM
def test_a_recording_is_kept_with_its_type_and_length(form: str) -> None:
    sound = sound_from(a_voice(form, seconds=3))
    assert (sound.mime, sound.seconds) == (TAKEN[form], 3)


@EVERY_FORM
def test_nothing_of_the_sound_is_lost(form: str) -> None:
    assert packets(sound_from(a_voice(form)).data) == packets(a_voice(form))


@EVERY_FORM
def test_what_the_tags_tell_is_gone(form: str) -> None:
    assert SECRET.encode() in a_voice(form)
    assert SECRET.encode() not in sound_from(a_voice(form)).data


@EVERY_FORM
def test_what_was_cleaned_once_stays_as_it_is(form: str) -> None:
    once = sound_from(a_voice(form))
    assert sound_from(once.data) == once


@EVERY_FORM
def test_the_same_recording_gives_the_same_file(form: str) -> None:
    assert sound_from(a_voice(form)).sha256 == sound_from(a_voice(form, said="Another tag")).sha256


def test_a_picture_on_the_cover_is_left_out() -> None:
    sound = sound_from(with_cover(a_voice("mp3")))
    assert PNG not in sound.data
    assert sound == sound_from(a_voice("mp3"))


def test_a_phone_finds_the_index_of_an_m4a_at_its_beginning() -> None:
    data = sound_from(a_voice("m4a")).data
    assert data.index(b"moov") < data.index(b"mdat")


def test_a_sound_lies_under_its_hash() -> None:
    sound = Sound(b"abc", "audio/ogg", "ogg", 1)
    assert sound.path == f"ba/{sound.sha256}.ogg"


@EVERY_FORM
@pytest.mark.parametrize("part", [0.1, 0.3, 0.6, 0.95])
def test_a_file_that_was_cut_off_is_refused(form: str, part: float) -> None:
    data = a_voice(form, seconds=12)
    assert refusal(data[: int(len(data) * part)]).startswith("damaged")


@pytest.mark.parametrize("form", ["ogg", "webm", "m4a"])
def test_a_file_with_a_hole_in_it_is_refused(form: str) -> None:
    data = bytearray(a_voice(form, seconds=12))
    middle = len(data) // 2
    data[middle : middle + 8000] = b"\xff" * 8000
    assert refusal(bytes(data)).startswith("damaged")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "not_a_recording: This file is not a recording"),
        (b"Press hard on the wound.", "not_a_recording: This file is not a recording"),
        (b"PK\x03\x04" + b"0" * 99, "not_a_recording: This file is a zip archive"),
        (a_voice("wav"), "not_a_recording: WAV, FLAC and AIFF are too large"),
        (a_voice("flac"), "not_a_recording: WAV, FLAC and AIFF are too large"),
        (a_voice("alac"), "codec: The sound is packed in a way"),
        (a_film(), "film: This is a film"),
        (b"ID3" + b"\0" * 200, "damaged"),
        (b"OggS" + b"words" * 200, "damaged"),
        (b"\0\0\0\x20ftypM4A " + b"words" * 200, "damaged"),
        (b"\x1aE\xdf\xa3" + b"words" * 200, "damaged"),
        (b"\xff\xfb" * 4000, "damaged"),
        (a_voice("ogg", seconds=0.1), "empty: There is nothing to hear"),
        (b"ID3" + b"\0" * sounds.MOST_BYTES, "too_large: The file is larger than 20 MB"),
    ],
    ids=lambda part: part.split(":")[0] if isinstance(part, str) else "",
)
def test_what_is_no_recording_is_refused_with_what_to_do(data: bytes, why: str) -> None:
    assert refusal(data).startswith(why)


def test_a_recording_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sounds, "MOST_SECONDS", 3)
    assert sound_from(a_voice("mp3", seconds=3)).seconds == 3
    assert refusal(a_voice("mp3", seconds=6)).startswith("too_long")


def test_half_an_hour_is_not_too_long() -> None:
    minute = sound_from(a_voice("mp3", seconds=20)).data
    assert sound_from(minute * 89).seconds in range(1780, 1801)
    assert (
        refusal(minute * 92) == "too_long: The recording is longer than 30 minutes. Shorten it, or divide the lesson."
    )


@given(
    st.binary(max_size=400), st.sampled_from([b"", b"ID3", b"OggS", b"\x1aE\xdf\xa3", b"\0\0\0\x18ftyp", b"\xff\xfb"])
)
@settings(max_examples=150, deadline=None)
def test_whatever_is_sent_is_a_sound_or_refused(rest: bytes, beginning: bytes) -> None:
    try:
        seconds = sound_from(beginning + rest).seconds
    except ValidationError:
        return
    assert seconds >= 1
