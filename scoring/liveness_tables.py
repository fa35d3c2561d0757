"""The tables about identity checks: how they were decided, what was used again, how often attacks come in."""

from __future__ import annotations

from data.contract import Table
from scoring.event_tables import SCORED, filled

_EVENT = tuple(SCORED.column(n) for n in ("event_id", "account_id", "occurred_at", "region", "country"))

CHECK_STAGES = Table(
    "check_stages",
    "How far the decision on each identity check had to look.",
    "event_id",
    (
        filled("event_id", "VARCHAR", "The identity check."),
        filled("cheap_score", "DOUBLE", "Probability of an attack before media are read."),
        filled(
            "stage", "VARCHAR", "What decided: capture, media, or no media (wanted, but there were none)."
        ),
    ),
    loadable=False,
)

CHECK_SIGNALS = Table(
    "check_signals",
    "What single signals added to the score of each explained identity check, the strongest twenty.",
    "event_id",
    (
        filled("event_id", "VARCHAR", "The identity check."),
        filled("family", "VARCHAR", "capture, media, re_use or context."),
        filled("feature", "VARCHAR", "Name of the signal."),
        filled("value", "DOUBLE", "Its value; null: not known."),
        filled("normal", "DOUBLE", "Its median among bona fide checks; null: never known."),
        filled(
            "points", "DOUBLE", "Probability that it adds; all points of a check sum to score minus base."
        ),
        filled("sentence", "VARCHAR", "The signal in words."),
    ),
    loadable=False,
)

MEDIA_MATCHES = Table(
    "media_matches",
    "Pairs of checks of different accounts whose media are near-duplicates, the later check first; of each "
    "check and kind the earliest and the nearest, at most fifty.",
    "event_id",
    (
        filled("event_id", "VARCHAR", "The later check."),
        filled("other_event_id", "VARCHAR", "The earlier check, of another account."),
        filled("kind", "VARCHAR", "What is the same: face, background, video or document."),
        filled("distance", "INTEGER", "Bits of 256 that differ."),
    ),
    loadable=False,
)

MEDIA_REUSE = Table(
    "media_reuse",
    "How often the media of each check had been seen under other accounts before it, one row a check with "
    "any fingerprint.",
    "event_key",
    (
        filled("event_key", "BIGINT", "The check's ingest_seq."),
        filled("face_accounts", "INTEGER", "Other accounts with the same face before; null: no fingerprint."),
        filled("background_accounts", "INTEGER", "Other accounts with the same background before."),
        filled("video_accounts", "INTEGER", "Other accounts with the same clip before."),
        filled("document_accounts", "INTEGER", "Other accounts with the same document before."),
        filled(
            "nearest_bits",
            "INTEGER",
            "Bits by which the nearest of those faces, clips or documents differs; null: there is none.",
        ),
        filled("since_media_seconds", "DOUBLE", "Time since the newest check with one of those, seconds."),
        filled(
            "lockstep_accounts",
            "INTEGER",
            "Other accounts with any of the four the same in the 24 hours before; null: no fingerprint.",
        ),
    ),
    loadable=False,
)

MEDIA_CLUSTERS = Table(
    "media_clusters",
    "Checks that hang together by re-used faces, clips or documents, two accounts or more, one row a check.",
    "event_id",
    (
        filled(
            "cluster_id", "VARCHAR", "Name of the cluster, from its earliest check; stable while it grows."
        ),
        *_EVENT,
        filled("kinds", "VARCHAR", "What it shares with others of the cluster, joined by commas."),
    ),
    loadable=False,
)

CLUSTER_ACCOUNTS = Table(
    "cluster_accounts",
    "What the accounts of a cluster did after their first check in it, one row an account of a cluster.",
    "account_id",
    (
        filled("cluster_id", "VARCHAR", "The cluster."),
        filled("account_id", "VARCHAR", "The account."),
        filled("first_check_at", "TIMESTAMP", "Its first check in the cluster, UTC."),
        filled("has_passed", "BOOLEAN", "One of its checks in the cluster was taken for bona fide."),
        filled("events_after", "BIGINT", "Transactions and sign-ins after that first check."),
        filled("moved_in", "DECIMAL(38,6)", "Value of deposits and transfers in that came after it."),
        filled(
            "moved_out", "DECIMAL(38,6)", "Value that left after it: withdrawals and transfers not stopped."
        ),
        filled("stopped_out", "DECIMAL(38,6)", "Value whose leaving was held, blocked or frozen after it."),
    ),
    loadable=False,
)

