"""Pages from public addresses, politely and without a way into the user's own network.

The only code of framing that opens a connection, and only where ``framing fetch`` is
asked for. What it saves is an ordinary input of ``framing analyze``.
"""

from framing.fetch.run import Fetched, fetch

__all__ = ["Fetched", "fetch"]
