"""The entrypoint that Streamlit runs: navigation, header, and one page; or the build, or an empty state."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard import build_screen, empty, header, navigation, owner, refused, serve, state, theme
from dashboard.facts import facts
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
    serve.check_address(st.get_option("server.address") or serve.LOCAL[0])
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
        navigation.draw(groups)
        header.draw(known)
        page.run()


main()
