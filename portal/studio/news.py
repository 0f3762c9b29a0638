from django.urls import reverse

from portal.accounts import letters
from portal.accounts.models import User
from portal.studio.models import Release


def tell_who_took_part(release: Release) -> None:
    """A letter to the author, the reviewer and whoever commented: it is published."""
    commented = release.comments.values_list("author", flat=True)
    people = {pk for pk in (release.author_id, release.reviewer_id, *commented) if pk}
    url = reverse("studio:release", args=[release.pk])
    for person in User.objects.filter(pk__in=people, is_active=True):
        letters.send("published", person, title=release.title, url=url)
