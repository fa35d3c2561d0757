"""The gate between requests and freezes: an order that the desk holds is carried out once it is checked.

    refuse_unchecked(connection, "Q-1", "A1")     # where it is asked for, and where it is applied

A freeze may name an order that was never taken in here, on paper or of another system: two people answer for
it then, as for every freeze.
"""

from __future__ import annotations

from sqlalchemy import Connection

from desk.requests.state import RequestError
from desk.requests.steps import requests_of


def refuse_unchecked(connection: Connection, request_id: str | None, account_id: str) -> None:
    """Refuse a freeze for a request that is no checked order of that account. Raises RequestError."""
    state = requests_of(connection, [request_id]).get(request_id) if request_id else None
    if state is None:
        return
    if state.request_class != "freeze" or not state.is_checked:
        raise RequestError(
            f"{request_id} is a request of class {state.request_class} that is "
            f"{state.status.replace('_', ' ')}: only a checked freeze order is carried out.",
            to_do="Have it checked on the page Requests first.",
        )
    if account_id not in state.account_ids:
        raise RequestError(f"{request_id} does not name {account_id}.", possible=", ".join(state.account_ids))
