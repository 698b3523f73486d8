"""A season of the demo county from the first application to the archive, through HTTP alone, told part by part; every
guard says no at least once."""

from typing import Any

import pytest

from tests.house.season import (
    applying,
    asking,
    bringing,
    closing,
    deciding,
    granting,
    handing,
    needing,
    paying,
    printing,
    reporting,
    requesting,
)
from tests.house.season.county import open_season
from tests.house.season.guards import all_guards, tripped
from tests.house.season.unreached import UNREACHED

PARTS = (
    applying,
    asking,
    needing,
    deciding,
    requesting,
    granting,
    bringing,
    paying,
    handing,
    reporting,
    printing,
    closing,
)


@pytest.mark.timeout(900)
async def test_a_season_from_the_first_application_to_the_archive(
    database_url: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with open_season(database_url) as season:
        for part in PARTS:
            await part.part(season)
    read = {guard for guard, _key in tripped(frozenset(season.said_no))}
    guards = all_guards().keys()
    assert guards - read == UNREACHED.keys(), (
        sorted(guards - read - UNREACHED.keys()),
        sorted(UNREACHED.keys() & read),
    )
