"""Metadata in the names of folders and files, where the user says that it stands there."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from framing.article import FramingError

OUTLET_FROM = ("folder", "filename")
_DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)$")


def check(outlet_from: str | None) -> None:
    """Raise FramingError where ``outlet_from`` is no known place."""
    if outlet_from is not None and outlet_from not in OUTLET_FROM:
        raise FramingError(f"--outlet-from {outlet_from}: expected one of {', '.join(OUTLET_FROM)}")


def metadata(name: str, root: str, outlet_from: str | None) -> dict[str, str]:
    """Outlet and date from ``name``, a path below the folder ``root``.

    ``folder``: the outlet is the first folder below the input, or the input folder
    itself. ``filename``: ``outlet_2024-05-09_slug.txt`` or ``outlet_slug.txt``.

    >>> metadata("Example Post/kim.txt", "corpus", "folder")
    {'outlet': 'Example Post'}
    >>> metadata("post_2024-05-09_kim.txt", "corpus", "filename")
    {'outlet': 'post', 'published': '2024-05-09'}
    """
    path = PurePosixPath(name)
    if outlet_from == "folder":
        return {"outlet": path.parts[0] if len(path.parts) > 1 else root}
    if outlet_from == "filename":
        outlet, _, rest = path.name.partition("_")
        if not rest or not outlet:
            return {}
        date = _DATE.match(rest.split("_")[0].removesuffix(path.suffix))
        return {"outlet": outlet} | ({"published": "-".join(date.groups())} if date else {})
    return {}
