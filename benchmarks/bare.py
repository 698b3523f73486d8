"""The bare handler: checks, parses, answers a constant, keeps nothing. ``python -m benchmarks.bare PORT [aes]``."""

import sys
from collections.abc import Callable, Mapping

import uvloop
from aiohttp import web
from wechatpy import create_reply, parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import check_signature

from benchmarks.account import AES_KEY, APP_ID, PATH, TOKEN

CONSTANT = "好的"

Handle = Callable[[Mapping[str, str], bytes], str]


def plain(query: Mapping[str, str], body: bytes) -> str:
    """The answer to a plain push."""
    check_signature(TOKEN, query["signature"], query["timestamp"], query["nonce"])
    return str(create_reply(CONSTANT, parse_message(body)).render())


def sealed() -> Handle:
    """Answers pushes in AES mode."""
    crypto = WeChatCrypto(TOKEN, AES_KEY, APP_ID)

    def answer(query: Mapping[str, str], body: bytes) -> str:
        opened = crypto.decrypt_message(body, query["msg_signature"], query["timestamp"], query["nonce"])
        reply = create_reply(CONSTANT, parse_message(opened)).render()
        return str(crypto.encrypt_message(reply, query["nonce"], query["timestamp"]))

    return answer


def _application(handle: Handle) -> web.Application:
    async def post(request: web.Request) -> web.Response:
        return web.Response(body=handle(request.query, await request.read()).encode(), content_type="application/xml")

    app = web.Application()
    app.router.add_post(PATH, post)
    return app


if __name__ == "__main__":
    port, handle = int(sys.argv[1]), sealed() if "aes" in sys.argv[2:] else plain
    uvloop.install()
    web.run_app(_application(handle), host="127.0.0.1", port=port, access_log=None, print=None)
