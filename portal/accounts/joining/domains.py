"""Domains of confirmed addresses: who has one is asked whether they belong to the organisation, never added unasked."""

import re

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import Organisation, OrganisationDomain, User

FREE = frozenset(
    (
        *("gmail.com", "googlemail.com", "yahoo.com", "yahoo.co.uk", "yahoo.fr", "ymail.com", "hotmail.com"),
        *("hotmail.co.uk", "hotmail.fr", "outlook.com", "outlook.sa", "live.com", "msn.com", "icloud.com", "me.com"),
        *("mac.com", "aol.com", "gmx.com", "gmx.net", "gmx.de", "web.de", "mail.com", "mail.ru", "yandex.com"),
        *("yandex.ru", "proton.me", "protonmail.com", "zoho.com", "maktoob.com", "qq.com", "163.com"),
    )
)
"""Where anybody gets an address: having one proves nothing."""
DOMAIN = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]\Z")
MOST = 20


class DomainFault(Exception):
    """A domain that cannot be taken, with why and what to do."""


def typed_domains(text: str) -> list[str]:
    """The domains in a text, one a line or between commas, each once; also of `@example.org`. Raises DomainFault."""
    found: dict[str, None] = {}
    for part in re.split(r"[\s,;،؛]+", text):
        domain = part.strip().lower().removeprefix("@").rstrip(".")
        if domain:
            _check(domain)
            found[domain] = None
    if len(found) > MOST:
        raise DomainFault(_("These are too many. Write at most %(most)s.") % {"most": MOST})
    return list(found)


def _check(domain: str) -> None:
    if not DOMAIN.fullmatch(domain):
        raise DomainFault(_("“%(domain)s” is no domain. Write it as it stands after the @.") % {"domain": domain})
    if domain in FREE:
        message = _("Anybody can have an address at %(domain)s: it does not show that they belong here.")
        raise DomainFault(message % {"domain": domain})


@transaction.atomic
def set_domains(organisation_id: int, domains: list[str]) -> None:
    """These and no others. Raises DomainFault where one is another organisation's."""
    others = OrganisationDomain.objects.filter(domain__in=domains).exclude(organisation=organisation_id)
    if other := others.first():
        message = _("%(domain)s belongs to another organisation. Take it out there first.")
        raise DomainFault(message % {"domain": other.domain})
    own = OrganisationDomain.objects.filter(organisation=organisation_id)
    own.exclude(domain__in=domains).delete()
    kept = set(own.values_list("domain", flat=True))
    new = [domain for domain in domains if domain not in kept]
    OrganisationDomain.objects.bulk_create(
        [OrganisationDomain(organisation_id=organisation_id, domain=domain) for domain in new]
    )


def domains_of(organisation_id: int) -> list[str]:
    rows = OrganisationDomain.objects.filter(organisation=organisation_id).order_by("domain")
    return list(rows.values_list("domain", flat=True))


def offered_to(user: User) -> list[Organisation]:
    """The organisations that a confirmed address of the person points to, and that they do not belong to."""
    addresses = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    domains = {address.rpartition("@")[2].lower() for address in addresses}
    if not domains:
        return []
    rows = Organisation.objects.without_tree_fields().filter(domains__domain__in=domains)
    mine = user.memberships.filter(to_day=None).values("organisation")
    return list(rows.exclude(pk__in=mine).distinct().order_by("pk"))
