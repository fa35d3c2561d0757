"""What a screen is looking at, kept in the URL: so Back, reload and a shared link show the same.

The URL is the only truth. A page reads it once as a frozen `View`, and changes it through three doors:

    view = state.current()                              # View(period="2025Q3", region="cis", ...)
    state.change(country="ID")                          # same page, other view; from a callback or a script
    state.go("accounts", account="A1")                  # another page; what it does not own stays in the URL
    state.go_later("accounts", account="A1")            # the same from a callback, where `go` may not be used
    state.pick("Measure", MEASURES, name="measure")     # a select box that is in the URL

Widgets of a page must not use `bind="query-params"`: `st.switch_page` refuses to leave a page that does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Literal, NoReturn

import streamlit as st

from dashboard.questions.words import region_slugs

# What the header owns: it goes along wherever the navigation leads.
KEPT = ("period", "region")
# What each page owns. Opening a page clears what it owns and sets what is asked for. The rest stays, because
# Streamlit leaves one more entry in the browser's history, of the page left behind with the new address: so
# Back shows that page as it was.
OWNED = {
    "overview": ("measure",),
    "regions": ("country", "measure", "tab"),
    "review": ("base", "measure", "tab"),
    "desk": (
        "age",
        "budget",
        "channel",
        "clock",
        "cut",
        "drill",
        "find",
        "kind",
        "measure",
        "order",
        "part",
        "saved",
        "severity",
        "sheet",
        "shift",
        "staff",
        "stage",
        "status",
        "tab",
        "turn",
        "typology",
        "who",
    ),
    "case": ("account", "case", "event", "tab"),
    "accounts": ("account", "entity", "find", "stream", "decision", "tab"),
    "explanations": ("event", "model", "reason", "feature", "tab"),
    "liveness": (
        "attack",
        "cluster",
        "cut",
        "decision",
        "order",
        "point",
        "species",
        "stage",
        "tab",
        "threshold",
    ),
    "check": ("check",),
    "rings": ("stage",),
    "ring": ("ring", "as_of", "pattern"),
    "freezes": ("account", "age", "claim", "freeze", "kind", "order", "sheet", "status", "tab"),
    "audit": (
        "action",
        "clock",
        "find",
        "kind",
        "line",
        "order",
        "pack",
        "sheet",
        "since",
        "status",
        "tab",
        "until",
        "who",
    ),
    "requests": (
        "agency",
        "asker",
        "clock",
        "country",
        "find",
        "kind",
        "order",
        "request",
        "status",
        "tab",
    ),
    "models": (
        "area",
        "as_of",
        "cost",
        "cut",
        "desk",
        "draft",
        "feature",
        "model",
        "place",
        "stage",
        "tab",
        "version",
    ),
}


@dataclass(frozen=True, slots=True)
class View:
    """One view, as it stands in the URL; None where the URL is silent and the page's default holds.

    `period` is a calendar quarter like `2025Q3`, `base` the one it is compared with; `region` a slug;
    `country` ISO alpha-2; `entity` a device, address on the network or counterparty as `kind:name`;
    `find` what was searched for; `check` is the event of an identity check, `cluster` one of re-used media,
    `point` an operating point and `threshold` a score of the liveness model; `ring` is a ring's id, `as_of`
    the day it is shown at (`2025-09-30`), `pattern` the number of a pattern in its flows; `area` is where
    models learn and policies decide, `draft` the levers of a policy that is being tried, `desk` who looks at
    its alerts, `cost` what its gain is set against, `version` a model; `case` is a case's id, `channel` a
    regional channel; `severity`, `kind`, `status`, `who`, `clock`, `typology` and `age` filter the queue,
    `saved` is a saved view of it and `sheet` its page; `shift` is a shift of a channel, `drill` a training
    shift, `part` a part of the cut of a table; `freeze`, `claim` and `request` are ids of these; `action`,
    `since`, `until` and `line` (a number) choose lines of the audit log, `pack` a pack of evidence; `asker`
    (authority or user) and `agency` (a kind of authority) filter requests.
    """

    period: str | None = None
    region: str | None = None
    country: str | None = None
    account: str | None = None
    event: str | None = None
    entity: str | None = None
    measure: str | None = None
    model: str | None = None
    reason: str | None = None
    feature: str | None = None
    decision: str | None = None
    stream: str | None = None
    tab: str | None = None
    find: str | None = None
    base: str | None = None
    check: str | None = None
    cluster: str | None = None
    species: str | None = None
    attack: str | None = None
    stage: str | None = None
    cut: str | None = None
    point: str | None = None
    threshold: str | None = None
    order: str | None = None
    ring: str | None = None
    as_of: str | None = None
    pattern: str | None = None
    place: str | None = None
    area: str | None = None
    draft: str | None = None
    desk: str | None = None
    cost: str | None = None
    version: str | None = None
    case: str | None = None
    budget: str | None = None
    staff: str | None = None
    channel: str | None = None
    severity: str | None = None
    kind: str | None = None
    status: str | None = None
    who: str | None = None
    clock: str | None = None
    saved: str | None = None
    sheet: str | None = None
    shift: str | None = None
    drill: str | None = None
    typology: str | None = None
    age: str | None = None
    part: str | None = None
    turn: str | None = None
    freeze: str | None = None
    claim: str | None = None
    request: str | None = None
    action: str | None = None
    line: str | None = None
    pack: str | None = None
    since: str | None = None
    until: str | None = None
    asker: str | None = None
    agency: str | None = None


NAMES = tuple(field.name for field in fields(View))


def current() -> View:
    """Return the view that the URL names. Unknown parameters and regions are left alone."""
    named = {name: value for name, value in st.query_params.items() if name in NAMES and value}
    if named.get("region") not in region_slugs():
        named.pop("region", None)
    return View(**named)


def change(**changes: str | None) -> None:
    """Write `changes` into the URL of this page; None takes a name out. Raises ValueError."""
    _check(changes)
    there = st.query_params.to_dict()
    wanted = {name: value for name, value in {**there, **changes}.items() if value}
    # All at once: each assignment is an entry of its own in the browser's history.
    if wanted != there:
        st.query_params.from_dict(wanted)


def go(page: str, **changes: str | None) -> NoReturn:
    """Open the page called `page` (`overview`, `regions`, ...) with `changes`."""
    st.switch_page(path(page), query_params=parameters(page, current(), **changes))


def go_later(page: str, **changes: str | None) -> None:
    """Open another page as soon as this callback is over: the entrypoint does it before it draws anything."""
    st.session_state["go_later"] = (page, parameters(page, current(), **changes))


def go_now() -> None:
    """Leave for the page that a callback asked for, if one did."""
    asked = st.session_state.pop("go_later", None)
    if asked is not None:
        st.switch_page(path(asked[0]), query_params=asked[1])


def path(page: str) -> str:
    """Return the file of a page as Streamlit finds it from the entrypoint. Raises KeyError."""
    if page not in OWNED:
        raise KeyError(f"no page {page!r}; there are {', '.join(OWNED)}")
    return f"../pages/{page}.py"


def parameters(page: str, view: View, **changes: str | None) -> dict[str, str]:
    """Return the URL's parameters for opening `page` from `view` with `changes`."""
    _check(changes)
    kept = {name: value for name, value in asdict(view).items() if name not in OWNED[page]}
    return {name: value for name, value in {**kept, **changes}.items() if value}


