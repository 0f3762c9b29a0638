"""Recordings as files: told by their content, decoded whole, and written anew without anything but the sound.

PyAV (FFmpeg) copies the sound as it is packed, so nothing of it is lost; tags, pictures and whatever else the file held
stay behind. Only the few formats named here are ever opened.
"""

import hashlib
import io
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_BYTES = 20 * 1024 * 1024
MOST_SECONDS = 30 * 60
SOUNDLESS = 0.2
"""Seconds; what is shorter holds nothing to hear."""


class Form(NamedTuple):
    """How a sound is written: FFmpeg's name of the container, its type, the ending of the file's name, and how."""

    container: str
    mime: str
    extension: str
    options: dict[str, str]


EXACT = {"fflags": "+bitexact"}
MP3 = Form("mp3", "audio/mpeg", "mp3", EXACT | {"id3v2_version": "0", "write_id3v1": "0"})
M4A = Form("ipod", "audio/mp4", "m4a", EXACT | {"movflags": "+faststart"})
OGG = Form("ogg", "audio/ogg", "ogg", EXACT)
EXTENSIONS = tuple(form.extension for form in (MP3, M4A, OGG))
DECODERS = {"mp3float": MP3, "mp3": MP3, "aac": M4A, "opus": OGG, "libopus": OGG, "vorbis": OGG}
READING = {"codec_whitelist": ",".join(DECODERS)}


@dataclass(frozen=True)
class Sound:
    """A recording that is safe to keep: its bytes, its type and how long it is."""

    data: bytes
    mime: str
    extension: str
    seconds: int

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def path(self) -> str:
        """Where it lies below the media folder."""
        return f"{self.sha256[:2]}/{self.sha256}.{self.extension}"


def sound_from(data: bytes) -> Sound:
    """The sound alone of what somebody sent; of the same bytes always the same. Raises ValidationError."""
    if len(data) > MOST_BYTES:
        raise ValidationError(too_large(), code="too_large")
    container = _container(data)
    if not container:
        raise ValidationError(_no_recording(data), code="not_a_recording")
    from av.error import FFmpegError  # the library is large, and only who uploads needs it

    try:
        return _read(data, container)
    except (FFmpegError, UnicodeDecodeError, OSError):
        raise _damaged() from None


def too_large() -> str:
    """The sentence for a file that is too large to be looked into."""
    message = _("The file is larger than %(megabytes)s MB. Save it with a lower bit rate: 48 kbit/s do for a voice.")
    return message % {"megabytes": MOST_BYTES // 1024 // 1024}


def _container(data: bytes) -> str:
    """FFmpeg's name of what the file is by its first bytes; "" where it is none of what is taken."""
    beginnings = {b"OggS": "ogg", b"\x1aE\xdf\xa3": "matroska", b"ID3": "mp3"}
    for beginning, name in beginnings.items():
        if data.startswith(beginning):
            return name
    if data[4:8] == b"ftyp":
        return "mov"
    return "mp3" if _is_frame(data[:2]) else ""


def _is_frame(head: bytes) -> bool:
    """Whether a frame of MPEG audio begins so, of any layer: raw AAC has none."""
    return len(head) == 2 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0 and bool(head[1] & 0x06)


def _read(data: bytes, container: str) -> Sound:
    import av

    source: Any
    with av.open(io.BytesIO(data), format=container, options=READING, metadata_errors="replace") as source:
        stream = _only_sound(source)
        form = DECODERS[stream.codec_context.name]
        with tempfile.TemporaryDirectory(prefix="sound-") as folder:
            place = Path(folder) / "sound"
            with av.open(str(place), "w", format=form.container, options=form.options) as target:
                seconds, began = _copied(source, stream, target)
            if _is_cut(data, container, began, source.duration, seconds):
                raise _damaged()
            return Sound(place.read_bytes(), form.mime, form.extension, max(1, round(seconds)))


def _only_sound(source: Any) -> Any:
    """The one stream of sound; a picture on the cover is left aside, a film is refused."""
    from av.stream import Disposition

    if any(not stream.disposition & Disposition.attached_pic for stream in source.streams.video):
        raise ValidationError(_("This is a film. Save its sound alone, as MP3 or M4A."), code="film")
    if len(source.streams.audio) != 1:
        raise _damaged()
    [stream] = source.streams.audio
    name = stream.codec_context.name if stream.codec_context else ""
    if name not in DECODERS:
        message = _("The sound is packed in a way that not every phone plays. Save it as MP3.")
        raise ValidationError(message, code="codec")
    return stream


def _copied(source: Any, stream: Any, target: Any) -> tuple[float, int]:
    """Seconds that could be heard, and where in the file they begin; every packet is decoded, then copied as it is."""
    copy = target.add_stream_from_template(stream)
    copy.metadata.clear()
    seconds, began = 0.0, -1
    for packet in source.demux(stream):
        seconds += sum(frame.samples / frame.sample_rate for frame in packet.decode())
        if seconds > MOST_SECONDS + 1:
            raise _too_long()
        if packet.dts is None:  # the end, which only makes the decoder give what it still holds
            continue
        if began < 0:
            began = packet.pos or 0
        packet.stream = copy
        target.mux(packet)
    if seconds < SOUNDLESS:
        raise ValidationError(_("There is nothing to hear in this file. Record or save it once more."), code="empty")
    return seconds, began


def _is_cut(data: bytes, container: str, began: int, told: int | None, seconds: float) -> bool:
    """Whether an end is missing, or the file says another length (`told`, microseconds) than what could be heard."""
    if container == "ogg" and not _has_end(data):
        return True
    if told is None or (container == "mp3" and not _tells_length(data, began)):
        return False
    return abs(told / 1_000_000 - seconds) > max(0.5, seconds / 50)


def _has_end(data: bytes) -> bool:
    """Whether the last page of an Ogg file says that it is the last."""
    last = data.rfind(b"OggS")
    return len(data) > last + 5 and bool(data[last + 5] & 4)


def _tells_length(data: bytes, began: int) -> bool:
    """Whether an MP3 says how long it is: in a frame of its own before the first; else its length is a guess."""
    head = data[max(0, began - 2000) : began]
    return b"Xing" in head or b"Info" in head


def _damaged() -> ValidationError:
    message = _("The recording is damaged or not complete. Save or download it once more, then try again.")
    return ValidationError(message, code="damaged")


def _too_long() -> ValidationError:
    message = _("The recording is longer than %(minutes)s minutes. Shorten it, or divide the lesson.")
    return ValidationError(message % {"minutes": MOST_SECONDS // 60}, code="too_long")


def _no_recording(data: bytes) -> str:
    if data.startswith((b"RIFF", b"fLaC", b"FORM")):
        return _("WAV, FLAC and AIFF are too large for phones. Save the recording as MP3 or M4A.")
    if data.startswith(b"PK\x03\x04"):
        return _("This file is a zip archive, not a recording. Unpack it and choose the recording itself.")
    return _("This file is not a recording that phones can play. Choose an MP3, M4A or Ogg file.")
