"""A Telegram server with the documented limits of the methods that the bot uses."""

import asyncio
import itertools
import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.fakes.faults import Fault, Faults

TOKEN = "123456:TEST-telegram-token"
TEXT_UNITS = 4096
DATA_BYTES = 64
FILE_BYTES = 20 * 1024 * 1024


class FakeTelegram:
    """Start with ``async with``; ``base`` is its address, ``sent`` the messages by chat in order."""

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.faults = Faults()
        self.sent: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        self.answered: list[str] = []
        self.calls: defaultdict[str, int] = defaultdict(int)
        self.chats: set[str] = set()
        self.blocked: set[str] = set()
        self.webhook: dict[str, Any] = {}
        self._files: dict[str, tuple[bytes, int]] = {}
        self._ids = itertools.count(1)
        self._update_ids = itertools.count(9_000)
        self._updates: list[dict[str, Any]] = []
        self._arrived = asyncio.Event()
        self._news = asyncio.Condition()
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        self._server = TestServer(app, host="127.0.0.1")

    async def __aenter__(self) -> "FakeTelegram":
        await self._server.start_server()
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        self.faults.stop()
        self._arrived.set()
        await self._session.close()
        await self._server.close()

    @property
    def base(self) -> str:
        """The address to use as ``TELEGRAM_API_BASE``."""
        return str(self._server.make_url("")).rstrip("/")

    def fail(self, method: str, status: int, description: str, times: int = 1, **parameters: Any) -> None:
        """The next ``times`` calls of ``method`` fail."""
        answer = refusal(status, description, **parameters)
        self.faults.queue(method, *[Fault(answer, status)] * times)

    # ---- what people do ----------------------------------------------------------------------------------------

    def message(self, chat: int, **content: Any) -> dict[str, Any]:
        """The update of a message in a private chat: ``text=``, ``location=`` …"""
        self.chats.add(str(chat))
        return {
            "update_id": next(self._update_ids),
            "message": {
                "message_id": next(self._ids),
                "date": 1_780_000_000,
                "from": person(chat),
                "chat": private(chat),
                **content,
            },
        }

    def tap(self, chat: int, data: str) -> dict[str, Any]:
        """The update of a tap on a button."""
        self.chats.add(str(chat))
        return {
            "update_id": next(self._update_ids),
            "callback_query": {
                "id": str(next(self._ids)),
                "from": person(chat),
                "chat_instance": "1",
                "data": data,
                "message": {"message_id": next(self._ids), "date": 1_780_000_000, "chat": private(chat), "text": "?"},
            },
        }

    async def deliver(self, url: str, update: Mapping[str, Any], secret: str) -> int:
        """Post ``update`` to the webhook; the HTTP status."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
        async with self._session.post(url, json=update, headers=headers) as response:
            return response.status

    def file(self, content: bytes, size: int | None = None) -> str:
        """A file that a person sent; its file id. ``size``: what Telegram says instead of the truth."""
        file_id = f"AgACAgUAAx-{len(self._files)}_test"
        self._files[file_id] = (content, len(content) if size is None else size)
        return file_id

    def hold(self, *updates: dict[str, Any]) -> None:
        """Keep ``updates`` for ``getUpdates``."""
        self._updates.extend(updates)
        self._arrived.set()

    async def seen(self, chat: int, messages: int) -> None:
        """Wait until a person has so many messages."""
        async with self._news:
            await self._news.wait_for(lambda: len(self.sent[str(chat)]) >= messages)

    # ---- the API -----------------------------------------------------------------------------------------------

    async def _handle(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        self.calls[method] += 1
        fault = await self.faults.meet(method, request)
        if fault is not None:
            return fault
        if request.match_info["token"] != self.token:
            return answer(refusal(401, "Unauthorized"))
        given = await request.json() if request.content_type == "application/json" else dict(await request.post())
        match method:
            case "getMe":
                me = {"id": 123456, "is_bot": True, "first_name": "暖冬", "username": "nuandong_bot"}
                return answer({"ok": True, "result": me})
            case "sendMessage":
                sent = answer(self._send(given))
                async with self._news:
                    self._news.notify_all()
                return sent
            case "answerCallbackQuery":
                self.answered.append(str(given["callback_query_id"]))
            case "getFile":
                return answer(self._get_file(given))
            case "setWebhook":
                self.webhook = given
            case "deleteWebhook":
                self.webhook = {}
            case "getUpdates":
                return answer(await self._get_updates(given))
            case _:
                return answer(refusal(404, "Not Found"))
        return answer({"ok": True, "result": True})

    def _get_file(self, given: Mapping[str, Any]) -> dict[str, Any]:
        file_id = str(given["file_id"])
        if file_id not in self._files:
            return refusal(400, "Bad Request: invalid file_id")
        size = self._files[file_id][1]
        if size > FILE_BYTES:
            return refusal(400, "Bad Request: file is too big")
        described = {"file_id": file_id, "file_unique_id": "u", "file_size": size, "file_path": f"photos/{file_id}"}
        return {"ok": True, "result": described}

    async def _download(self, request: web.Request) -> web.Response:
        self.calls["download"] += 1
        fault = await self.faults.meet("download", request)
        if fault is not None:
            return fault
        file_id = request.match_info["path"].removeprefix("photos/")
        if request.match_info["token"] != self.token or file_id not in self._files:
            return web.Response(status=404)
        return web.Response(body=self._files[file_id][0])

    def _send(self, given: Mapping[str, Any]) -> dict[str, Any]:
        chat, text = str(given["chat_id"]), str(given["text"])
        if chat in self.blocked:
            return refusal(403, "Forbidden: bot was blocked by the user")
        if chat not in self.chats:
            return refusal(400, "Bad Request: chat not found")
        if not text.strip():
            return refusal(400, "Bad Request: message text is empty")
        if len(text.encode("utf-16-le")) // 2 > TEXT_UNITS:
            return refusal(400, "Bad Request: message is too long")
        markup = json.loads(given.get("reply_markup") or "{}")
        buttons = [button for row in markup.get("inline_keyboard", []) for button in row]
        if any(not 1 <= len(button["callback_data"].encode()) <= DATA_BYTES for button in buttons):
            return refusal(400, "Bad Request: BUTTON_DATA_INVALID")
        self.sent[chat].append({"text": text, "buttons": [(b["text"], b["callback_data"]) for b in buttons]})
        message = {"message_id": next(self._ids), "date": 1_780_000_000, "chat": private(int(chat)), "text": text}
        return {"ok": True, "result": message}

    async def _get_updates(self, given: Mapping[str, Any]) -> dict[str, Any]:
        if self.webhook:
            return refusal(409, "Conflict: can't use getUpdates method while webhook is active")
        offset = int(given.get("offset") or 0)
        self._updates = [update for update in self._updates if update["update_id"] >= offset]
        if not self._updates:
            self._arrived.clear()
            try:
                await asyncio.wait_for(self._arrived.wait(), float(given.get("timeout") or 0))
            except TimeoutError:
                return {"ok": True, "result": []}
        return {"ok": True, "result": self._updates[:100]}


def person(number: int) -> dict[str, Any]:
    """A person as Telegram describes them."""
    return {"id": number, "is_bot": False, "first_name": "测试"}


def private(number: int) -> dict[str, Any]:
    """A private chat."""
    return {"id": number, "type": "private", "first_name": "测试"}


def refusal(status: int, description: str, **parameters: Any) -> dict[str, Any]:
    """Telegram's form of an error."""
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    return body | {"parameters": parameters} if parameters else body


def answer(body: Mapping[str, Any]) -> web.Response:
    """``body`` with the status that it names."""
    return web.json_response(body, status=body.get("error_code", 200))
