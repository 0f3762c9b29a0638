"""Where there are more places than a list can hold, one is chosen by its code or its name."""

import pytest
from django import forms
from django.test import Client

from portal.accounts.branches import Branches
from portal.accounts.trees import Place, Tree
from portal.reports import place_field as fields
from portal.reports.place_field import FEW, TypedPlaceField, place_field
from tests.factories import OrganisationFactory
from tests.portal.accounts.guests import SCRIPT, text_of
from tests.portal.reports.history import History, named
from tests.portal.reports.test_page import PAGE, QUARTER, cells

PEOPLE = "/en/reports/overdue/"
STANDING = "/en/reports/learned/"


def branches_of(*named: tuple[str, str]) -> Branches:
    """One place above, to which the person may go, these below it, and another that they may not open."""
    top = Place(1, None, "ministry", "Ministry")
    below = [Place(number, 1, code, name) for number, (code, name) in enumerate(named, 10)]
    tree = Tree([top, *below, Place(2, None, "elsewhere", "Elsewhere")])
    return Branches(tree, (top,))


@pytest.fixture
def field() -> TypedPlaceField:
    schools = [("oak-1", "Oak School"), ("oak-2", "Oak School"), ("elm", "Elm School"), ("amal", "مدرسة الأمل")]
    return TypedPlaceField(branches_of(*schools), label="Organisation", required=False)


def test_so_many_make_a_list_and_one_more_does_not() -> None:
    places = [(f"school-{number}", f"School {number}") for number in range(FEW - 1)]
    few = place_field("Organisation", branches_of(*places))
    assert isinstance(few, forms.ChoiceField)
    assert len(dict(few.widget.choices)) == 1 + FEW
    assert isinstance(place_field("Organisation", branches_of(*places, ("more", "More"))), TypedPlaceField)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        *(("elm", "elm"), ("ELM", "elm"), ("Elm School", "elm"), ("  elm school ", "elm"), ("Elm", "elm")),
        *(("oak-2", "oak-2"), ("مدرسة الامل", "amal"), ("الأمل", "amal"), ("Ministry", "ministry"), ("", "")),
    ],
)
def test_it_is_found_by_its_code_its_name_or_a_part_of_it(field: TypedPlaceField, typed: str, code: str) -> None:
    assert field.clean(typed) == code


@pytest.mark.parametrize("typed", ["Oak School", "oak sch", "School"])
def test_where_several_fit_their_codes_are_told(field: TypedPlaceField, typed: str) -> None:
    with pytest.raises(forms.ValidationError, match=r"Several fit: .*Oak School \(oak-1\), Oak School \(oak-2\)"):
        field.clean(typed)


@pytest.mark.parametrize("typed", ["elsewhere", "Elsewhere", "none", "-", "ـ", SCRIPT, "\x00", "9" * 5000])
def test_what_is_not_open_to_the_person_is_refused_like_what_there_is_not(field: TypedPlaceField, typed: str) -> None:
    with pytest.raises(forms.ValidationError):
        field.clean(typed)


def test_a_code_is_shown_as_the_name_unless_two_have_it(field: TypedPlaceField) -> None:
    shown = [field.prepare_value(value) for value in ("elm", "oak-1", "what was typed", "elsewhere", None)]
    assert shown == ["Elm School", "oak-1", "what was typed", "elsewhere", None]


@pytest.fixture
def many(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below the demo school are two classes, and two places are already too many for a list."""
    for number in (1, 2):
        named(OrganisationFactory(code=f"class-{number}", parent=history.school), en=f"Class {number}")
    monkeypatch.setattr(fields, "FEW", 2)


@pytest.mark.django_db
@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("page", [PAGE, PEOPLE, STANDING])
def test_every_kind_of_report_takes_what_is_typed(as_manager: Client, page: str) -> None:
    response = as_manager.get(page, {"organisation": "class 2"}, follow=True)
    form = response.context["form"]
    assert form.cleaned_data["organisation"] == "class-2"
    assert "Class 2" in form.said
    assert 'value="Class 2"' in response.content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("page", [PAGE, PEOPLE])
def test_what_cannot_be_found_stays_typed_with_the_reason_beside_it(as_manager: Client, page: str) -> None:
    response = as_manager.get(page, {"organisation": "class 3"})
    assert list(response.context["form"].errors) == ["organisation"]
    assert "No place that you may see is called that." in text_of(response)
    assert 'value="class 3"' in response.content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("page", [PAGE, PEOPLE, STANDING])
def test_what_is_typed_becomes_an_address_that_holds_in_every_language(as_manager: Client, page: str) -> None:
    response = as_manager.get(page, {"course": "first-aid", "organisation": "class 2"})
    assert response.status_code == 302
    assert response["Location"] == f"{page}?course=first-aid&organisation=class-2"
    assert as_manager.get(response["Location"].replace("/en/", "/ar/")).status_code == 200


@pytest.mark.django_db
@pytest.mark.usefixtures("many")
def test_links_of_the_page_name_the_code(as_manager: Client) -> None:
    response = as_manager.get(PAGE, QUARTER | {"organisation": "class 2"}, follow=True)
    assert cells(response).rows
    assert "organisation=class-2" in response.context["query"]
