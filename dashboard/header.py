"""The header that every page has: search, period, region, the product's now, the unit of money.

All of it is in the URL and comes along from page to page.

    header.draw(facts)      # once, by the entrypoint, before the page runs
    header.period(facts)    # the quarter that the URL names, else the newest one that is over
"""

from __future__ import annotations

import streamlit as st

from dashboard import acting, ask, signed_in, state
from dashboard.facts import Facts
from dashboard.formats import literal
from dashboard.measures.quarter import Quarter
from dashboard.questions import words
from dashboard.viewer import local
from desk.actors import Actor

SEARCH_HINT = "Account, event, ring, case, device, IP or address"


def draw(facts: Facts) -> None:
    """Draw the header in one row."""
    with st.container(key="header", horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(key="header_search", width=280):
            _search()
        with st.container(key="header_period", width=150):
            _period(facts)
        with st.container(key="header_region", width=170):
            state.pick(
                "Region",
                facts.regions,
                name="region",
                words=words.region,
                show_label=False,
                anything="All regions",
            )
        st.space("stretch")
        _freshness(facts)
        _person()


def period(facts: Facts) -> Quarter | None:
    """Return the quarter that the URL names where the store has it, else the newest quarter that is over."""
    named = {str(quarter): quarter for quarter in facts.quarters}
    return named.get(state.current().period or "", facts.default_quarter)


def found_page(text: str) -> tuple[str, dict[str, str]]:
    """Return the page that shows what `text` names, and its part of the URL.

    An account, event, ring, case or freeze opens itself, a device, network address or counterparty the
    accounts that used it; anything else is left to the Accounts page to search for.
    """
    wanted = text.strip()
    hits = ask.answer("find_anything", text=wanted).to_pylist()
    if not hits:
        return "accounts", {"find": wanted}
    kind, name = str(hits[0]["kind"]), str(hits[0]["name"])
    if kind == "account":
        return "accounts", {"account": name}
    if kind == "event":
        return "explanations", {"event": name}
    if kind == "ring":
        return "ring", {"ring": name}
    if kind == "case":
        return "case", {"case": name}
    if kind == "freeze":
        return "freezes", {"tab": "open", "freeze": name}
    return "accounts", {"find": name}


def _search() -> None:
    def look() -> None:
        text = str(st.session_state.get("search") or "").strip()
        st.session_state["search"] = ""
        if text:
            page, part = found_page(text)
            state.go_later(page, **part)

    st.text_input(
        "Search",
        key="search",
        type="search",
        placeholder=SEARCH_HINT,
        icon=":material/search:",
        label_visibility="collapsed",
        on_change=look,
    )


def _period(facts: Facts) -> None:
    named = {str(quarter): quarter for quarter in facts.quarters}
    default = facts.default_quarter

    def said(text: str) -> str:
        quarter = named[text]
        is_over = facts.now is not None and quarter.is_over(facts.now)
        return quarter.name if is_over else f"{quarter.name}, not over"

    state.pick(
        "Period",
        list(named),
        name="period",
        default=str(default) if default else None,
        words=said,
        show_label=False,
    )


def _role(actor: Actor) -> str:
    """Return a role as the header has room for it: its last word, where it is made of two with a hyphen."""
    words = actor.role_in_words
    return (words.split()[-1] if "-" in words else words).capitalize()


def _person() -> None:
    """Draw who acts, and the choice of another; only a demonstration lets one choose."""
    current = acting.actor()
    if signed_in.is_configured():
        with st.popover(_role(current), icon=":material/person:", key="header_acting"):
            st.markdown(f"You are {literal(current.name)}, {current.role_in_words}.")
            signed_in.draw_way_out()
        return
    here = {one.name: one.actor for one in acting.choosable()}
    if not here:
        return
    st.session_state["header_person"] = current.name

    def choose() -> None:
        acting.become(str(st.session_state["header_person"]))

    with st.popover(_role(current), icon=":material/person:", key="header_acting"):
        st.radio(
            "You act as",
            list(here),
            key="header_person",
            format_func=lambda name: f"{name}, {here[name].role_in_words}",
            on_change=choose,
        )
        st.caption(
            "Made-up people of this demonstration. A dangerous action takes two of them: propose it as one, "
            "approve it as another. Each switch is a line of the audit log."
        )


def _freshness(facts: Facts) -> None:
    now = local(facts.now)
    with st.container(
        key="header_facts", horizontal=True, width="content", vertical_alignment="center", gap="small"
    ):
        st.caption(
            f"As of **{now}** · {facts.money_unit}",
            width="content",
            help="The time of the store's last event. Ages and last days are counted back from it.",
        )
        if facts.is_synthetic:
            st.badge("Synthetic data", icon=":material/science:", color="gray")
