"""Part five: the request for the season's money says what the list of those in need says."""

from tests.house.season.told import Season

PATH = "/admin/request"


def asks(season: Season, **changes: object) -> dict[str, object]:
    """What the county asks for."""
    fields = {"after": "0", "households": "9", "persons": "21", "money": "6000", "goods": "1200"}
    return fields | {"document": "栾应急〔2022〕61号", "requested_on": season.day()} | changes


async def asks_too_early(season: Season) -> None:
    """Before anybody is on the list there is nothing to ask for."""
    await season.no("xian", PATH, asks(season), "refusal.L11.nobody_in_need")


async def part(season: Season) -> None:
    """The county asks for its money."""
    await season.no("xian", PATH, asks(season, households="10"), "refusal.L11.request_differs")
    await season.no("xian", PATH, asks(season, money="0", goods=""), "refusal.L11.request_no_money")
    await season.no("xian", PATH, asks(season, document=""), "refusal.L11.request_no_document")
    await season.no("xian", PATH, asks(season, requested_on=season.day(1)), "refusal.L11.request_in_future")
    seen = await season.yes("xian", PATH, asks(season))
    assert "栾应急〔2022〕61号" in seen.text
    other = asks(season, money="7000")
    await season.no("xian2", PATH, other, "refusal.L11.request_overtaken")
    await season.yes("xian2", PATH, other | {"after": "1"})
