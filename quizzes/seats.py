"""Who sits where, when every row has so many seats and not everybody may sit in every row.

Bipartite matching by augmenting paths (Kuhn 1955). Whoever has a seat keeps one: taking guests by preference therefore
gives the most preferred set that can be seated at all (greedy on a transversal matroid, Edmonds and Fulkerson 1965).
"""

from collections.abc import Hashable, Sequence

Guest = Hashable


class Seats:
    """Rows of `sizes` seats; a guest that is seated may be moved to another row, but is never sent away for another."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self.sizes = list(sizes)
        self.rows: list[list[Guest]] = [[] for _size in sizes]
        self.may_sit: dict[Guest, Sequence[int]] = {}

    @property
    def full(self) -> bool:
        return len(self.may_sit) == sum(self.sizes)

    def seat(self, guest: Guest, rows: Sequence[int]) -> bool:
        """Whether there is a seat for the guest in one of `rows`, others moved for it where that helps."""
        self.may_sit[guest] = rows
        if self._place(guest, set()):
            return True
        del self.may_sit[guest]
        return False

    def leave(self, guest: Guest) -> None:
        del self.may_sit[guest]
        for row in self.rows:
            if guest in row:
                row.remove(guest)

    def _place(self, guest: Guest, tried: set[int]) -> bool:
        for at in self.may_sit[guest]:
            if at in tried:
                continue
            tried.add(at)
            row = self.rows[at]
            if len(row) < self.sizes[at]:
                row.append(guest)
                return True
            for other in row:
                if self._place(other, tried):
                    row.remove(other)
                    row.append(guest)
                    return True
        return False
