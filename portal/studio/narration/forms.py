"""The form in which a lesson is given a recorded voice."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lessons.models import Narration, Recording
from lessons.recordings import store_recording
from portal.studio.drafts import tidy
from portal.studio.languages import direction
from portal.studio.narration.keeping import Said, mark_of

ACCEPTED = "audio/mpeg,audio/mp4,audio/x-m4a,audio/ogg,audio/webm,.mp3,.m4a,.ogg,.oga,.opus"


class NarrationForm(forms.Form):
    """A recording with who reads it and what is said in it. A file that came in well is kept whatever else is wrong."""

    id = forms.CharField(widget=forms.HiddenInput, required=False)
    kept = forms.CharField(widget=forms.HiddenInput, required=False)
    file = forms.FileField(
        label=_("Recording"),
        required=False,
        widget=forms.FileInput({"accept": ACCEPTED}),
        help_text=_(
            "MP3, M4A or Ogg, up to 20 MB and 30 minutes; MP3 and M4A play on every phone. "
            "Whatever the file says beside the sound is removed from it."
        ),
        error_messages={"empty": _("This file is empty. Choose another one.")},
    )
    narrator = forms.CharField(
        label=_("Read by"),
        required=False,
        max_length=Narration.LONGEST_NAME,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
        help_text=_("Readers see this name. Leave it empty if it should not be known."),
    )
    reads_text = forms.BooleanField(label=_("What is read is the lesson's text, word for word"), required=False)
    transcript = forms.CharField(
        label=_("What is said"),
        required=False,
        max_length=Narration.MOST_CHARACTERS,
        widget=forms.Textarea({"rows": 10}),
        help_text=_("For those who cannot hear it. Only where it is not the lesson's text."),
    )
    still_right = forms.BooleanField(
        label=_("I have listened: the recording still says what the text says"), required=False
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, language: str, narration: Narration | None, moved_on: bool
    ) -> None:
        self.narration = narration
        initial: dict[str, Any] = {"id": mark_of(narration)}
        if narration:
            initial |= {name: getattr(narration, name) for name in ("narrator", "reads_text", "transcript")}
        super().__init__(data, files, initial=initial)
        self.fields["transcript"].widget.attrs |= {"lang": language, "dir": direction(language)}
        if not moved_on:
            del self.fields["still_right"]

    def clean_narrator(self) -> str:
        return " ".join(self.cleaned_data["narrator"].split())

    def clean_transcript(self) -> str:
        return tidy(self.cleaned_data["transcript"])

    def clean_file(self) -> Recording | None:
        file = self.cleaned_data["file"]
        return store_recording(file) if isinstance(file, UploadedFile) else None

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if self.recording is None and "file" not in self.errors:
            self.add_error("file", gettext("Choose the recording, or record it here."))
        if given.get("reads_text") and given.get("transcript"):
            message = gettext("One of the two: take the tick above away, or empty this field.")
            self.add_error("transcript", message)
        elif not given.get("reads_text") and not given.get("transcript") and "transcript" not in self.errors:
            message = gettext("Write what is said, for those who cannot hear it, or tick that it is the lesson's text.")
            self.add_error("transcript", message)
        return given

    @property
    def fresh(self) -> Recording | None:
        """The recording that came with this form, or with it when it was sent before."""
        sent = self.cleaned_data.get("file") if self.is_bound else None
        kept = self.cleaned_data.get("kept") if self.is_bound else ""
        return sent or (Recording.objects.filter(sha256=kept).first() if kept else None)

    @property
    def recording(self) -> Recording | None:
        """The one that is meant: a new one, or else that which the draft has."""
        return self.fresh or (self.narration.recording if self.narration else None)

    @property
    def said(self) -> Said:
        """What a valid form says."""
        given, recording = self.cleaned_data, self.recording
        if recording is None:
            raise ValueError("a valid form has a recording")
        still_right = given.get("still_right", False)
        return Said(recording, given["narrator"], given["reads_text"], given["transcript"], still_right)
