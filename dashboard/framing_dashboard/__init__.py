"""The dashboard: draws what a study holds. Made by `framing dashboard DIR`, or :func:`serve`."""

from __future__ import annotations

from framing_dashboard.serving import serve

__all__ = ["serve"]
