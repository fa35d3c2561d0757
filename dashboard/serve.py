"""The server of the pages: Streamlit inside the owner's process, on this machine's own address only."""

from __future__ import annotations

import os
import socket
import threading

from dashboard import owner
from data.errors import WatchfloorError
from data.home import PROJECT_ROOT

LOCAL = ("127.0.0.1", "localhost", "::1")
# How many ports after the wanted one are tried before giving up.
PORTS_TRIED = 20
# Names the file with the provider to sign in at, where that is not .streamlit/secrets.toml.
SECRETS_VARIABLE = "WATCHFLOOR_SECRETS"
ENTRYPOINT = PROJECT_ROOT / "dashboard" / "app.py"


class ServeError(WatchfloorError):
    """The pages cannot be served at the address or port asked for."""


def check_address(address: str, *, has_sign_in: bool = False) -> str:
    """Return `address` when it is this machine's own, or one signs in. Raises ServeError for any other."""
    if address not in LOCAL and not has_sign_in:
        raise ServeError(
            f"Watchfloor does not listen on {address}: it has no sign-in in local mode.",
            possible="127.0.0.1, this machine only",
            to_do="Leave --address out. From elsewhere, forward the port: ssh -L 8501:127.0.0.1:8501 HOST, "
            "or configure a provider to sign in at (docs/sign-in.md).",
        )
    return "127.0.0.1" if address == "localhost" else address


def has_sign_in() -> bool:
    """Answer whether sign-in at a provider is configured."""
    from dashboard import signed_in

    find_secrets()
    return signed_in.is_configured()


def find_secrets() -> None:
    """Have Streamlit read its secrets from the file that SECRETS_VARIABLE names, else from the project."""
    from streamlit import config

    # Streamlit looks for its own file in the current folder.
    os.chdir(PROJECT_ROOT)
    named = os.environ.get(SECRETS_VARIABLE, "").strip()
    if named:
        config.set_option("secrets.files", [named])


def free_port(wanted: int, address: str = "127.0.0.1") -> int:
    """Return `wanted`, or the next port that nobody listens on. Raises ServeError after PORTS_TRIED."""
    for port in range(wanted, wanted + PORTS_TRIED):
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((address, port))
            except OSError:
                continue
            return port
    raise ServeError(
        f"The ports {wanted} to {wanted + PORTS_TRIED - 1} are all taken.",
        where=address,
        to_do="Name another one with --port.",
    )


def can_open_browser() -> bool:
    """Answer whether a browser window can appear here."""
    return os.name == "nt" or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def url_of(address: str, port: int) -> str:
    """Return the address of the pages as a browser takes it."""
    return f"http://{f'[{address}]' if ':' in address else address}:{port}"


def prepare() -> None:
    """Import what the server and the pages import, before any other thread imports something.

    plotly looks for pandas among the modules that are loaded, and takes one that another thread has only
    half imported. Then begin to ask what every visitor asks, now and after each job, and
    let the desk's clock run.
    """
    import pandas as pd
    import plotly.graph_objects
    import pydeck
    from streamlit.web import bootstrap

    from dashboard import desk_clock, warm

    del pd, plotly, pydeck, bootstrap
    find_secrets()
    warm.import_pages()
    owner.settle()
    owner.after_each_job(warm.warm)
    threading.Thread(target=warm.warm, name="watchfloor-warm", daemon=True).start()
    desk_clock.start()


def serve(address: str, port: int, *, is_headless: bool) -> None:
    """Serve the pages until the process is told to stop (Ctrl-C, SIGTERM)."""
    from streamlit.web import bootstrap

    options = {
        "server_address": address,
        "server_port": port,
        "server_headless": is_headless,
        "browser_serverAddress": address,
    }
    # Streamlit looks for its settings in the current folder.
    os.chdir(PROJECT_ROOT)
    bootstrap.load_config_options(options)
    find_secrets()
    bootstrap.run(str(ENTRYPOINT), False, [], options)
