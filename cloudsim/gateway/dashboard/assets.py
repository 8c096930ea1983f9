"""The files of the dashboard, by the paths under which a browser asks for them.

The page may load its own two files and ask its own server, and nothing else: no inline script or style, no frame, no
form that is sent, and no text that becomes markup (trusted types).
"""

from functools import cache
from importlib.resources import files
from typing import Final

from cloudsim.gateway.admin.answers import CLOSED, answer
from cloudsim.gateway.http import HttpAnswer

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)

PAGES: Final = {
    "": ("page.html", "text/html; charset=utf-8", ("content-security-policy", POLICY)),
    "dashboard.css": ("dashboard.css", "text/css; charset=utf-8", CLOSED),
    "dashboard.js": ("dashboard.js", "text/javascript; charset=utf-8", CLOSED),
    "icon.svg": ("icon.svg", "image/svg+xml", CLOSED),
}
"""File, type and policy of each path behind the prefix."""


def page(path: str) -> HttpAnswer:
    """Give a file of the dashboard.

    Args:
        path: one of :data:`PAGES`.
    """
    file, media_type, policy = PAGES[path]
    return answer(_content(file), media_type, policy)


@cache
def _content(file: str) -> bytes:
    return files("cloudsim.gateway.dashboard").joinpath(file).read_bytes()
