"""Adding, renaming, moving and removing organisations and regions in the browser."""

from datetime import date

import pytest
from django.test import Client
from django.utils.translation import override

from portal.accounts.arranging.deeds import Gone, Hanging, Ring, add_place, move_place, remove_place
from portal.accounts.arranging.reach import KINDS
from portal.accounts.joining.domains import set_domains
from portal.accounts.joining.invitations import invite
from portal.accounts.models import Assignment, AuditEntry, Invitation, Membership, Organisation, PastPlace, Region
from portal.accounts.trees import organisation_tree
from tests.factories import (
    LearnerFactory,
    OrganisationFactory,
    RegionFactory,
    ResidenceFactory,
    RoleGrantFactory,
    UserFactory,
    published_course,
)
from tests.portal.accounts.guests import SCRIPT, text_of
from tests.portal.accounts.organisations.conftest import logged_in, member_of, organisation

pytestmark = pytest.mark.django_db
ADD, TREE = "/en/places/organisations/add/", "/en/places/organisations/"
ORGANISATIONS, REGIONS = KINDS["organisations"], KINDS["regions"]


def change_of(code: str, kind: str = "organisations") -> str:
    return f"/en/places/{kind}/{code}/change/"


@pytest.fixture
def nation() -> Client:
    """An administrator of the nation."""
    return logged_in(RoleGrantFactory(role="administrator", user=UserFactory(display_name="Nadia")).user)


def test_a_manager_adds_an_organisation_below_their_own(minister: Client, ministry: Organisation) -> None:
    new = {"code": "pine", "name_en": "Pine school", "name_ar": "مدرسة الصنوبر", "parent": "ministry"}
    response = minister.post(ADD, new)
    assert response.headers["Location"] == "/en/organisations/pine/"
    tree = organisation_tree("ar")
    assert [place.name for place in tree.line(tree.by_code["pine"])] == ["Ministry", "مدرسة الصنوبر"]
    entry = AuditEntry.objects.get()
    assert (entry.deed, entry.subject, entry.detail) == (
        "place.added",
        "pine",
        {"kind": "organisation", "below": "ministry"},
    )


def test_the_form_begins_below_the_organisation_it_was_asked_from(minister: Client, ministry: Organisation) -> None:
    assert minister.get(f"{ADD}?below=ministry").context["form"]["parent"].value() == "ministry"


@pytest.mark.parametrize(
    ("new", "field", "complaint"),
    [
        ({"code": "oak"}, "code", "This code is taken already. Choose another one."),
        ({"code": "OAK"}, "code", "This code is taken already. Choose another one."),
        ({"code": "a b"}, "code", "“a b” is no code. Use letters a to z, digits and hyphens, at most 60."),
        ({"name_en": ""}, "name_ar", "There is no name. Write one in at least one language."),
        ({"parent": ""}, "parent", "Say under which of your organisations it stands."),
        ({"parent": "company"}, "parent", "There is none of that code or name here. Look it up in the list."),
        ({"name_en": "x" * 161}, "name_en", "Ensure this value has at most 160 characters (it has 161)."),
    ],
)
def test_what_cannot_be_added_is_said_beside_its_field_and_stays_typed(
    minister: Client, oak: Organisation, company: Organisation, new: dict[str, str], field: str, complaint: str
) -> None:
    sent = {"code": "pine", "name_en": "Pine school", "parent": "ministry"} | new
    response = minister.post(ADD, sent)
    form = response.context["form"]
    assert form.errors[field] == [complaint]
    assert {name: form[name].value() for name in sent} == sent
    assert not Organisation.objects.filter(code="pine").exists()


def test_of_several_places_of_one_name_the_codes_are_told(minister: Client, ministry: Organisation) -> None:
    for code in ("first", "second"):
        organisation(code, "Twin", ministry)
    response = minister.post(ADD, {"code": "pine", "name_en": "Pine", "parent": "twin"})
    assert response.context["form"].errors["parent"] == ["Several are called that. Write the code: first, second."]


