"""The watch over a browser: nothing leaves this machine, and no script complains."""

from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, ConsoleMessage, Request, WebError


class Watch:
    """Notes what went wrong in a context."""

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self._allowed: list[str] = []

    def over(self, context: BrowserContext) -> None:
        """Begin, over every page and service worker of ``context``."""
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", self._error)

    def allow(self, *pieces: str) -> None:
        """Complaints with one of these pieces are part of the test, such as ``404`` or ``ERR_INTERNET_DISCONNECTED``.

        A request to elsewhere is never allowed.
        """
        self._allowed.extend(pieces)

    def check(self) -> None:
        """Fail when anything went wrong."""
        assert not self.wrong, "\n".join(self.wrong)

    def _request(self, request: Request) -> None:
        if urlsplit(request.url).hostname not in (None, "127.0.0.1"):
            self.wrong.append(f"asked elsewhere: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._complain(f"console: {message.text} ({message.location['url']})")

    def _error(self, error: WebError) -> None:
        self._complain(f"script: {error.error}")

    def _complain(self, text: str) -> None:
        if not any(piece in text for piece in self._allowed):
            self.wrong.append(text)
