"""What exactly was read: a digest of the words and pictures of a text, and of everything in a release."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from lessons.models import Revision, RevisionMedia
from portal.studio.drafts import Written
from portal.studio.models import Release


def digests_of(revisions: Iterable[Revision]) -> dict[int, str]:
    """By id of each revision the digest of its words and of the pictures in it. One query."""
    rows = list(revisions)
    pictures = defaultdict[int, list[Any]](list)
    shown = RevisionMedia.objects.filter(revision__in=rows).order_by("name")
    for revision, name, sha256 in shown.values_list("revision", "name", "media__sha256"):
        pictures[revision].append([name, sha256])
    return {row.pk: _digest([Written.of(row).digest, pictures[row.pk]]) for row in rows}


def digest_of_release(release: Release) -> str:
    """Of everything that an expert is shown of it. Four queries."""
    texts = sorted(digests_of(release.revisions.all()).items())
    words = list(release.texts.order_by("pk").values_list("pk", "words"))
    versions = list(release.versions.order_by("pk").values_list("pk", "structure", "answer_key", "critical"))
    return _digest([texts, words, versions])


def _digest(told: Any) -> str:
    return hashlib.blake2b(json.dumps(told, sort_keys=True).encode(), digest_size=16).hexdigest()
