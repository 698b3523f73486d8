"""What WeChat's pushes mean."""

import pytest

from bot.channels.base import BadRequestError
from bot.channels.wechat_read import read_push
from bot.channels.wechat_xml import XmlError, read_fields
from bot.inbound import Input, Kind

FIELDS = {"ToUserName": "gh_nuandong", "FromUserName": "oPerson", "CreateTime": "1348831860", "MsgId": "12345"}


@pytest.mark.parametrize(
    ("kind", "more", "meaning"),
    [
        ("text", {"Content": "3口人"}, Input(Kind.TEXT, "3口人")),
        ("text", {}, Input(Kind.TEXT, "")),
        ("text", {"Content": "是", "bizmsgmenuid": "sure:yes"}, Input(Kind.CHOICE, "sure:yes")),
        ("text", {"Content": "【收到不支持的消息类型，暂无法显示】"}, Input(Kind.STICKER)),
        ("image", {"PicUrl": "http://x", "MediaId": "m-_1"}, Input(Kind.PHOTO, media="m-_1")),
        ("image", {"PicUrl": "http://x", "MediaId": "m&access_token=1"}, Input(Kind.PHOTO)),
        ("image", {"MediaId": "m" * 257}, Input(Kind.PHOTO)),
        ("voice", {"MediaId": "m", "Recognition": ""}, Input(Kind.VOICE, media="m")),
        ("voice", {"MediaId": "m", "Recognition": "三口人"}, Input(Kind.VOICE, "三口人", "m")),
        ("voice", {}, Input(Kind.VOICE)),
        ("location", {"Location_X": "33.5", "Location_Y": "111.25"}, Input(Kind.LOCATION, "33.501617,111.244146")),
        (
            "location",
            {"Location_X": "33.5", "Location_Y": "111.25", "Label": " 洛阳市栾川县 "},
            Input(Kind.LOCATION, "33.501617,111.244146", label="洛阳市栾川县"),
        ),
        (
            "location",
            {"Location_X": "33.5", "Location_Y": "111.25", "Label": "县" * 900},
            Input(Kind.LOCATION, "33.501617,111.244146", label="县" * 200),
        ),
        ("location", {"Location_X": "48.8566", "Location_Y": "2.3522"}, Input(Kind.LOCATION, "48.856600,2.352200")),
        ("location", {"Location_X": "999", "Location_Y": "-999.5"}, Input(Kind.LOCATION, "999.000000,-999.500000")),
        ("location", {"Location_X": "nan", "Location_Y": "111.25"}, Input(Kind.OTHER)),
        ("video", {}, Input(Kind.OTHER)),
        ("file", {}, Input(Kind.OTHER)),
        ("hologram", {}, Input(Kind.OTHER)),
        ("event", {"Event": "subscribe", "EventKey": ""}, Input(Kind.SCENE)),
        ("event", {"Event": "subscribe", "EventKey": "qrscene_v41"}, Input(Kind.SCENE, "v41")),
        ("event", {"Event": "subscribe", "EventKey": "last_trade_no_4"}, Input(Kind.SCENE)),
        ("event", {"Event": "SCAN", "EventKey": "v41"}, Input(Kind.SCENE, "v41")),
        ("event", {"Event": "CLICK", "EventKey": "申请"}, Input(Kind.TEXT, "申请")),
        ("event", {"Event": "subscribe_msg_popup_event"}, Input(Kind.SILENT)),
        ("event", {}, Input(Kind.SILENT)),
    ],
)
def test_the_meaning(kind: str, more: dict[str, str], meaning: Input) -> None:
    assert read_push(FIELDS | {"MsgType": kind} | more).inbound.input == meaning


@pytest.mark.parametrize(
    "wrong",
    [{"MsgType": ""}, {"FromUserName": ""}, {"FromUserName": "a]]>b"}, {"ToUserName": "a b"}, {"MsgId": ""}],
)
def test_a_push_without_what_every_push_has_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(BadRequestError, match="malformed"):
        read_push(FIELDS | {"MsgType": "text"} | wrong)


def test_nested_fields_are_left_out() -> None:
    fields = read_fields(b"<xml><A>1</A><List><Item><A>2</A></Item></List><B> 3 </B></xml>")
    assert fields == {"A": "1", "List": "", "B": "3"}


BILLION = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xml><Content>&b;</Content></xml>'
OUTSIDE = b'<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd"><xml><A>1</A></xml>'


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"<xml>",
        b"<xml><A>1</A><A>2</A></xml>",
        b"<xml><A>\xff\xfe</A></xml>",
        b"<a>" * 5000,
        b"<xml>" + b"<a>" * 7 + b"</a>" * 7 + b"</xml>",
        BILLION,
        OUTSIDE,
    ],
)
def test_hostile_documents_are_refused(body: bytes) -> None:
    with pytest.raises(XmlError):
        read_fields(body)
