"""What the columns of a file of members may be called, in the languages of the portal, and what may stand in them."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from portal.accounts.tables import Unreadable

COLUMNS: dict[str, tuple[str, ...]] = {
    "email": ("email", "e-mail", "e-mail address", "email address", "البريد الإلكتروني", "البريد", "الإيميل"),
    "phone": ("phone", "mobile", "telephone", "phone number", "الهاتف", "رقم الهاتف", "الجوال", "رقم الجوال"),
    "name": ("name", "full name", "الاسم", "الاسم الكامل"),
    "language": ("language", "اللغة"),
    "region": ("region", "region code", "المنطقة", "رمز المنطقة"),
    "organisation": ("organisation", "organization", "organisation code", "الجهة", "رمز الجهة", "المؤسسة"),
}
LANGUAGE_NAMES = {"arabic": "ar", "العربية": "ar", "عربي": "ar", "english": "en", "الإنجليزية": "en", "إنجليزي": "en"}
_NAMES = {name: column for column, names in COLUMNS.items() for name in names}


def columns_of(head: Sequence[str]) -> dict[str, int]:
    """Where each column stands. Raises Unreadable where one is unknown or there twice, or none tells who it is."""
    found: dict[str, int] = {}
    for place, title in enumerate(head):
        column = _NAMES.get(" ".join(title.casefold().replace("_", " ").split()))
        if column is None and title:
            message = _("“%(title)s” is no column. These are: %(columns)s.")
            raise Unreadable(1, message % {"title": title[:60], "columns": ", ".join(COLUMNS)})
        if column in found:
            raise Unreadable(1, _("There are two columns “%(title)s”. Take one out.") % {"title": title[:60]})
        if column:
            found[column] = place
    if not {"email", "phone"} & set(found):
        raise Unreadable(1, _("There is no column for the e-mail address or the telephone number."))
    return found
