"""Several counties in one installation: each its own disasters and telephones, open or closed by itself."""

from datetime import date

from bot.answers.base import Given
from bot.desks.apply import told
from bot.render import render
from bot.world import County, World
from intake.outcomes import FiledByAnother, NoScheme, Outcome
from intake.places import Places
from locales import texts
from tests.world import SHIMEN, rows

LUANCHUAN, LINTAN = "410324", "623021"
TODAY = date(2022, 11, 1)
A = County(("hail",), hotline="66789599", person="66780001")
B = County(("earthquake", "hail"), hotline="0941-3121234", person="0941-3120001")
IN_B = next(row.code for row in rows() if row.level == 5 and row.code.startswith(LINTAN))


def words(outcome: Outcome, given: Given) -> str:
    """What the applicant reads."""
    return render(None, None, told(outcome, given).effects, given).text


def world(*, a_is_open: bool = True) -> World:
    """栾川 (A) beside 临潭 (B), which came last."""
    counties = {LUANCHUAN: County(A.disasters, A.hotline, A.person, a_is_open), LINTAN: B}
    offered = [code for code, county in counties.items() if county.is_open]
    return World(Places(rows(), offered), counties, B.hotline, B.person)


def test_each_county_has_its_own_disasters_and_telephones() -> None:
    here, there = (world().given(texts(), TODAY, village) for village in (SHIMEN, IN_B))
    assert (here.disasters, here.hotline, here.person) == (A.disasters, A.hotline, A.person)
    assert (there.disasters, there.hotline, there.person) == (B.disasters, B.hotline, B.person)
    said = words(FiledByAnother(SHIMEN), here)
    assert A.hotline in said and A.person in said


def test_someone_of_no_known_county_gets_the_installations_telephones_and_all_disasters() -> None:
    for village in (None, "999999999999"):
        given = world().given(texts(), TODAY, village)
        assert (given.hotline, given.person, given.disasters) == (B.hotline, B.person, ("hail", "earthquake"))


def test_a_draft_in_a_county_that_closed_keeps_its_names_and_telephones() -> None:
    closed = world(a_is_open=False)
    given = closed.given(texts(), TODAY, SHIMEN)
    assert given.places.label(SHIMEN) == "潭头镇石门村"
    assert "潭头镇石门村" in words(NoScheme(SHIMEN), given)
    assert (given.hotline, given.is_open) == (A.hotline, True)
    assert closed.given(texts(), TODAY).disasters == B.disasters


def test_only_the_villages_of_open_counties_are_offered() -> None:
    places = world(a_is_open=False).places
    assert places.find("潭头石门") == ()
    assert places.village_of_scene(f"v{SHIMEN}") is None
    assert places.village_of_scene(f"v{IN_B}") == IN_B
    assert {village.code[:6] for village in places.villages()} == {LINTAN}
    assert world().places.village_of_scene(f"v{SHIMEN}") == SHIMEN


def test_when_every_county_is_closed_nobody_may_apply() -> None:
    counties = {LUANCHUAN: County(A.disasters, A.hotline, A.person, is_open=False)}
    assert not World(Places(rows()), counties, "", "").given(texts(), TODAY, SHIMEN).is_open
