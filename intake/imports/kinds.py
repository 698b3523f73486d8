"""What a workbook may hold, and where a file and a row of it stand."""

from datetime import timedelta
from enum import StrEnum

from intake.procedure import Role

IMPORTERS = (Role.VILLAGE, Role.TOWNSHIP, Role.COUNTY)
"""Who imports, each in their area."""
CHANNEL = "paper"
"""The channel of applications that came on paper: nobody can be told anything by it."""

PREVIEW_KEPT = timedelta(days=30)
"""How long the rows of a preview that was dropped, or never confirmed, are kept."""
ROWS_KEPT = timedelta(days=400)
"""How long the rows of an imported file are kept: until the next season is over."""


class Kind(StrEnum):
    """What the rows are."""

    APPLY = "apply"
    """Applications on paper, signed by the household (form 1)."""
    NOMINATE = "nominate"
    """Nominations on paper, by the group, a cadre or a neighbour (form 1)."""
    LAST = "last"
    """Households of last year's list: nobody's application, but people to ask again."""

    @property
    def files(self) -> bool:
        """Whether its rows become cases."""
        return self is not Kind.LAST


class FileState(StrEnum):
    """Where a file stands."""

    PREVIEW = "preview"
    CONFIRMED = "confirmed"
    """It is being filed, by the one who confirmed it and then by the clock, until it is done."""
    DONE = "done"
    DROPPED = "dropped"


class RowState(StrEnum):
    """What becomes of a row."""

    GOOD = "good"
    """It will be filed; of a last year's list: it is kept."""
    KNOWN = "known"
    """The household has applied this season: nothing changes."""
    REFUSED = "refused"
    SKIPPED = "skipped"
    """A sum, a note: no household."""
    FILED = "filed"
    REOPENED = "reopened"
    """A withdrawn case was opened again."""
    CLOSED = "closed"
    """No scheme took applications any more when it was to be filed."""
    FAULT = "fault"
    """We failed: it can be sent again."""