def navigation_parameters(view: View) -> dict[str, str]:
    """Return what of `view` goes along with the navigation: period and region."""
    return {name: value for name, value in asdict(view).items() if name in KEPT and value}


def pick(
    label: str,
    options: Sequence[str],
    *,
    name: str,
    default: str | None = None,
    words: Callable[[str], str] = str,
    style: Literal["select", "segments", "slider"] = "select",
    show_label: bool = True,
    anything: str | None = None,
) -> str | None:
    """Show a choice that is kept in the URL as `name`, and return it.

    `default` (else the first option) is not written. With `anything` ("All regions") a first entry means no
    choice, and None is returned for it.
    """
    offered = ["", *options] if anything else list(options)
    standard = default if default in offered else (offered[0] if offered else None)
    asked = st.query_params.get(name)
    key = f"pick_{name}"
    # The widget follows the URL, also on Back; assigning before it is drawn is what Streamlit allows.
    st.session_state[key] = asked if asked in offered else standard

    def said(option: str) -> str:
        return (anything or "") if option == "" else words(option)

    def write() -> None:
        chosen = st.session_state.get(key)
        change(**{name: None if chosen in (None, standard) else str(chosen)})

    visibility: Literal["visible", "collapsed"] = "visible" if show_label else "collapsed"
    if style == "segments":
        chosen = st.segmented_control(
            label,
            offered,
            format_func=said,
            key=key,
            on_change=write,
            label_visibility=visibility,
            required=True,
        )
    elif style == "slider":
        chosen = st.select_slider(
            label, offered, format_func=said, key=key, on_change=write, label_visibility=visibility
        )
    else:
        chosen = st.selectbox(
            label, offered, format_func=said, key=key, on_change=write, label_visibility=visibility
        )
    return chosen or None


def pick_tab(tabs: Mapping[str, tuple[str, object]]) -> str:
    """Show the tabs of a page, by name a title and what draws it, and return the chosen one's name."""
    chosen = pick(
        "Part of the page",
        list(tabs),
        name="tab",
        words=lambda name: tabs[name][0],
        style="segments",
        show_label=False,
    )
    return chosen or next(iter(tabs))


def _check(changes: Mapping[str, str | None]) -> None:
    unknown = sorted(set(changes) - set(NAMES))
    if unknown:
        raise ValueError(f"no such part of a view: {', '.join(unknown)}; there are {', '.join(NAMES)}")
