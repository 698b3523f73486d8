"""Searching by meaning too, with an encoder that knows which words mean the same."""

import asyncio
import sys
import threading
from collections.abc import Sequence
from math import sqrt
from types import ModuleType, SimpleNamespace

import pytest

from bot.policy.content import entries
from bot.policy.encoder import E5, find_encoder
from bot.policy.index import index
from bot.policy.opening import open_search
from bot.policy.search import search
from bot.policy.semantic import HEARD, Semantic, Vector, fuse, middle
from store.database import Database
from tests.policy.asked import asked, lines

MEANINGS = ("钱 款 金 元 票子", "被子 棉被 铺盖", "举报 告发 检举", "冷 冻 冰窖", "房 屋 窑洞", "暖 炉 火 烤")
"""Words of one line mean the same to :class:`Thesaurus`."""


class Thesaurus:
    """A stand-in encoder: a number for each meaning, and a little of everything so that no vector is empty."""

    def __init__(self) -> None:
        self.threads: set[str] = set()
        self.encoded: list[str] = []

    def __call__(self, texts: Sequence[str]) -> Sequence[Vector]:
        self.threads.add(threading.current_thread().name)
        self.encoded += texts
        return [self.vector(text) for text in texts]

    @staticmethod
    def vector(text: str) -> Vector:
        numbers = [0.2, *(float(sum(text.count(word) for word in line.split())) for line in MEANINGS)]
        length = sqrt(sum(number * number for number in numbers))
        return [number / length for number in numbers]


@pytest.fixture
async def indexed(database: Database) -> Database:
    await index(database)
    return database


async def test_a_word_that_no_variant_has_is_understood_by_its_meaning(indexed: Database) -> None:
    question = "我要铺盖"
    semantic = Semantic(Thesaurus())
    async with indexed.reader.connect() as connection:
        plain = [entry.key for entry in await search(connection, question + "，家里缺")]
        await semantic.prepare()
        found = [entry.key for entry in await semantic(connection, question + "，家里缺")]
    semantic.close()
    assert "goods" not in plain
    assert found[0] == "goods"


async def test_until_the_vectors_are_made_terms_alone_answer(indexed: Database) -> None:
    semantic = Semantic(Thesaurus())
    assert not semantic.ready
    async with indexed.reader.connect() as connection:
        for _, question in asked()[::10]:
            assert await semantic(connection, question) == await search(connection, question)
    semantic.close()


async def test_what_has_nothing_in_common_finds_nothing_whatever_it_means(indexed: Database) -> None:
    semantic = Semantic(Thesaurus())
    await semantic.prepare()
    async with indexed.reader.connect() as connection:
        for text in ("", "👍", "？？", *lines("nonsense.txt")):
            assert bool(await semantic(connection, text)) == bool(await search(connection, text)), text
    semantic.close()


async def test_the_encoder_works_in_one_thread_of_its_own_and_sees_clean_texts(indexed: Database) -> None:
    encoder = Thesaurus()
    semantic = Semantic(encoder)
    await semantic.prepare()
    encoder.encoded.clear()

    async def ask(text: str) -> list[str]:
        async with indexed.reader.connect() as connection:
            return [entry.key for entry in await semantic(connection, text)]

    found = await asyncio.gather(*(ask(text) for text in ("低\x00保\ud800？", "房子\u202e塌了", "举" + "报" * 9000)))
    semantic.close()
    assert all(len(keys) == 3 for keys in found)
    assert {"低保", "房子塌了"} < set(encoder.encoded)
    assert all(text.isalnum() and len(text) <= HEARD for text in encoder.encoded)
    assert len(encoder.threads) == 1
    assert threading.current_thread().name not in encoder.threads


def test_both_judgements_count() -> None:
    near = {"a": 0.80, "b": 0.81, "c": 0.90, "d": 0.82}
    assert list(fuse({"a": 9000.0}, near)) == ["c", "a", "d", "b"], "shared terms lift a, but c is far nearer"
    assert next(iter(fuse({"b": 9000.0, "c": 6000.0}, near))) == "c"
    assert list(fuse({"b": 5000.0}, dict.fromkeys("abc", 0.8))) == ["b", "a", "c"], "all are as near: terms decide"


