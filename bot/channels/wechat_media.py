"""Photos and voices of WeChat: fetched by their media id, which WeChat knows for three days."""

from bot.channels.wechat_api import WeChatApi
from intake.fetching import GoneError, LaterError
from intake.media import MAX_BYTES
from intake.sending import SendError

_GONE = frozenset({"wechat:40007", "wechat:too_large"})
"""An unknown or expired media id; more than we take."""


class WeChatMedia:
    """A source (see :class:`intake.fetching.MediaSource`)."""

    def __init__(self, api: WeChatApi) -> None:
        self._api = api

    async def fetch(self, reference: str) -> bytes:
        """The file with the media id ``reference``.

        Raises:
            GoneError: WeChat has it no more, or it is too large.
            LaterError: any other error.
        """
        try:
            return await self._api.download("/cgi-bin/media/get", {"media_id": reference}, MAX_BYTES)
        except SendError as error:
            raise (GoneError if error.code in _GONE else LaterError)(error.code) from None
