"""Identity checks of honest customers, and the capture signals of honest and attacking ones alike.

Honest: at opening, before some withdrawals, after some changes of factor. The signals overlap by design:
old phones jitter, poor light is noisy, streamers have virtual cameras, laptops have no gyroscope.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.world.calendar import MINUTE, START
from data.world.columns import (
    BEFORE_WITHDRAWAL,
    FACTOR_CHANGE,
    NONE,
    ONBOARDING,
    RECOVERY,
    WITHDRAWAL,
    Checks,
    Flags,
    Floats,
    Ints,
    Logins,
    Rng,
    Transactions,
    full,
    join,
)
from data.world.crime import chosen, later
from data.world.equipment import usual_device, usual_ip
from data.world.scene import Scene
from data.world.typologies.synthetic_identity import (
    EMULATOR,
    FACE_SWAP,
    GENERATED_FACE,
    PRINT,
    REPLAY,
    VIRTUAL_CAMERA,
    is_injection,
)
from data.world.user_agents import OLD_PHONES, is_desktop

WITHDRAWALS_CHECKED = 0.03
TRIES_AGAIN = 0.07
VENDOR_OUTCOMES = ("pass", "fail", "abandoned")
PASS, FAIL, ABANDONED = range(3)
HEIGHTS = np.array([480, 720, 1080, 1280, 1920])


def honest_checks(scene: Scene, attacked: Ints, moved: Transactions, signed: Logins, rng: Rng) -> Checks:
    """Draw the checks of honest life; `attacked` are accounts whose opening was an attack already."""
    people = scene.people
    newcomers = np.setdiff1d(np.flatnonzero(people.opened_at >= START), attacked)
    opened = _asked(newcomers, later(people.opened_at[newcomers], 22 * MINUTE, 1.2, rng), ONBOARDING)
    big = moved.micro > np.exp(people.level[moved.account] + 0.9) * 1e6
    chance = np.where(big, 3.0, 0.5) * WITHDRAWALS_CHECKED
    asked = np.flatnonzero((moved.kind == WITHDRAWAL) & (rng.random(len(moved.at)) < chance))
    before = _asked(moved.account[asked], moved.at[asked] - 2 * MINUTE, BEFORE_WITHDRAWAL)
    changed = np.flatnonzero(
        (signed.kind == FACTOR_CHANGE) & (signed.incident == NONE) & chosen(len(signed.at), 0.12, rng)
    )
    recovery = _asked(signed.account[changed], signed.at[changed] + 3 * MINUTE, RECOVERY)
    first = join([opened, before, recovery])
    device = usual_device(scene.own, first.account, first.at, rng)
    ip = usual_ip(scene.own, people, first.account, first.at, rng)
    first = Checks(
        first.account,
        first.at,
        first.purpose,
        first.attempt,
        device,
        ip,
        first.species,
        first.is_careful,
        first.incident,
    )
    return join([first, _again(first, rng)])


def _asked(account: Ints, at: Ints, purpose: int) -> Checks:
    count = len(account)
    none = full(count, NONE)
    return Checks(account, at, full(count, purpose), full(count, 1), none, none, none, full(count, 0), none)


def _again(first: Checks, rng: Rng) -> Checks:
    rows = np.flatnonzero(chosen(len(first.at), TRIES_AGAIN, rng))
    return Checks(
        first.account[rows],
        later(first.at[rows], 3 * MINUTE, 0.8, rng),
        first.purpose[rows],
        full(len(rows), 2),
        first.device[rows],
        first.ip[rows],
        first.species[rows],
        first.is_careful[rows],
        first.incident[rows],
    )


@dataclass(frozen=True, slots=True)
class Capture:
    """What the capture kit saw of each check; NaN where it has no such sensor."""

    vendor_outcome: Ints
    is_virtual_camera: Flags
    is_emulator: Flags
    frame_jitter_ms: Floats
    sensor_noise: Floats
    frame_rate: Floats
    frame_height: Ints
    duration_seconds: Floats
    prompts_obeyed: Floats
    prompt_delay_ms: Floats
    gyro_motion: Floats
    media_score: Floats


def capture(checks: Checks, agent: Ints, rng: Rng) -> Capture:
    """Draw the signals of each check from who is in front of the camera and with what device."""
    count = len(checks.at)
    species, is_fake = checks.species, checks.species != NONE
    # A careful attacker leaves half the traces, in each signal by chance.
    shows = is_fake & (rng.random(count) < np.where(checks.is_careful == 1, 0.45, 0.82))
    old = np.isin(agent, np.array(sorted(OLD_PHONES)))
    desktop = is_desktop(agent)
    dark = chosen(count, 0.16, rng)
    injected = shows & is_injection(species)
    played = injected & (species != EMULATOR)
    live_media = rng.beta(1.6, 7.0, count) + 0.12 * dark * rng.random(count)
    fake_media = rng.beta(2.6, 4.0, count)
    return Capture(
        vendor_outcome=_vendor(checks, shows, dark, rng),
        is_virtual_camera=_flag(played, 0.5, 0.012, rng),
        is_emulator=_flag(shows & (species == EMULATOR), 0.6, 0.004, rng),
        frame_jitter_ms=_jitter(species, shows, old, rng),
        sensor_noise=_noise(species, shows, dark, rng),
        frame_rate=_rate(injected, old, dark, rng),
        frame_height=HEIGHTS[np.clip(rng.choice(5, count, p=(0.12, 0.34, 0.24, 0.2, 0.1)) - old, 0, 4)],
        duration_seconds=np.exp(rng.normal(2.2, 0.35, count)) + 3.0 * (shows & (species == FACE_SWAP)),
        prompts_obeyed=_prompts(species, shows, dark, rng),
        prompt_delay_ms=np.exp(
            rng.normal(6.5, 0.33, count) + 0.4 * (shows & np.isin(species, (FACE_SWAP, REPLAY)))
        ),
        gyro_motion=_gyro(species, shows, desktop, rng),
        media_score=np.where(
            chosen(count, 0.25, rng), np.nan, np.clip(np.where(shows, fake_media, live_media), 0, 1)
        ),
    )


def _flag(shown: Flags, caught: float, mistaken: float, rng: Rng) -> Flags:
    return rng.random(len(shown)) < np.where(shown, caught, mistaken)


def _jitter(species: Ints, shows: Flags, old: Flags, rng: Rng) -> Floats:
    """A played file is smooth, a face swap stumbles, an old phone too."""
    centre = 1.75 + 0.75 * old
    centre = np.where(shows & np.isin(species, (VIRTUAL_CAMERA, EMULATOR, GENERATED_FACE)), 1.0, centre)
    centre = np.where(shows & (species == FACE_SWAP), 2.3, centre)
    return np.exp(rng.normal(centre, 0.55))


def _noise(species: Ints, shows: Flags, dark: Flags, rng: Rng) -> Floats:
    """An injected file has little sensor noise, a screen adds its own, darkness most."""
    centre = 0.75 + 0.6 * dark
    centre = np.where(shows & is_injection(species), 0.25, centre)
    centre = np.where(shows & (species == REPLAY), centre + 0.4, centre)
    return np.exp(rng.normal(centre, 0.42))


def _rate(injected: Flags, old: Flags, dark: Flags, rng: Rng) -> Floats:
    real = (
        29.6
        - 9.0 * old * rng.random(len(old))
        - 7.0 * dark * rng.random(len(dark))
        + rng.normal(0, 0.8, len(old))
    )
    return np.clip(
        np.where(injected & chosen(len(old), 0.6, rng), rng.choice((25.0, 30.0), len(old)), real), 5, 60
    )


def _prompts(species: Ints, shows: Flags, dark: Flags, rng: Rng) -> Floats:
    """A print cannot blink, a replay follows by luck."""
    steps = 4
    chance = np.where(dark, 0.88, 0.95)
    chance = np.where(shows & (species == PRINT), 0.4, chance)
    chance = np.where(shows & np.isin(species, (REPLAY, VIRTUAL_CAMERA)), 0.72, chance)
    return rng.binomial(steps, chance) / steps


def _gyro(species: Ints, shows: Flags, desktop: Flags, rng: Rng) -> Floats:
    """A hand trembles; a stand, a desk and an emulator do not; a desktop has no sensor."""
    count = len(species)
    still = chosen(count, 0.1, rng) | (shows & (species == EMULATOR)) | (shows & chosen(count, 0.3, rng))
    motion = np.exp(np.where(still, rng.normal(-1.2, 0.7, count), rng.normal(1.0, 0.5, count)))
    return np.where(desktop | chosen(count, 0.07, rng), np.nan, motion)


def _vendor(checks: Checks, shows: Flags, dark: Flags, rng: Rng) -> Ints:
    chance = rng.random(len(shows))
    fails = np.where(shows, 0.5, np.where(checks.species != NONE, 0.15, 0.035 + 0.07 * dark))
    return np.where(chance < fails, FAIL, np.where(chance > 0.975, ABANDONED, PASS))
