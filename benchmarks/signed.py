"""WeChat's side: whole HTTP requests, each with its own message id, timestamp, nonce and signature."""

from collections.abc import Callable

from benchmarks.account import ACCOUNT, AES_KEY, APP_ID, PATH, TOKEN
from benchmarks.people import Person
from bot.channels.wechat_crypto import Envelope, signature

Seal = Callable[[bytes], str]


def openid(run: int, number: int) -> str:
    """A person's identifier, 28 characters as WeChat's."""
    return f"o{run:010x}{number:017d}"


def requests(person: Person, run: int, seal: Seal | None = None) -> list[bytes]:
    """Everything a person sends, ready to write to a socket.

    ``run`` is the second in which the run began: all timestamps, and what keeps two runs' message ids apart. The same
    arguments give the same bytes, as WeChat's retries have; with ``seal`` (AES mode) only the random in front differs.
    """
    return [_request(person, run, step, text, seal) for step, text in enumerate(person.says)]


def envelope() -> Envelope:
    """The account's AES envelope."""
    return Envelope(AES_KEY, APP_ID)


def _request(person: Person, run: int, step: int, text: str, seal: Seal | None) -> bytes:
    sender, seconds, message_id = openid(run, person.number), str(run), (run << 31) + person.number * 64 + step
    nonce = str(message_id % 2**31)
    body = (
        f"<xml><ToUserName><![CDATA[{ACCOUNT}]]></ToUserName>\n<FromUserName><![CDATA[{sender}]]></FromUserName>\n"
        f"<CreateTime>{seconds}</CreateTime>\n<MsgType><![CDATA[text]]></MsgType>\n"
        f"<Content><![CDATA[{text}]]></Content>\n<MsgId>{message_id}</MsgId>\n</xml>"
    ).encode()
    query = f"signature={signature(TOKEN, seconds, nonce)}&timestamp={seconds}&nonce={nonce}&openid={sender}"
    if seal:
        sealed = seal(body)
        query += f"&encrypt_type=aes&msg_signature={signature(TOKEN, seconds, nonce, sealed)}"
        body = (
            f"<xml>\n    <ToUserName><![CDATA[{ACCOUNT}]]></ToUserName>\n"
            f"    <Encrypt><![CDATA[{sealed}]]></Encrypt>\n</xml>\n"
        ).encode()
    head = (
        f"POST {PATH}?{query} HTTP/1.1\r\nUser-Agent: Mozilla/4.0\r\nAccept: */*\r\nHost: 127.0.0.1\r\n"
        f"Connection: Keep-Alive\r\nContent-Type: text/xml\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