def test_what_was_typed_runs_nothing(minister: Client, ministry: Organisation) -> None:
    assert SCRIPT not in text_of(minister.post(ADD, {"code": SCRIPT, "name_en": SCRIPT, "parent": SCRIPT}))
    assert SCRIPT not in text_of(minister.get(TREE, {"q": SCRIPT}))


def test_an_organisation_is_renamed_and_a_name_left_empty_is_taken_away(minister: Client, oak: Organisation) -> None:
    minister.post(change_of("oak"), {"name_en": "", "name_ar": "السنديان", "parent": "ministry"})
    assert organisation_tree("ar").by_code["oak"].name == "السنديان"
    entry = AuditEntry.objects.get()
    assert entry.deed == "place.renamed"
    assert entry.detail == {"kind": "organisation", "before": {"en": "Oak school"}, "names": {"ar": "السنديان"}}


def test_an_organisation_moves_with_its_people_and_their_past(
    nation: Client, oak: Organisation, company: Organisation
) -> None:
    member_of(oak, "Salma", to_day=date(2026, 3, 1))
    nation.post(change_of("oak"), {"name_en": "Oak school", "parent": "company"})
    oak.refresh_from_db()
    assert oak.parent == company
    assert Membership.objects.get().to_day == date(2026, 3, 1)
    entry = AuditEntry.objects.get()
    assert (entry.deed, entry.detail["before"], entry.detail["below"]) == ("place.moved", "ministry", "company")


@pytest.mark.parametrize("below", ["oak", "class", "Oak school"])
def test_nothing_moves_below_itself(minister: Client, oak: Organisation, below: str) -> None:
    organisation("class", "Class", oak)
    response = minister.post(change_of("oak"), {"name_en": "Oak school", "parent": below})
    complaint = "This stands below it, or is it. Choose another place."
    assert response.context["form"].errors["parent"] == [complaint]
    oak.refresh_from_db()
    assert oak.parent is not None
    assert oak.parent.code == "ministry"


def test_a_move_that_another_move_has_made_a_ring_is_refused(oak: Organisation, elm: Organisation) -> None:
    move_place(ORGANISATIONS, oak.pk, elm.pk)
    with pytest.raises(Ring):
        move_place(ORGANISATIONS, elm.pk, oak.pk)


def test_nothing_moves_or_is_added_below_what_was_removed_meanwhile(oak: Organisation, company: Organisation) -> None:
    gone = company.pk
    remove_place(ORGANISATIONS, gone)
    with pytest.raises(Gone):
        move_place(ORGANISATIONS, oak.pk, gone)
    with pytest.raises(Gone):
        add_place(ORGANISATIONS, "pine", {"en": "Pine"}, gone)


def test_what_nothing_hangs_on_is_removed(minister: Client, oak: Organisation, elm: Organisation) -> None:
    response = minister.post("/en/places/organisations/elm/remove/", follow=True)
    assert "“Elm school” has been removed." in text_of(response)
    assert not Organisation.objects.filter(code="elm").exists()
    assert AuditEntry.objects.get().deed == "place.removed"


def test_what_something_hangs_on_stays_and_is_told(minister: Client, ministry: Organisation, oak: Organisation) -> None:
    organisation("class", "Class", oak)
    member_of(oak, "Gone", to_day=date(2026, 3, 1))
    Assignment.objects.create(organisation=oak, course=published_course("first-aid").course)
    page = text_of(minister.post("/en/places/organisations/oak/remove/", follow=True))
    assert "It cannot be removed. On it hang: " in page
    for told in ("organisations (1)", "memberships (1)", "assignments (1)"):
        assert told in page
    assert Organisation.objects.filter(code="oak").exists()


def test_a_region_where_somebody_lived_stays() -> None:
    residence = ResidenceFactory()
    with override("en"), pytest.raises(Hanging) as caught:
        remove_place(REGIONS, residence.region_id)
    assert caught.value.what == {"residences": 1}


def test_where_somebody_belonged_who_was_erased_since_stays(oak: Organisation) -> None:
    PastPlace.objects.create(learner=LearnerFactory(), organisation=oak, from_day=date(2026, 1, 1))
    with override("en"), pytest.raises(Hanging) as caught:
        remove_place(ORGANISATIONS, oak.pk)
    assert caught.value.what == {"places of people erased": 1}


