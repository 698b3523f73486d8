"""A person writes on WeChat, in both modes."""

import asyncio

import pytest

from bot.inbound import Inbound, Kind
from bot.reply import Choice, Reply
from tests.channels.conftest import Talk

PERSON = "oTestPerson00000000000000001"


async def test_the_answer_comes_in_the_response(talk: Talk) -> None:
    seen = await talk.fake.deliver(talk.url, talk.fake.text(PERSON, "3口人"))
    assert seen.texts == ["收到：3口人"]
    assert talk.turns.taken[0].address == PERSON
    assert talk.fake.calls["send"] == 0
    assert talk.count.outcomes == ["answered"]


async def test_choices_are_a_numbered_list_and_replies_one_message(talk: Talk) -> None:
    ask = Reply("您家是什么情况？", (Choice("family:low", "低保户"), Choice("family:none", "一般户")))
    talk.turns.answer = lambda _inbound: (Reply("好的。"), ask)
    seen = await talk.fake.deliver(talk.url, talk.fake.text(PERSON, "申请"))
    assert seen.texts == ["好的。\n\n您家是什么情况？\n1. 低保户\n2. 一般户"]


async def test_a_retried_message_gets_the_same_answer(talk: Talk) -> None:
    push = talk.fake.text(PERSON, "3", message_id=7001)
    first = await talk.fake.deliver(talk.url, push)
    again = await talk.fake.deliver(talk.url, push)
    assert first.texts == again.texts == ["收到：3"]


async def test_text_cannot_add_elements_to_the_reply(talk: Talk) -> None:
    evil = "]]></Content><MsgType><![CDATA[news]]></MsgType><Content><![CDATA["
    seen = await talk.fake.deliver(talk.url, talk.fake.text(PERSON, evil))
    assert seen.texts == [f"收到：{evil}"]


async def test_control_characters_do_not_break_the_reply(talk: Talk) -> None:
    talk.turns.answer = lambda _inbound: (Reply("一\x00二\x0b三四\uffff"),)
    seen = await talk.fake.deliver(talk.url, talk.fake.text(PERSON, "？"))
    assert seen.texts == ["一二三四"]


async def test_a_slow_answer_comes_by_a_custom_message(talk: Talk) -> None:
    talk.turns.ready.clear()
    seen = await talk.fake.deliver(talk.url, talk.fake.text(PERSON, "申请"))
    assert (seen.texts, seen.away) == ([], False)
    talk.turns.ready.set()
    await talk.channel.close()
    assert talk.fake.sent[PERSON] == ["收到：申请"]
    assert talk.count.outcomes == ["late"]


async def test_a_retry_while_the_first_runs_sends_nothing_twice(talk: Talk) -> None:
    talk.turns.ready.clear()
    push = talk.fake.text(PERSON, "申请", message_id=7002)
    first, second = await asyncio.gather(*(talk.fake.deliver(talk.url, push) for _ in range(2)))
    third = await talk.fake.deliver(talk.url, push)
    talk.turns.ready.set()
    await talk.channel.close()
    fourth = await talk.fake.deliver(talk.url, push)
    assert [one.texts for one in (first, second, third, fourth)] == [[], [], [], []]
    assert talk.fake.sent[PERSON] == ["收到：申请"]
    assert len(talk.turns.taken) == 1


async def test_a_slow_answer_that_fails_is_said_too(talk: Talk) -> None:
    talk.turns.ready.clear()
    await talk.fake.deliver(talk.url, talk.fake.text(PERSON, "申请"))
    talk.turns.busy = True
    talk.turns.ready.set()
    await talk.channel.close()
    [text] = talk.fake.sent[PERSON]
    assert "再发一次" in text


async def test_a_closed_window_for_a_slow_answer_is_counted(talk: Talk) -> None:
    talk.turns.ready.clear()
    await talk.fake.deliver(talk.url, talk.fake.text(PERSON, "申请"))
    talk.fake.fail("send", 45015)
    talk.turns.ready.set()
    await talk.channel.close()
    assert talk.count.outcomes == ["late", "window_closed"]


async def test_a_long_answer_goes_on_in_custom_messages_once(talk: Talk) -> None:
    long = "\n".join(f"第{number}行：这是一段给人看的长话，一个字也不能少。" for number in range(60))
    talk.turns.answer = lambda _inbound: (Reply(long),)
    push = talk.fake.text(PERSON, "政策", message_id=7003)
    seen = await talk.fake.deliver(talk.url, push)
    again = await talk.fake.deliver(talk.url, push)
    await talk.channel.close()
    assert "\n".join(seen.texts + talk.fake.sent[PERSON]) == long
    assert again.texts == seen.texts
    assert all(len(part.encode()) <= 2000 for part in (*seen.texts, *talk.fake.sent[PERSON]))


async def test_busy_turns_make_wechat_try_again(talk: Talk) -> None:
    talk.turns.busy = True
    seen = await talk.fake.deliver(talk.url, talk.fake.text(PERSON, "申请"))
    assert seen.statuses == [503, 503, 503]
    assert seen.away
    assert len(talk.turns.taken) == 3


@pytest.mark.parametrize(
    "event", ["unsubscribe", "VIEW", "TEMPLATESENDJOBFINISH", "subscribe_msg_sent_event", "LOCATION"]
)
async def test_an_event_that_nobody_waits_for_is_no_turn(talk: Talk, event: str) -> None:
    seen = await talk.fake.deliver(talk.url, talk.fake.event(PERSON, event))
    assert (seen.texts, seen.away, talk.turns.taken) == ([], False, [])
    assert talk.count.outcomes == ["silent"]


async def test_following_by_a_village_code_says_the_village(talk: Talk) -> None:
    await talk.fake.deliver(talk.url, talk.fake.event(PERSON, "subscribe", "qrscene_v410324112201"))
    await talk.fake.deliver(talk.url, talk.fake.event(PERSON, "SCAN", "v410324112201"))
    first, second = talk.turns.taken
    assert first.input == second.input
    assert (first.input.kind, first.input.text) == (Kind.SCENE, "v410324112201")
    assert first.message_id != second.message_id


async def test_a_repeated_event_keeps_its_id_and_names_nobody(talk: Talk) -> None:
    push = talk.fake.event(PERSON, "CLICK", "申请")
    for _ in range(2):
        await talk.fake.deliver(talk.url, push)
    ids = {inbound.message_id for inbound in talk.turns.taken}
    assert len(ids) == 1
    assert PERSON not in ids.pop()


async def test_no_answer_shows_nothing(talk: Talk) -> None:
    def silent(_inbound: Inbound) -> tuple[Reply, ...]:
        return ()

    talk.turns.answer = silent
    seen = await talk.fake.deliver(talk.url, talk.fake.text(PERSON, "嗯"))
    assert (seen.texts, seen.away) == ([], False)
