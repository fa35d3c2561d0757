"""The entrypoint that Streamlit runs: navigation, header, and one page; or the build, or an empty state."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard import (
    acting,
    build_screen,
    empty,
    header,
    navigation,
    owner,
    refused,
    serve,
    signed_in,
    state,
    theme,
    unmasked,
)
from dashboard.facts import facts
from dashboard.formats import literal
from data.errors import WatchfloorError

BRAND = Path(__file__).resolve().parent / "static" / "brand"
# Wide enough for the longest entry, narrow enough for five cards beside it at 1024 pixels.
SIDEBAR_PIXELS = 196


def main() -> None:
    """Draw one run of the app."""
    st.set_page_config(
        page_title="Watchfloor",
        page_icon=str(BRAND / "favicon.png"),
        layout="wide",
        initial_sidebar_state=SIDEBAR_PIXELS,
    )
    palette = theme.current()
    # Not st.html, whose script the browser fetches late: the page would be drawn once without its look.
    with st.container(key="look"):
        st.markdown(theme.stylesheet(palette.kind), unsafe_allow_html=True)
    st.logo(BRAND / f"watchfloor-{palette.kind}.svg", size="large", icon_image=BRAND / "mark.svg")
    try:
        _screen()
    except WatchfloorError as error:
        refused.draw(error)


def _screen() -> None:
    # `streamlit run` could be told another address than the command allows.
    has_sign_in = signed_in.is_configured()
    serve.check_address(st.get_option("server.address") or serve.LOCAL[0], has_sign_in=has_sign_in)
    if not signed_in.gate():
        return
    job = owner.job()
    groups = navigation.pages()
    page = st.navigation(groups, position="hidden")
    if job is not None and job.name == "demo" and job.state != "done":
        # The store may be replaced while this is drawn, so nothing asks it.
        build_screen.draw(job)
        return
    known = facts()
    if known.stage != "scored":
        empty.draw(known)
    else:
        state.go_now()
        actor = acting.actor()
        navigation.draw(groups, actor)
        header.draw(known)
        if navigation.name_of(page) not in navigation.OF_ACCOUNTS:
            unmasked.leave()
        why = navigation.why_closed(navigation.name_of(page), actor)
        if why is not None:
            st.title(page.title)
            st.markdown(literal(why))
            return
        page.run()


main()
