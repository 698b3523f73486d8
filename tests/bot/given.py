"""What the pure talks are given in tests."""

from datetime import date

from bot.answers.base import Given
from intake.places import Places
from locales import texts
from tests.world import rows

PLACES = Places([row for row in rows() if row.code.startswith("410324")])


def given() -> Given:
    """栾川 on 1 November 2022."""
    return Given(
        texts=texts(),
        today=date(2022, 11, 1),
        places=PLACES,
        disasters=("hail", "drought", "frost"),
        hotline="66789599",
        person="66789599",
    )
