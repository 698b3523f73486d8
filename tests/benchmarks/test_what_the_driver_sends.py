"""The driver's requests are what WeChat would send, and walk a whole form with the real service."""

from collections.abc import Mapping

import pytest
from sqlalchemy import func, select
from yarl import URL

from benchmarks import bare
from benchmarks.account import AES_KEY, APP_ID, TOKEN
from benchmarks.people import STEPS, Person, expected
from benchmarks.signed import envelope, requests
from bot.channels.wechat import WeChat, WeChatSettings, join
from bot.turns import BatchedTurns
from intake.models import Case, Submission
from store.clock import FixedClock
from store.database import Database
from tests.bot.test_talks import bot_world
from tests.world import make_world


def opened(request: bytes) -> tuple[Mapping[str, str], bytes]:
    """The query and the body of a whole HTTP request."""
    head, _, body = request.partition(b"\r\n\r\n")
    return URL(head.split(b" ", 2)[1].decode()).query, body


@pytest.mark.parametrize("aes", [False, True], ids=["plain", "aes"])
async def test_a_person_walks_the_whole_form(database: Database, clock: FixedClock, aes: bool) -> None:
    await make_world(database, clock)
    turns = BatchedTurns(database, clock, bot_world)
    channel = WeChat(WeChatSettings(APP_ID, TOKEN, AES_KEY if aes else ""), turns, clock)
    person = Person.made_up(7)
    sent = requests(person, int(clock.now().timestamp()), envelope().seal if aes else None)
    for request, due in zip(sent, expected(), strict=True):
        push, sealed = channel.read(*opened(request))
        assert sealed is aes
        assert due in join(await turns.take(push.inbound))
    async with database.read() as db:
        content = await db.scalar(select(Submission.content))
        assert content is not None
        assert content["answers"] == person.answered(STEPS) == person.answers
        assert await db.scalar(select(func.count(Case.id))) == 1


def test_the_bare_handler_checks_and_parses_the_same_requests() -> None:
    person = Person.made_up(8)
    assert bare.CONSTANT in bare.plain(*opened(requests(person, 1_700_000_000)[3]))
    answer = bare.sealed()(*opened(requests(person, 1_700_000_000, envelope().seal)[3]))
    assert "<Encrypt>" in answer


def test_every_person_has_a_household_and_messages_of_their_own() -> None:
    people = [Person.made_up(number) for number in range(0, 2_000_000, 997)]
    assert len({person.answers["id_number"] for person in people}) == len(people)
    sent = [request for person in people[:50] for request in requests(person, 1_700_000_000)]
    assert len({request.partition(b"<MsgId>")[2] for request in sent}) == 50 * STEPS
