"""The table of what exploration of blocks found, and what it cost."""

from __future__ import annotations

from data.contract import Table
from scoring.event_tables import filled

EXPLORATION = Table(
    "exploration",
    "Rollup: what blocks that were held at random instead showed, and what that cost, by area and quarter.",
    "area",
    (
        filled("area", "VARCHAR", "Area of the accounts: a region's slug, or the code of a country apart."),
        filled("quarter", "DATE", "First day of the calendar quarter, UTC."),
        filled("would_be_blocks", "BIGINT", "Events that their score leads to a block."),
        filled("blocked", "BIGINT", "Those that were blocked."),
        filled("blocked_confirmed", "BIGINT", "Blocked ones that a label says are crime."),
        filled("blocked_cleared", "BIGINT", "Blocked ones that a label says are none."),
        filled("explored", "BIGINT", "Those that were drawn at random and held for a person instead."),
        filled("judged", "BIGINT", "Explored ones that a label has judged by now."),
        filled("confirmed", "BIGINT", "Judged ones that are crime."),
        filled("weight", "DOUBLE", "Sum over the judged of 1 / chance of being drawn."),
        filled("weight_confirmed", "DOUBLE", "The same over those that are crime."),
        filled("weight_squared", "DOUBLE", "Sum over the judged of the squares."),
        filled("precision", "DOUBLE", "Share of would-be blocks that are crime; null: none judged yet."),
        filled("low", "DOUBLE", "Lower end of its 95 % interval (Wilson); 0 where none is judged."),
        filled("high", "DOUBLE", "Upper end; 1 where none is judged."),
        filled("expected", "DOUBLE", "Mean score of the would-be blocks: the share that the model foretold."),
        filled("value_held", "DECIMAL(38,6)", "Amounts of crime that were held, not blocked, USDT."),
        filled("minutes", "BIGINT", "Minutes of people's work, a quarter of an hour an explored event."),
        filled("spared", "BIGINT", "Honest accounts that exploration spared a wrong block."),
    ),
    loadable=False,
)
