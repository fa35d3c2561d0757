"""The tab Channels: who works which region now, what breaches next, and up which path a case goes."""

from __future__ import annotations

import streamlit as st

from dashboard import state
from dashboard.channels import details, notices_block, overview
from dashboard.desk.scene import DeskScene
from dashboard.refused import as_written
from desk.channels.in_force import channels_in_force, fault


def draw(scene: DeskScene) -> None:
    """Draw all channels, the chosen one (of the URL, else of the region looked at), and who was told."""
    config = channels_in_force()
    if fault():
        st.warning(
            "The desk's configuration was changed to one that cannot be; the one before stays.\n\n"
            + as_written(str(fault())),
            icon=":material/warning:",
        )
    overview.draw(scene, config)
    slugs = list(config.channels)
    with st.container(width=320, key="channel_choice"):
        chosen = state.pick(
            "Channel",
            slugs,
            name="channel",
            default=scene.region if scene.region in slugs else None,
            words=lambda slug: config.channel(slug).title,
        )
    details.draw(scene, config, chosen or slugs[0])
    notices_block.draw(scene, config)
