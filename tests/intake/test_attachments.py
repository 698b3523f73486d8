"""Photos and voices are expected, kept sealed, bound to what they belong to, and forgotten."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from intake.attachments import (
    PER_DAY,
    Expected,
    TooManyError,
    attach,
    digest_of,
    discard,
    expect,
    forget_loose,
    keep,
    lose,
    upload,
)
from intake.media import Media
from intake.models import Attachment
from intake.reads.attached import Attached, attached, opened
from store.clock import FixedClock
from store.database import Database
from store.ids import new_id
from tests.world import World, make_contact, make_world

PHOTO = Media("image/jpeg", b"a photo of a broken roof")


@pytest.fixture
async def world(database: Database, clock: FixedClock) -> World:
    """栾川, where two people write."""
    made = await make_world(database, clock)
    await make_contact(made, "wechat")
    await make_contact(made, "web")
    return made


@pytest.fixture
def sent(world: World) -> Callable[..., Expected]:
    """A photo of the first person on WeChat, with changes."""

    def one(**changes: object) -> Expected:
        now = world.clock.now()
        row = Expected(new_id(now), world.contacts[0], "photo", "wechat", "media-id", now)
        return row._replace(**changes)  # type: ignore[arg-type]

    return one


async def expected(world: World, *rows: Expected) -> frozenset[int]:
    """Expect ``rows`` in a transaction of their own."""
    async with world.database.connect() as connection:
        return await expect(connection, rows)


async def uploaded(world: World, contact: int, media: Media = PHOTO, kind: str = "photo") -> int:
    """What a person uploaded."""
    async with world.database.connect() as connection:
        return await upload(connection, contact, kind, media, world.clock.now())


async def states(world: World) -> dict[int, str]:
    """The state of every attachment."""
    async with world.database.read() as db:
        return dict((await db.execute(select(Attachment.id, Attachment.state))).all())


async def test_what_is_expected_waits_and_its_reference_is_sealed(world: World, sent: Callable[..., Expected]) -> None:
    rows = [sent(), sent(kind="voice", reference="another")]
    assert await expected(world, *rows) == {row.id for row in rows}
    assert await states(world) == {rows[0].id: "waiting", rows[1].id: "waiting"}
    async with world.database.read() as db:
        raw = (await db.execute(text("SELECT reference FROM attachment"))).scalars().all()
    assert all(b"media-id" not in bytes(one) for one in raw)


async def test_nothing_without_a_reference_is_expected(world: World, sent: Callable[..., Expected]) -> None:
    assert await expected(world, sent(reference="")) == frozenset()
    assert await expected(world) == frozenset()
    assert await states(world) == {}


async def test_a_flood_is_not_taken(world: World, sent: Callable[..., Expected], clock: FixedClock) -> None:
    many = [sent() for _ in range(PER_DAY - 1)]
    assert len(await expected(world, *many)) == PER_DAY - 1
    other, last, beyond = sent(contact_id=world.contacts[1]), sent(), sent()
    assert await expected(world, last, beyond, other) == {last.id, other.id}
    assert await expected(world, sent()) == frozenset()
    clock.forward(timedelta(hours=24))
    assert len(await expected(world, sent())) == 1


async def test_a_kept_photo_is_sealed_and_its_channel_is_forgotten(world: World, sent: Callable[..., Expected]) -> None:
    row = sent()
    await expected(world, row)
    async with world.database.connect() as connection:
        assert await keep(connection, row.id, PHOTO)
        assert not await keep(connection, row.id, Media("image/png", b"another"))
        assert not await keep(connection, 5, PHOTO)
        raw = bytes((await connection.execute(text("SELECT content FROM attachment"))).scalar_one())
    assert PHOTO.content not in raw
    async with world.database.read() as db:
        kept = await db.get_one(Attachment, row.id)
        assert (kept.state, kept.media_type, kept.size, kept.reference) == ("kept", "image/jpeg", 24, "")
        assert kept.digest == digest_of(PHOTO.content)


async def test_what_is_lost_may_still_come_but_what_is_kept_is_never_lost(
    world: World, sent: Callable[..., Expected]
) -> None:
    row = sent()
    await expected(world, row)
    async with world.database.connect() as connection:
        await lose(connection, row.id)
    assert await states(world) == {row.id: "lost"}
    async with world.database.connect() as connection:
        assert await keep(connection, row.id, PHOTO)
        await lose(connection, row.id)
    assert await states(world) == {row.id: "kept"}


async def test_the_same_photo_uploaded_twice_is_one(world: World) -> None:
    first, second = world.contacts
    mine = await uploaded(world, second)
    assert await uploaded(world, second) == mine
    assert await uploaded(world, second, Media("image/jpeg", b"another")) != mine
    assert await uploaded(world, first) != mine
    async with world.database.connect() as connection:
        await attach(connection, second, [mine], "report:5")
    assert await uploaded(world, second) != mine


async def test_uploads_count_in_the_flood(world: World) -> None:
    contact = world.contacts[1]
    for number in range(PER_DAY):
        await uploaded(world, contact, Media("image/jpeg", b"%d" % number))
    with pytest.raises(TooManyError):
        await uploaded(world, contact, Media("image/jpeg", b"one more"))
    async with world.database.read() as db:
        assert (await db.scalar(text("SELECT count(*) FROM attachment"))) == PER_DAY


async def test_only_ones_own_upload_of_its_kind_is_taken(world: World, sent: Callable[..., Expected]) -> None:
    first, second = world.contacts
    mine = await uploaded(world, second)
    row = sent(id=mine, contact_id=second, channel="web", reference=str(mine))
    assert await expected(world, row) == {mine}
    for wrong in (
        row._replace(contact_id=first),
        row._replace(kind="voice"),
        row._replace(id=7, reference="7"),
        row._replace(reference="7"),
    ):
        assert await expected(world, wrong) == frozenset()
    assert await states(world) == {mine: "kept"}


async def test_only_ones_own_loose_attachments_are_bound(world: World, sent: Callable[..., Expected]) -> None:
    first, second = world.contacts
    waits, mine, others = sent(), sent(), sent(contact_id=second)
    await expected(world, waits, mine, others)
    async with world.database.connect() as connection:
        assert await attach(connection, first, [mine.id], "report:4") == {mine.id}
        assert await attach(connection, first, [waits.id, mine.id, others.id, 7], "report:5") == {waits.id}
        assert await attach(connection, first, [waits.id], "report:5") == {waits.id}
        assert await attach(connection, first, [], "report:5") == frozenset()
    async with world.database.read() as db:
        subjects = dict((await db.execute(select(Attachment.id, Attachment.subject))).all())
    assert subjects == {waits.id: "report:5", mine.id: "report:4", others.id: ""}


async def test_a_photo_sent_twice_counts_once(world: World, sent: Callable[..., Expected]) -> None:
    rows = [sent() for _ in range(4)]
    await expected(world, *rows)
    async with world.database.connect() as connection:
        for row in rows[:2]:
            await keep(connection, row.id, PHOTO)
        await lose(connection, rows[3].id)
        await attach(connection, world.contacts[0], [row.id for row in rows], "report:5")
    async with world.database.read() as db:
        found = await attached(db, "report:5")
        assert sorted(one.state for one in found) == ["kept", "lost", "waiting"]
        kept = next(one for one in found if one.state == "kept")
        assert kept == Attached(kept.id, "photo", "kept", "image/jpeg", 24)
        assert await attached(db, "report:6") == []


async def test_a_photo_opens_for_its_subject_alone(world: World) -> None:
    contact = world.contacts[1]
    mine = await uploaded(world, contact)
    async with world.database.connect() as connection:
        await attach(connection, contact, [mine], "report:5")
    async with world.database.read() as db:
        assert await opened(db, "report:5", mine) == ("image/jpeg", PHOTO.content)
        assert await opened(db, "report:6", mine) is None
        assert await opened(db, "report:5", 7) is None


async def test_an_erased_draft_takes_its_photos_along(world: World, sent: Callable[..., Expected]) -> None:
    first, _ = world.contacts
    bound, loose, others = sent(), sent(), sent(contact_id=world.contacts[1])
    await expected(world, bound, loose, others)
    async with world.database.connect() as connection:
        await attach(connection, first, [bound.id], "visit:1")
        await discard(connection, first, [bound.id, loose.id, others.id])
    assert set(await states(world)) == {bound.id, others.id}


async def test_what_belongs_to_nothing_is_forgotten_after_thirty_days(
    world: World, sent: Callable[..., Expected], clock: FixedClock
) -> None:
    old, bound = sent(), sent()
    await expected(world, old, bound)
    async with world.database.connect() as connection:
        await attach(connection, world.contacts[0], [bound.id], "report:5")
    clock.forward(timedelta(days=30))
    young = sent()
    await expected(world, young)
    await forget_loose(world.database, clock.now())
    assert set(await states(world)) == {old.id, bound.id, young.id}
    clock.forward(timedelta(seconds=1))
    await forget_loose(world.database, clock.now())
    assert set(await states(world)) == {bound.id, young.id}
