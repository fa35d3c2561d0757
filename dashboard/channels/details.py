"""One channel: its hours and people, its service levels, and up which path its cases go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import escape

import streamlit as st

from dashboard.channels import coverage
from dashboard.desk.scene import DeskScene
from dashboard.formats import duration, exact, zone_name
from dashboard.questions.words import spoken
from desk.actors import ROLES
from desk.cases.state import KINDS, SEVERITIES
from desk.channels.duty import on_duty
from desk.channels.model import Channel, Channels, EscalationRule, ServiceLevel


def draw(scene: DeskScene, config: Channels, slug: str) -> None:
    """Draw the three cards of a channel."""
    channel = config.channel(slug)
    hours, levels, path = st.columns(3, gap="small")
    with hours, st.container(border=True, key="card_channel_hours"):
        st.markdown(f"**{channel.title}**: hours and people")
        _facts(hours_facts(config, channel, scene.now))
    with levels, st.container(border=True, key="card_channel_levels"):
        st.markdown("**Service levels**")
        st.html(levels_table(config, channel))
        st.caption(
            "Working hours: the clock of the case stands still while this channel's own desk is closed."
        )
    with path, st.container(border=True, key="card_channel_path"):
        st.markdown("**Escalation**")
        _facts(path_facts(channel))
        st.html(rules_table(config, slug, scene.known.money_unit))


def _facts(facts: Iterator[tuple[str, str]]) -> None:
    rows = "".join(f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in facts)
    st.html(f'<table class="wf-facts"><tbody>{rows}</tbody></table>')


def hours_facts(config: Channels, channel: Channel, now: datetime) -> Iterator[tuple[str, str]]:
    """Yield what is known of a channel's hours and people, a name and words each."""
    aware = now.replace(tzinfo=UTC).astimezone(channel.zone_info)
    yield "Zone", f"{channel.zone} ({zone_name(aware)})"
    yield "Open", f"{channel.hours}, {coverage.days_words(channel)}"
    duty = on_duty(config, channel.slug, now)
    yield "Now", f"{coverage.clock_words(channel, now)}: {coverage.worked_by(config, duty, now)}"
    shifts = "; ".join(f"{shift.name} {shift.hours}, {shift.seats}" for shift in channel.shifts)
    yield "Shifts", shifts or "none"
    yield "Languages", ", ".join(channel.languages) or "not said"
    yield "Then", ", ".join(config.channel(slug).title for slug in channel.next_desks) or "nobody"
    yield "People", ", ".join(channel.members) or "nobody is named: everyone is offered its cases"
    if channel.closed:
        yield "Closed on", ", ".join(f"{day:%d %b %Y}" for day in sorted(channel.closed))


def levels_table(config: Channels, channel: Channel) -> str:
    """Return the service levels of a channel as a table: one row a severity, and one a kind that differs."""
    rows = []
    for severity in SEVERITIES:
        said = spoken(severity)
        usual = config.level(channel.slug, "fraud", severity)
        rows.append(_level_row(said, usual))
        rows += [
            _level_row(f"{said}, {spoken(kind).lower()}", own)
            for kind in KINDS
            if (own := config.level(channel.slug, kind, severity)) != usual
        ]
    head = "<tr><th>Severity</th><th>First look</th><th>End</th><th>Counts</th></tr>"
    return f'<table class="wf-facts"><thead>{head}</thead><tbody>{"".join(rows)}</tbody></table>'


def _level_row(said: str, level: ServiceLevel) -> str:
    first, end = (duration(timedelta(minutes=n)) for n in (level.first_look_minutes, level.minutes))
    return f"<tr><td>{escape(said)}</td><td>{first}</td><td>{end}</td><td>{level.counts}</td></tr>"


def path_facts(channel: Channel) -> Iterator[tuple[str, str]]:
    """Yield who answers on each level of a channel."""
    for number, level in enumerate(channel.escalation):
        who = ", ".join(level.people) or ", ".join(ROLES[role] for role in level.roles)
        yield f"{number} {level.title}", who


def rules_table(config: Channels, slug: str, unit: str) -> str:
    """Return the rules that raise a channel's cases by themselves."""
    rules = [rule for rule in config.rules if not rule.channels or slug in rule.channels]
    rows = "".join(
        f"<tr><td>{escape(rule.words)}</td><td>{escape(conditions(rule, unit))}</td>"
        f"<td>to {rule.to_level}</td></tr>"
        for rule in rules
    )
    if not rows:
        none = '<tr><td class="none">No rule raises a case by itself.</td></tr>'
        return f'<table class="wf-facts"><tbody>{none}</tbody></table>'
    head = "<tr><th>By itself</th><th>When</th><th>Level</th></tr>"
    return f'<table class="wf-facts"><thead>{head}</thead><tbody>{rows}</tbody></table>'


def conditions(rule: EscalationRule, unit: str) -> str:
    """Say what a rule asks for."""
    parts = [", ".join(rule.severities), ", ".join(spoken(kind).lower() for kind in rule.kinds)]
    if rule.over is not None:
        parts.append(f"over {exact(rule.over)} {unit}")
    if rule.unlooked_minutes is not None:
        parts.append(f"nobody looked for {rule.unlooked_minutes} min")
    if rule.clock is not None:
        parts.append("due soon" if rule.clock == "due_soon" else "breached")
    return "; ".join(part for part in parts if part)
