"""Recordings for tests, made of a tone: nobody's voice, nobody's rights."""

import io
import math
from array import array
from functools import cache
from typing import Any

import av
from django.core.files.uploadedfile import SimpleUploadedFile

RATE = 48_000
FORMS = {
    "mp3": ("libmp3lame", "mp3"),
    "m4a": ("aac", "ipod"),
    "ogg": ("libopus", "ogg"),
    "webm": ("libopus", "webm"),
    "wav": ("pcm_s16le", "wav"),
    "flac": ("flac", "flac"),
    "alac": ("alac", "ipod"),
}
SECRET = "Recorded at 12 Garden Street"  # what a tag may tell and nobody should learn


@cache
def a_voice(form: str = "ogg", seconds: float = 2, tone: int = 450, said: str = SECRET) -> bytes:
    """A tone of so many seconds as a file, with a tag that says more than it should."""
    codec, container = FORMS[form]
    out = io.BytesIO()
    with av.open(out, "w", format=container) as target:
        target.metadata["title"] = target.metadata["comment"] = said
        stream: Any = target.add_stream(codec, rate=RATE)
        stream.codec_context.layout = "mono"
        stream.codec_context.bit_rate = 24_000
        resampler = av.AudioResampler(format=stream.codec.audio_formats[0].name, layout="mono", rate=RATE)
        for frame in _frames(seconds, tone):
            for fitting in resampler.resample(frame):
                target.mux(stream.encode(fitting))
        target.mux(stream.encode(None))
    return out.getvalue()


def _frames(seconds: float, tone: int) -> Any:
    """Twenty milliseconds each; the tone is a multiple of 50 Hz, so that one follows the other without a click."""
    step = RATE // 50
    wave = array("h", (int(6000 * math.sin(math.tau * tone * at / RATE)) for at in range(step))).tobytes()
    for start in range(0, int(seconds * RATE), step):
        frame = av.AudioFrame(format="s16", layout="mono", samples=step)
        frame.sample_rate, frame.pts = RATE, start
        frame.planes[0].update(wave)
        yield frame


def a_film() -> bytes:
    """A short film with sound, in the container that M4A has too."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as target:
        picture: Any = target.add_stream("mpeg4", rate=5)
        picture.width = picture.height = 16
        picture.pix_fmt = "yuv420p"
        sound: Any = target.add_stream("aac", rate=RATE)
        sound.codec_context.layout = "mono"
        for at in range(5):
            still = av.VideoFrame(16, 16, "yuv420p")
            still.pts = at
            target.mux(picture.encode(still))
        target.mux(picture.encode(None))
        resampler = av.AudioResampler(format="fltp", layout="mono", rate=RATE)
        for frame in _frames(1, 450):
            for fitting in resampler.resample(frame):
                target.mux(sound.encode(fitting))
        target.mux(sound.encode(None))
    return out.getvalue()


def with_cover(mp3: bytes) -> bytes:
    """The MP3 with a picture in its tags (ID3v2.3, APIC)."""
    picture = b"\x00image/png\x00\x03\x00" + PNG
    frame = b"APIC" + len(picture).to_bytes(4, "big") + b"\x00\x00" + picture
    size = len(frame)
    synchsafe = bytes((size >> shift) & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + synchsafe + frame + mp3


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360f8cfc0500f0004850180b5a9c5d60000000049454e44ae426082"
)


def an_upload(form: str = "ogg", name: str = "", **how: Any) -> SimpleUploadedFile:
    return SimpleUploadedFile(name or f"voice.{form}", a_voice(form, **how))
