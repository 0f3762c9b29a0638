"""The point of a picture that stays in sight where it is cropped."""

from typing import NamedTuple

from lessons.models.media import Focused

CENTRE, STEP = 50, 5


class Focus(NamedTuple):
    """In percent from the left and from the top."""

    x: int = CENTRE
    y: int = CENTRE

    @classmethod
    def of(cls, use: Focused) -> "Focus":
        given = (use.focus_x, use.focus_y)
        return cls(*(CENTRE if percent is None else percent for percent in given))

    @property
    def classes(self) -> str:
        """The classes of the style sheet that are nearest, since no page may hold a style of its own."""
        return f"focus-x-{STEP * round(self.x / STEP)} focus-y-{STEP * round(self.y / STEP)}"
