"""Every way in which a translation can be wrong is found, and a wrong one never reaches a person."""

from io import BytesIO

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from locales import Texts
from locales.__main__ import main
from locales.catalogs import key_of
from locales.faults import Fault, Share, Wrong, compared, fields


def _read(text: str) -> dict[str, Message]:
    return {key_of(message): message for message in read_po(BytesIO(text.encode())) if message.id}


HOME = _read('msgid "home.ask"\nmsgstr "{name}，几口人？\\n请打数字。"\n')


@pytest.mark.parametrize(
    ("translation", "wrong"),
    [
        ("", Wrong.MISSING),
        ('msgid "home.ask"\nmsgstr ""\n', Wrong.EMPTY),
        ('msgid "home.ask"\nmsgstr "  "\n', Wrong.EMPTY),
        ('#, fuzzy\nmsgid "home.ask"\nmsgstr "{name}, how many?"\n', Wrong.FUZZY),
        ('#. {name}，几口人？\\n请打数字。\nmsgid "home.ask"\nmsgstr "How many?"\n', Wrong.FIELDS),
        ('#. {name}，几口人？\\n请打数字。\nmsgid "home.ask"\nmsgstr "{nome}, how many?"\n', Wrong.FIELDS),
        ('#. {name}，几口人？\\n请打数字。\nmsgid "home.ask"\nmsgstr "{name, how many?"\n', Wrong.FIELDS),
        ('msgid "home.ask"\nmsgid_plural "asks"\nmsgstr[0] "{name}"\nmsgstr[1] "{name}"\n', Wrong.PLURAL),
        ('#. {name}，几个人？\nmsgid "home.ask"\nmsgstr "{name}, how many?"\n', Wrong.OLD),
        ('msgid "home.ask"\nmsgstr "{name}, how many?"\n', Wrong.OLD),
    ],
)
def test_a_wrong_message_is_found(translation: str, wrong: Wrong) -> None:
    assert dict(compared(HOME, _read(translation)))["home.ask"] is wrong


def test_a_right_message_is_no_fault_and_a_key_that_chinese_lacks_is() -> None:
    right = '#. {name}，几口人？\\n请打数字。\nmsgid "home.ask"\nmsgstr "{name}, how many?"\n'
    assert list(compared(HOME, _read(right))) == []
    assert list(compared(HOME, _read(right + '\nmsgid "gone"\nmsgstr "Gone"\n'))) == [("gone", Wrong.EXTRA)]


def test_a_list_of_words_may_differ_from_chinese_as_it_likes() -> None:
    home = _read('msgid "command.back.words"\nmsgstr "返回 后退"\n')
    assert list(compared(home, _read('msgid "command.back.words"\nmsgstr "back"\n'))) == []


def test_the_share_is_rounded_down_so_that_100_means_all() -> None:
    assert Share(999, 1000).percent == 99
    assert Share(1000, 1000).percent == 100


def test_the_fields_of_a_text() -> None:
    assert fields("{a} and {b}, {a} again") == {"a", "b"}


def test_what_a_language_lacks_is_said_in_chinese_and_never_as_a_key() -> None:
    say = Texts("en", {"home.apply": "Apply", "home.empty": ""}, {"home.person": "找 {who}", "home.empty": "空"})
    assert say("home.apply") == "Apply"
    assert say("home.person", who="人") == "找 人"
    assert say("home.empty") == "空"


def test_words_are_those_of_the_language_and_of_chinese() -> None:
    say = Texts("en", {"x.words": "start_over help"}, {"x.words": "重来 help", "y.words": "无"})
    assert say.words("x.words") == ("start over", "help", "重来")
    assert say.words("y.words") == ("无",)
    assert say.words("z.words") == ()


def test_names_are_the_label_the_other_words_and_the_chinese_label() -> None:
    say = Texts("en", {"hail": "Hail", "hail.also": "ice"}, {"hail": "冰雹", "hail.also": "雹灾"})
    assert say.names("hail") == ("Hail", "ice", "雹灾", "冰雹")
    assert Texts("zh_Hans_CN", {"hail": "冰雹"}, {"hail": "冰雹"}).names("hail") == ("冰雹",)


def test_the_command_names_every_fault_and_ends_with_how_much_there_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("locales.__main__.faults", lambda language: (Fault(language, "bot", "home.ask", Wrong.OLD),))
    monkeypatch.setattr("locales.__main__.coverage", lambda: {"en": Share(999, 1000)})
    assert main() == 1
    assert capsys.readouterr().out == "en/bot: home.ask (old)\nen: 99 % (999 of 1000)\n"
    monkeypatch.setattr("locales.__main__.faults", lambda _language: ())
    monkeypatch.setattr("locales.__main__.coverage", lambda: {"en": Share(1000, 1000)})
    assert main() == 0
    assert capsys.readouterr().out == "en: 100 % (1000 of 1000)\n"
