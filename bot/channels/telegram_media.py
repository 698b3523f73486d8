"""Photos and voices of Telegram: asked for by their file id, then fetched from where Telegram says."""

import aiohttp
from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.channels.telegram_send import failure
from intake.fetching import GoneError, LaterError
from intake.media import MAX_BYTES

_TIMEOUT = aiohttp.ClientTimeout(total=30, sock_read=10)


class TelegramMedia:
    """A source (see :class:`intake.fetching.MediaSource`)."""

    def __init__(self, bot: Bot, session: aiohttp.ClientSession) -> None:
        self._bot = bot
        self._session = session

    async def fetch(self, reference: str) -> bytes:
        """The file with the file id ``reference``. Its size is checked before a byte is fetched, and while it comes.

        Raises:
            GoneError: Telegram does not know it, or it is too large.
            LaterError: any other error.
        """
        try:
            file = await self._bot.get_file(reference)
        except BadRequest as error:
            if "temporarily" in error.message.lower():
                raise LaterError("telegram:file") from None
            raise GoneError("telegram:file") from None
        except TelegramError as error:
            raise LaterError(failure(error).code) from None
        if isinstance(file.file_size, int) and file.file_size > MAX_BYTES:
            raise GoneError("telegram:too_large")
        if not file.file_path:
            raise GoneError("telegram:file")
        return await self._download(file.file_path)

    async def _download(self, url: str) -> bytes:
        raw = bytearray()
        try:
            async with self._session.get(url, timeout=_TIMEOUT, allow_redirects=False) as response:
                if response.status != 200:
                    raise LaterError(f"telegram:http{response.status}")
                async for chunk in response.content.iter_chunked(65_536):
                    raw += chunk
                    if len(raw) > MAX_BYTES:
                        raise GoneError("telegram:too_large")
        # "from None": the error's text holds the address with the token.
        except (aiohttp.ClientError, TimeoutError, OSError):
            raise LaterError("telegram:network") from None
        return bytes(raw)
