from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client

from portal.accounts.models import User
from tests.factories import LearnerFactory, OrganisationFactory
from tests.portal.accounts.guests import with_second_factor
from tests.portal.reports.history import History, manager_of, named, national_administrator


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    """The day on which the reports of these tests are asked for: 30 June 2026."""
    with time_machine.travel("2026-06-30T09:00:00Z"):
        yield


@pytest.fixture
def history() -> History:
    """What a small school and a few others did; the figures in the tests are counted from these lines by hand.

    Asked for is January to March 2026, a completion holds for a year; what happened is told by who was a member then.
    """
    told = History(named(OrganisationFactory(code="school"), en="Demo school", ar="مدرسة تجريبية"))
    first_aid, quakes = told.course("first-aid", "First aid"), told.course("quakes", "Earthquakes")

    amal = told.member()  # started and completed; started the other course too
    told.started(amal, first_aid, "2026-01-01")
    told.completed(amal, first_aid, "2026-02-01")
    told.started(amal, quakes, "2026-02-02")
    badr = told.member()  # started on the last day
    told.started(badr, first_aid, "2026-03-31")
    celine = told.member()  # started the year before, still at it
    told.started(celine, first_aid, "2025-11-05")
    dima = told.member()  # completed the year before, ran out, not renewed
    told.started(dima, first_aid, "2025-01-05")
    told.completed(dima, first_aid, "2025-02-10")
    elias = told.member()  # the same, renewed before it ran out
    told.started(elias, first_aid, "2025-01-05")
    told.completed(elias, first_aid, "2025-02-10")
    told.completed(elias, first_aid, "2026-02-05")
    farid = told.member()  # completed twice within the period
    told.started(farid, first_aid, "2026-01-05")
    told.completed(farid, first_aid, "2026-01-20")
    told.completed(farid, first_aid, "2026-03-31")
    ghada = told.member()  # started the day after the period
    told.started(ghada, first_aid, "2026-04-01")

    hadi, guest = told.member(), LearnerFactory()  # started as a guest the year before and, signed in, once more
    told.started(guest, first_aid, "2025-12-20")
    told.started(hadi, first_aid, "2026-01-15")
    told.completed(guest, first_aid, "2026-03-01")
    told.merged(guest, hadi)

    iman = told.member()  # completed only after the period
    told.started(iman, first_aid, "2026-02-01")
    told.completed(iman, first_aid, "2026-04-02")

    jad, guest = told.member(), LearnerFactory()  # completed as a guest, ran out, renewed only after the period
    told.started(guest, first_aid, "2025-01-05")
    told.completed(guest, first_aid, "2025-03-31")
    told.merged(guest, jad)
    told.completed(jad, first_aid, "2026-05-05")

    karim = told.member(organisation=OrganisationFactory(code="elsewhere"))  # of another organisation
    told.started(karim, first_aid, "2026-01-10")
    told.completed(karim, first_aid, "2026-02-01")
    lina = told.member(to_day=date(2026, 3, 31))  # no longer a member on the last day
    told.started(lina, first_aid, "2026-01-03")
    told.started(LearnerFactory(), first_aid, "2026-02-02")  # a guest without an account
    return told


@pytest.fixture
def manager(history: History) -> User:
    return manager_of(history.school)


@pytest.fixture
def administrator() -> User:
    return national_administrator()


@pytest.fixture
def as_manager(client: Client, manager: User) -> Client:
    """A browser in which the manager of the school is logged in."""
    with_second_factor(manager)
    client.force_login(manager)
    return client
