"""The form of words that have no drafts, one for each course, module, skill, term or fact."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext

from portal.studio.languages import direction
from portal.studio.translating.shared_words import Sort, is_frozen, mark_of


class OwnWordsForm(forms.ModelForm):
    """The words of one thing in one language; left wholly empty it waits for its turn."""

    mark_id = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, sort: Sort, owner: Any, beside: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.sort, self.owner, self.beside = sort, owner, beside
        self.called = str(beside or owner)  # `title` may be a field
        self.frozen = is_frozen(owner, self.instance)
        self.fields["mark_id"].initial = mark_of(sort, self.instance)
        self.empty_permitted, self.use_required_attribute = self.instance.pk is None, False
        for name in sort.fields:
            attrs = self.fields[name].widget.attrs
            attrs |= {"lang": self.instance.language, "dir": direction(self.instance.language)}
            if isinstance(self.fields[name].widget, forms.Textarea):
                attrs["rows"] = 3
            if self.frozen:
                attrs["readonly"] = "readonly"

    @property
    def rows(self) -> list[tuple[forms.BoundField, str]]:
        """Each field with what stands there in the other language."""
        return [(self[name], str(getattr(self.beside, name, ""))) for name in self.sort.fields]

    def clean(self) -> dict[str, Any]:
        if self.has_changed() and self.cleaned_data.get("mark_id") != mark_of(self.sort, self.instance):
            data: Any = self.data.copy()  # type: ignore[attr-defined]
            data[self.add_prefix("mark_id")] = mark_of(self.sort, self.instance)
            self.data = data
            raise forms.ValidationError(
                gettext("Somebody else wrote these words meanwhile: %(words)s. Save again to put yours in their place.")
                % {"words": " · ".join(filter(None, (str(self.initial.get(name, "")) for name in self.sort.fields)))}
            )
        return self.cleaned_data


def form_class(sort: Sort) -> type[OwnWordsForm]:
    made: Any = forms.modelform_factory(sort.texts, form=OwnWordsForm, fields=sort.fields)
    return cast("type[OwnWordsForm]", made)
