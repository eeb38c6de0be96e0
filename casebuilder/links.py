"""Do the addresses of the sources answer? The only module that touches the net, and only when it is asked to.

One request to a host at a time, HEAD before GET, nothing followed that is neither http nor https.
"""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import IO
from urllib.parse import quote, urlsplit

from casebuilder import __version__
from casebuilder.problems import Message, Problem, msg, warning
from casebuilder.register.records import Source

RULE = "link-dead"
_AGENT = f"casebuilder/{__version__} (link check)"
_SECONDS = 15.0
_HOSTS_AT_ONCE = 6
_SCHEMES = ("http", "https")
_NO_HEAD = (400, 403, 404, 405, 406, 501)
"""Statuses that some servers give to HEAD though they answer GET."""
_THERE = (401, 403, 407, 429)
"""Statuses of a page that is there, but not for a program."""


def link_problems(sources: Iterable[Source], seconds: float = _SECONDS) -> list[Problem]:
    """Ask every address of the sources once; return a warning at the cell of each that does not answer."""
    every = [source for source in sources if source.url]
    by_host: dict[str, list[str]] = {}
    for address in dict.fromkeys(str(source.url) for source in every):
        by_host.setdefault(_parts(address)[1], []).append(address)
    with ThreadPoolExecutor(_HOSTS_AT_ONCE) as pool:
        asked = pool.map(lambda addresses: _asked(addresses, seconds), by_host.values())
        answers = {address: said for found in asked for address, said in found}
    expected = msg("Look it up in a browser, and correct the address if the page has moved.")
    return [
        warning(RULE, source.place("url"), told, expected)
        for source in every
        for told in [answers[str(source.url)]]
        if told
    ]


class _OnlyWeb(urllib.request.HTTPRedirectHandler):
    """Follows a redirect to http or https, and to nothing else."""

    def redirect_request(  # noqa: PLR0917 - the standard library's own
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """Return the request that follows a redirect."""
        if _parts(newurl)[0] not in _SCHEMES:
            raise urllib.error.URLError(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _parts(address: str) -> tuple[str, str]:
    """Return the scheme and host of an address; neither of what is none."""
    try:
        found = urlsplit(address)
    except ValueError:
        return "", ""
    return found.scheme, found.netloc.lower()


def _asked(addresses: Sequence[str], seconds: float) -> list[tuple[str, Message | None]]:
    """Ask the addresses of one host, one after the other."""
    return [(address, _answer(address, seconds)) for address in addresses]


def _answer(address: str, seconds: float) -> Message | None:
    """Return what is wrong with an address; None if it answers."""
    if _parts(address)[0] not in _SCHEMES:
        return msg("the address «{address}» is neither https nor http, and was not asked.", address=address)
    status = _status(address, "HEAD", seconds)
    if status in _NO_HEAD:
        status = _status(address, "GET", seconds)
    if isinstance(status, int):
        gone = msg("the address «{address}» answers {status}.", address=address, status=status)
        return None if status < http.client.BAD_REQUEST or status in _THERE else gone
    return msg("the address «{address}» does not answer.", address=address)


def _status(address: str, method: str, seconds: float) -> int | None:
    """Return the status that an address answers with; None if there is no answer."""
    opener = urllib.request.build_opener(_OnlyWeb())
    wanted = quote(address, safe="%/:=&?~#+!$,;'@()*[]")
    try:
        request = urllib.request.Request(wanted, method=method, headers={"User-Agent": _AGENT})  # noqa: S310
        with opener.open(request, timeout=seconds) as reply:
            return int(reply.status)
    except urllib.error.HTTPError as fault:
        fault.close()
        return fault.code if fault.code >= http.client.BAD_REQUEST else None  # a ring, or out of the web
    except (OSError, http.client.HTTPException, ValueError):  # URLError is an OSError
        return None
