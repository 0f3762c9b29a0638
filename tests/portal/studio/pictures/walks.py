"""What browsers send of pictures, and where."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

LIBRARY, ADD = "/en/studio/pictures/", "/en/studio/pictures/add/"
CC_BY = {
    "credit-licence": "CC-BY-4.0",
    "credit-author": "Huda al-Amin",
    "credit-source_url": "https://pictures.example/leg",
}


def photograph(name: str = "leg.png", size: tuple[int, int] = (400, 300)) -> Any:
    """A picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    image.save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue())


def page_of(media: Any, deed: str = "") -> str:
    return f"{LIBRARY}{media.pk}/{deed}"
