"""A lesson's text, from Markdown to the HTML that is stored at publishing; docs/course-packages.md has the format."""

from lessons.markdown.faults import MarkdownFault, MarkdownFaults
from lessons.markdown.rendering import PictureUse, Rendered, render

__all__ = ["MarkdownFault", "MarkdownFaults", "PictureUse", "Rendered", "render"]