CHECK_FACTS = Table(
    "check_facts",
    "Every identity check with its decision, what it turned out to be, and the groups it is reported by.",
    "event_id",
    (
        *_EVENT,
        filled("purpose", "VARCHAR", "Why it was asked: onboarding, withdrawal or recovery."),
        filled("attempt", "INTEGER", "Number of the attempt."),
        filled("device", "VARCHAR", "Device class: phone, tablet, desktop, emulator, other or not known."),
        filled(
            "light",
            "VARCHAR",
            "Light on the face: dark (under 60 of 255), dim, bright (from 85); null: no media.",
        ),
        filled(
            "skin_tone",
            "VARCHAR",
            "Skin-tone proxy: dark (under 10 degrees), medium, light (over 41); null: no media.",
        ),
        filled("media", "VARCHAR", "extracted, kit, drawn or none: where its media signals come from."),
        filled("problem", "VARCHAR", "Why its media could not be measured; null: none."),
        filled("stage", "VARCHAR", "What decided: capture, media, or no media."),
        filled("cheap_score", "DOUBLE", "Probability of an attack before media were read."),
        filled("score", "DOUBLE", "Probability of an attack that decided."),
        filled("decision", "VARCHAR", "allow (bona fide), step_up (retry), hold (review), block (reject)."),
        filled("is_unseen", "BOOLEAN", "Its model had not seen its truth."),
        filled("is_attack", "BOOLEAN", "Confirmed as an attack by what is known now."),
        filled("is_ripe", "BOOLEAN", "Old enough that silence of labels means bona fide."),
        filled("species", "VARCHAR", "Kind of the attack; null: bona fide, or not named."),
        filled("attack", "VARCHAR", "presentation or injection; null: bona fide, or not named."),
        filled("ring_id", "VARCHAR", "The ring of the attack, as in `incidents`; null: bona fide."),
        filled("fingerprint_ms", "DOUBLE", "Time for its fingerprints, milliseconds; null: no media."),
        filled("media_ms", "DOUBLE", "Time for all its media signals, milliseconds; null: no media."),
    ),
    loadable=False,
)

LIVENESS_ERRORS = Table(
    "liveness_errors",
    "Error rates of identity checks by ISO/IEC 30107-3 on checks the models had not seen, with intervals.",
    "quarter",
    (
        filled("quarter", "DATE", "First day of the calendar quarter of the checks."),
        filled("cut", "VARCHAR", "What the checks are split by: all, attack, species, region, device, ..."),
        filled("part", "VARCHAR", "The part of that split: print, south_asia, phone, ..."),
        filled(
            "point",
            "VARCHAR",
            "Operating point: retry, review, reject (the policy), or BPCER 5 %, 1 %, 0.1 %.",
        ),
        filled(
            "threshold", "DOUBLE", "Score from which a check is not passed there; null: differs by region."
        ),
        filled("attacks", "BIGINT", "Attacks in it."),
        filled("let_in", "BIGINT", "Attacks that passed."),
        filled(
            "apcer",
            "DOUBLE",
            "Their share (attack presentation classification error rate); null: no attacks.",
        ),
        filled("apcer_low", "DOUBLE", "Lower end of its 95 % interval."),
        filled("apcer_high", "DOUBLE", "Upper end."),
        filled("bona_fide", "BIGINT", "Bona fide checks in it."),
        filled("disturbed", "BIGINT", "Bona fide checks that did not pass."),
        filled("bpcer", "DOUBLE", "Their share (bona fide presentation classification error rate)."),
        filled("bpcer_low", "DOUBLE", "Lower end of its 95 % interval."),
        filled("bpcer_high", "DOUBLE", "Upper end."),
        filled("worst_species", "VARCHAR", "The species with the highest APCER there, which is the figure."),
        filled("worst_apcer", "DOUBLE", "That APCER."),
        filled("acer", "DOUBLE", "Mean of the worst APCER and the BPCER."),
    ),
    loadable=False,
)

LIVENESS_DET = Table(
    "liveness_det",
    "The DET curve of a quarter: what each threshold lets in and whom it disturbs.",
    "quarter",
    (
        filled("quarter", "DATE", "First day of the calendar quarter of the checks."),
        filled("attack", "VARCHAR", "all, presentation or injection."),
        filled("threshold", "DOUBLE", "Score from which a check is not passed."),
        filled("attacks", "BIGINT", "Attacks of that kind."),
        filled("let_in", "BIGINT", "Attacks that pass."),
        filled("apcer", "DOUBLE", "Their share."),
        filled("apcer_low", "DOUBLE", "Lower end of its 95 % interval."),
        filled("apcer_high", "DOUBLE", "Upper end."),
        filled("bona_fide", "BIGINT", "Bona fide checks."),
        filled("disturbed", "BIGINT", "Bona fide checks that do not pass."),
        filled("bpcer", "DOUBLE", "Their share."),
        filled("bpcer_low", "DOUBLE", "Lower end of its 95 % interval."),
        filled("bpcer_high", "DOUBLE", "Upper end."),
    ),
    loadable=False,
)

UNKNOWN_SPECIES = Table(
    "unknown_species",
    "Each species left out of training once: how much of it comes in when it was never seen.",
    "quarter",
    (
        filled("quarter", "DATE", "First day of the calendar quarter of the checks."),
        filled("model_version", "VARCHAR", "The model whose training rows were used."),
        filled("species", "VARCHAR", "The species left out."),
        filled("attacks", "BIGINT", "Attacks of it."),
        filled(
            "bpcer",
            "DOUBLE",
            "Share of bona fide checks disturbed, at most one in a hundred; the larger of the two tests.",
        ),
        filled(
            "apcer_known",
            "DOUBLE",
            "Share of it that passes when it was in training; null: no time was left.",
        ),
        filled("known_low", "DOUBLE", "Lower end of its 95 % interval."),
        filled("known_high", "DOUBLE", "Upper end."),
        filled("apcer_unknown", "DOUBLE", "Share of it that passes when it was left out of training."),
        filled("unknown_low", "DOUBLE", "Lower end of its 95 % interval."),
        filled("unknown_high", "DOUBLE", "Upper end."),
    ),
    loadable=False,
)
