"""What clients say they are: user agents of phones, desktops, programs and emulators, with their shares."""

from __future__ import annotations

import numpy as np

from data.world.columns import Flags, Ints, Rng

_ANDROID_MODELS = (
    *("SM-A546E", "SM-A156E", "SM-S918B", "SM-A057F", "SM-A235F", "SM-G991B", "SM-J701F"),
    *("Redmi Note 12", "Redmi Note 13 Pro", "Redmi 9A", "2201117TG", "23053RN02A", "M2006C3LG", "POCO X5"),
    *("CPH2471", "CPH2591", "CPH1909", "RMX3834", "RMX3710", "V2247", "V2318", "vivo 1906"),
    *(
        "TECNO BG6",
        "TECNO KI5k",
        "Infinix X6525",
        "itel A665L",
        "moto g54 5G",
        "moto e22",
        "Pixel 7",
        "Pixel 8a",
    ),
)
_OLD_MODELS = ("SM-J701F", "Redmi 9A", "M2006C3LG", "CPH1909", "vivo 1906", "moto e22", "itel A665L")
_CHROME = (121, 124, 126, 128, 130, 131, 133, 135)
_IOS = ((16, 7), (17, 4), (17, 6), (18, 1), (18, 3), (18, 5))
_EMULATORS = (
    "Mozilla/5.0 (Linux; Android 9; sdk_gphone_x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/124.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Linux; Android 7.1.2; Android SDK built for x86) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/121.0.0.0 Mobile Safari/537.36",
    "Dalvik/2.1.0 (Linux; U; Android 9; Nox_7.0.5 Build/PI)",
)
_PROGRAMS = ("python-requests/2.32.3", "Go-http-client/2.0", "okhttp/4.12.0", "ccxt/4.4.20")


def _android(model: str, version: int, chrome: int) -> str:
    return (
        f"Mozilla/5.0 (Linux; Android {version}; {model}) AppleWebKit/537.36 (KHTML, like Gecko) "
        f"Chrome/{chrome}.0.0.0 Mobile Safari/537.36"
    )


def _iphone(major: int, minor: int) -> str:
    return (
        f"Mozilla/5.0 (iPhone; CPU iPhone OS {major}_{minor} like Mac OS X) AppleWebKit/605.1.15 "
        f"(KHTML, like Gecko) Version/{major}.{minor} Mobile/15E148 Safari/604.1"
    )


def _desktops() -> tuple[str, ...]:
    systems = ("Windows NT 10.0; Win64; x64", "Macintosh; Intel Mac OS X 10_15_7", "X11; Linux x86_64")
    webkit = "AppleWebKit/537.36 (KHTML, like Gecko)"
    chrome = [f"Mozilla/5.0 ({s}) {webkit} Chrome/{v}.0.0.0 Safari/537.36" for s in systems for v in _CHROME]
    edge = [f"{agent} Edg/{v}.0.0.0" for agent, v in zip(chrome[: len(_CHROME)], _CHROME, strict=True)]
    firefox = [f"Mozilla/5.0 ({systems[0]}; rv:{v}.0) Gecko/20100101 Firefox/{v}.0" for v in (128, 133, 136)]
    safari = (
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        "Version/18.3 Safari/605.1.15"
    )
    # Windows is three times as common as the rest, so its agents stand three times.
    return (*chrome[: len(_CHROME)] * 3, *chrome, *edge, *firefox, safari, safari)


_PHONES = tuple(
    _android(model, 8 if model in _OLD_MODELS else version, chrome)
    for model in _ANDROID_MODELS
    for version, chrome in zip((12, 13, 14, 15), _CHROME[1::2], strict=True)
)
_IPHONES = tuple(_iphone(*version) for version in _IOS)
_DESKTOPS = _desktops()

USER_AGENTS: tuple[str, ...] = (*_PHONES, *_IPHONES, *_DESKTOPS, *_EMULATORS, *_PROGRAMS)
OLD_PHONES: frozenset[int] = frozenset(
    number for number, agent in enumerate(_PHONES) if any(f"; {model})" in agent for model in _OLD_MODELS)
)
_FIRST_IPHONE = len(_PHONES)
_FIRST_DESKTOP = _FIRST_IPHONE + len(_IPHONES)
_FIRST_EMULATOR = _FIRST_DESKTOP + len(_DESKTOPS)
_FIRST_PROGRAM = _FIRST_EMULATOR + len(_EMULATORS)


def draw_phones(count: int, iphones: float, rng: Rng) -> Ints:
    """Draw agents of phones; `iphones` is the share that are Apple's."""
    android = rng.integers(0, _FIRST_IPHONE, count)
    return np.where(rng.random(count) < iphones, rng.integers(_FIRST_IPHONE, _FIRST_DESKTOP, count), android)


def draw_desktops(count: int, rng: Rng) -> Ints:
    """Draw agents of desktop browsers."""
    return rng.integers(_FIRST_DESKTOP, _FIRST_EMULATOR, count)


def draw_emulators(count: int, rng: Rng) -> Ints:
    """Draw agents that admit to be an emulated phone."""
    return rng.integers(_FIRST_EMULATOR, _FIRST_PROGRAM, count)


def draw_programs(count: int, rng: Rng) -> Ints:
    """Draw agents of trading programs."""
    return rng.integers(_FIRST_PROGRAM, len(USER_AGENTS), count)


def is_desktop(agents: Ints) -> Flags:
    """Answer which agents are desktop browsers or programs: no gyroscope there."""
    return ((agents >= _FIRST_DESKTOP) & (agents < _FIRST_EMULATOR)) | (agents >= _FIRST_PROGRAM)
