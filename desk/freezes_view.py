"""Freezes: the money that was stopped, as pages and measures read it, whether the ledger has it or not yet.

`policy_stops` is what the policy stopped, over scored events and what became known of them: a freeze lasts
until the event turns out to be innocent; a hold is provisional and ends by itself when nobody confirms the
event within three days. `freezes` is what the ledger says of the same, and of what people froze; a stop that
no desk ever took into the ledger is there as policy left it. `releases` is what of it was given back.
"""

from __future__ import annotations

from pathlib import Path

from data.contract import Column
from data.statement import read_statement
from data.store import Store

COLUMNS = (
    Column("event_id", "VARCHAR", "The event whose money was stopped; null: frozen for another reason."),
    Column("account_id", "VARCHAR", "The account it belongs to."),
    Column("region", "VARCHAR", "Region of the account."),
    Column("country", "VARCHAR", "Country of the account."),
    Column("amount", "DECIMAL(18,6)", "Value stopped, in the store's unit."),
    Column("placed_at", "TIMESTAMP", "When it was stopped, UTC: of policy, at the event."),
    Column("decision", "VARCHAR", "hold or freeze."),
    Column("state", "VARCHAR", "held, released, or confirmed as crime; at the store's last event."),
    Column("ended_at", "TIMESTAMP", "When the last of it was released; null while it is not."),
    Column("freeze_id", "VARCHAR", "The freeze in the ledger; null: not taken into it yet."),
    Column("is_wrongful", "BOOLEAN", "It was on money of somebody honest; null: not known."),
    Column("judged_at", "TIMESTAMP", "When that became known, UTC."),
)
# In this order: each reads the ones before.
_VIEWS = ("policy_stops", "freezes_view", "releases_view")


def install_freezes(store: Store) -> None:
    """Create the views; needs `flagged_events`, `account_risk` and the tables of the desk."""
    with store.writing() as cursor:
        for name in _VIEWS:
            cursor.execute(read_statement(Path(__file__).with_name(f"{name}.sql")).sql)
