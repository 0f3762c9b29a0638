"""Recordings in the portal: kept under the hash of their bytes, one row each."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from lessons.models import Recording
from lessons.picture_files import write_file
from lessons.sounds import MOST_BYTES, Sound, sound_from, too_large


def store_recording(file: UploadedFile) -> Recording:
    """The uploaded recording, kept; the same as before when it is here already. Raises ValidationError."""
    if (file.size or 0) > MOST_BYTES:
        raise ValidationError(too_large(), code="too_large")
    sound = sound_from(file.read(MOST_BYTES + 1))
    write_file(sound)
    return recording_of(sound, Path(file.name or "").name)


def recording_of(sound: Sound, name: str) -> Recording:
    """The row of a sound, made when there is none yet."""
    told = {"mime": sound.mime, "file": sound.path, "size": len(sound.data), "seconds": sound.seconds}
    return Recording.objects.get_or_create(sha256=sound.sha256, defaults=told | {"original_name": name[:200]})[0]