def test_what_is_an_organisations_own_goes_with_it(oak: Organisation) -> None:
    invite(oak.pk, UserFactory(), date(2026, 8, 1), None)
    set_domains(oak.pk, ["oak.example"])
    remove_place(ORGANISATIONS, oak.pk)
    assert not Organisation.objects.filter(code="oak").exists()
    assert not Invitation.objects.exists()


def test_a_manager_changes_neither_their_own_organisation_nor_those_of_others(
    alice: Client, oak: Organisation, elm: Organisation
) -> None:
    for code in ("oak", "elm", "ministry", "none"):
        assert alice.get(change_of(code)).status_code == 404
        assert alice.post(f"/en/places/organisations/{code}/remove/").status_code == 404
    assert Organisation.objects.count() == 3


def test_a_manager_arranges_no_regions_and_reads_no_file(alice: Client) -> None:
    RegionFactory(code="north")
    addresses = ["/en/places/regions/", "/en/places/regions/add/", change_of("north", "regions"), "/en/places/file/"]
    assert [alice.get(address).status_code for address in addresses] == [403] * 4
    assert alice.post("/en/places/regions/north/remove/").status_code == 403


@pytest.mark.parametrize("role", ["", "instructor", "reviewer"])
def test_a_citizen_and_who_writes_lessons_arrange_nothing(oak: Organisation, role: str) -> None:
    client = logged_in(RoleGrantFactory(role=role).user if role else UserFactory())
    assert [client.get(address).status_code for address in (TREE, ADD, change_of("oak"))] == [403] * 3


def test_a_guest_is_sent_to_log_in(client: Client, oak: Organisation) -> None:
    for address in (TREE, ADD, change_of("oak"), "/en/places/file/"):
        assert client.get(address).headers["Location"].startswith("/en/account/login/?next=")


def test_the_nation_arranges_regions_too(nation: Client) -> None:
    RegionFactory(code="north")
    new = {"code": "town", "name_en": "Town", "name_ar": "البلدة", "parent": "north"}
    assert nation.post("/en/places/regions/add/", new).headers["Location"] == "/en/places/regions/?q=town"
    nation.post(change_of("town", "regions"), {"name_en": "Town", "parent": ""})
    assert Region.objects.get(code="town").parent is None
    assert "town" in text_of(nation.get("/en/places/regions/"))
    nation.post("/en/places/regions/town/remove/")
    assert not Region.objects.filter(code="town").exists()


def test_only_what_can_be_changed_has_the_way_to_change_it(minister: Client, oak: Organisation) -> None:
    page = text_of(minister.get(TREE))
    assert change_of("oak") in page
    assert change_of("ministry") not in page
    assert change_of("oak") in text_of(minister.get("/en/organisations/oak/"))
    assert change_of("ministry") not in text_of(minister.get("/en/organisations/ministry/"))


def test_a_large_tree_is_shown_a_branch_and_a_page_at_a_time(nation: Client) -> None:
    top = organisation("top", "Top")
    OrganisationFactory.create_batch(201, parent=top)
    shown = nation.get(TREE).context["shown"]
    assert [(line.place.code, line.below) for line in shown.lines] == [("top", 201)]
    branch = nation.get(TREE, {"below": "top", "page": "3"}).context["shown"]
    assert (len(branch.lines), branch.page.paginator.num_pages) == (1, 3)
    assert len(nation.get("/en/organisations/", {"below": "top"}).context["lines"]) == 100


def test_a_place_is_found_by_a_part_of_its_name_or_code_with_the_way_to_it(
    minister: Client, oak: Organisation, elm: Organisation, company: Organisation
) -> None:
    for typed in ("oak", "OAK SCH", "ak"):
        [line] = minister.get(TREE, {"q": typed}).context["shown"].lines
        assert (line.place.code, [place.code for place in line.trail]) == ("oak", ["ministry"])
    assert minister.get(TREE, {"q": "company"}).context["shown"].lines == []
