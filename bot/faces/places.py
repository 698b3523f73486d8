"""Finding a village on a page: by a name that fits several, or step by step through county and township."""

from dataclasses import dataclass

from bot.answers.base import Given

COUNTY, TOWNSHIP = 6, 9


@dataclass(frozen=True, slots=True)
class Step:
    """A part of the way down: the ``areas`` (code, name) to go into, or the ``villages`` to choose from; ``above`` is
    where the way came from, None at its beginning."""

    areas: tuple[tuple[str, str], ...] = ()
    villages: tuple[tuple[str, str], ...] = ()
    above: str | None = None
    title: str = ""


def walk(given: Given, under: str) -> Step:
    """What lies under the area ``under``; where there is only one county, its townships are the beginning."""
    inside = given.places.villages(under)
    if not inside and under:
        return walk(given, "")
    digits = TOWNSHIP if len(under) >= COUNTY else COUNTY
    if len(under) >= TOWNSHIP:
        villages = tuple((row.code, row.name) for row in inside)
        return Step(villages=villages, above=under[:COUNTY], title=given.places.label(under[:TOWNSHIP]))
    areas = dict.fromkeys(row.code[:digits] for row in inside)
    if len(areas) == 1 and digits == COUNTY:
        return walk(given, next(iter(areas)))
    named = tuple((code, row.name) for code in areas if (row := given.places.get(code)))
    counties = {row.code[:COUNTY] for row in given.places.villages()}
    return Step(areas=named, above="" if under and len(counties) > 1 else None)


def found(given: Given, typed: str) -> tuple[tuple[str, str], ...]:
    """The villages that a name may mean; those of a township when only that is named."""
    matches = given.places.find(typed)
    villages = [(match.code, match.label) for match in matches if len(match.code) > TOWNSHIP]
    for match in matches:
        if len(match.code) == TOWNSHIP:
            villages += [(row.code, given.places.label(row.code)) for row in given.places.villages(match.code)]
    return tuple(dict(villages).items())