def test_the_middle_of_vectors_is_as_long_as_1() -> None:
    assert middle([[1.0, 0.0], [0.0, 1.0]]) == pytest.approx([sqrt(0.5), sqrt(0.5)])
    assert middle([[1.0, 0.0], [-1.0, 0.0]]) == [0.0, 0.0]


async def test_the_house_searches_by_meaning_as_soon_as_it_can(indexed: Database) -> None:
    encoder = Thesaurus()
    async with open_search(encoder) as opened:
        assert isinstance(opened, Semantic)
        for _ in range(500):
            if opened.ready:
                break
            await asyncio.sleep(0.01)
        assert opened.ready
        async with indexed.reader.connect() as connection:
            assert (await opened(connection, "家里缺铺盖"))[0].key == "goods"
    async with open_search(None) as opened:
        assert opened is search


async def test_a_house_that_closes_does_not_wait_for_all_entries() -> None:
    begun, go_on = threading.Event(), threading.Event()
    encoder = Thesaurus()

    def slow(texts: Sequence[str]) -> Sequence[Vector]:
        begun.set()
        go_on.wait(10)
        return encoder(texts)

    async with open_search(slow) as opened:
        assert isinstance(opened, Semantic)
        await asyncio.to_thread(begun.wait, 10)
        asyncio.get_running_loop().call_later(0.05, go_on.set)
    assert len(encoder.encoded) < 100, "the entry at hand, not all"
    assert not opened.ready


async def test_with_an_encoder_that_fails_terms_alone_answer(
    indexed: Database, caplog: pytest.LogCaptureFixture
) -> None:
    failed = threading.Event()

    def broken(texts: Sequence[str]) -> Sequence[Vector]:
        failed.set()
        raise RuntimeError("no such instruction")

    async with open_search(broken) as opened, indexed.reader.connect() as connection:
        await asyncio.to_thread(failed.wait, 10)
        assert await opened(connection, "取暖") == await search(connection, "取暖")
        for _ in range(500):
            if caplog.records:
                break
            await asyncio.sleep(0.01)
    assert "searched by terms alone" in caplog.text


def test_the_extra_is_used_where_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package's model gives arrays; its one option that matters is the number of threads."""
    wanted: dict[str, int] = {}

    class Array(list[list[float]]):
        def tolist(self) -> list[list[float]]:
            return list(self)

    class Model:
        def __init__(self, **options: int) -> None:
            wanted.update(options)

        def query(self, texts: list[str]) -> Array:
            return Array([float(len(text))] for text in texts)

    package = ModuleType("made_up_encoder")
    package.__dict__["E5"] = Model
    package.__spec__ = SimpleNamespace()  # type: ignore[assignment]
    monkeypatch.setitem(sys.modules, package.__name__, package)
    encoder = find_encoder(package.__name__)
    assert isinstance(encoder, E5)
    assert encoder(("低保", "钱")) == [[2.0], [1.0]]
    assert wanted == {"num_threads": 1}


def test_without_the_extra_there_is_no_encoder_and_one_that_does_not_run_is_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert find_encoder("no_such_encoder") is None
    assert not caplog.records

    class Broken:
        def __init__(self, **options: int) -> None:
            raise RuntimeError("failed to load model")

    package = ModuleType("broken_encoder")
    package.__dict__["E5"] = Broken
    package.__spec__ = SimpleNamespace()  # type: ignore[assignment]
    monkeypatch.setitem(sys.modules, package.__name__, package)
    assert find_encoder(package.__name__) is None
    assert "failed to load model" in caplog.text


async def test_every_entry_is_read_once_by_the_encoder() -> None:
    encoder = Thesaurus()
    semantic = Semantic(encoder)
    await semantic.prepare()
    semantic.close()
    assert len(encoder.encoded) == sum(1 + len(entry.variants) for entry in entries().values())
