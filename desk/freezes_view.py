"""Freezes: the money that policy stopped, as one view over scored events and what became known of them.

A freeze lasts until the event turns out to be innocent; a hold is provisional and ends by itself when
nobody confirms the event within three days.
"""

from __future__ import annotations

from pathlib import Path

from data.contract import Column
from data.statement import read_statement
from data.store import Store

COLUMNS = (
    Column("event_id", "VARCHAR", "The event whose money was stopped."),
    Column("account_id", "VARCHAR", "The account it belongs to."),
    Column("region", "VARCHAR", "Region of the account."),
    Column("country", "VARCHAR", "Country of the account."),
    Column("amount", "DECIMAL(18,6)", "Value stopped, in the store's unit."),
    Column("placed_at", "TIMESTAMP", "When it was stopped: at the event, UTC."),
    Column("decision", "VARCHAR", "hold or freeze."),
    Column("state", "VARCHAR", "held, released, or confirmed as crime; at the store's last event."),
    Column("ended_at", "TIMESTAMP", "When it was released; null while it is not."),
)


def install_freezes(store: Store) -> None:
    """Create the view `freezes`; needs the tables `flagged_events` and `account_risk`."""
    with store.writing() as cursor:
        cursor.execute(read_statement(Path(__file__).with_name("freezes_view.sql")).sql)
