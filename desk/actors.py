"""Who acts, in which role, and what that role may do.

    actor = local_actor(os.environ)       # the one person of local mode
    actor.may(SEE_FACES)

Roles and rights are frozen data: one table that a reader can check. A right with checkers is a dangerous
action: whoever holds it proposes, and another person who may check approves (`desk/approvals.py`). In local
mode there is one person, whose role `WATCHFLOOR_ROLE` names; the people of a store are in `desk/people.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data.errors import WatchfloorError

# Role and how a person says it.
ROLES: Mapping[str, str] = {
    "executive": "executive",
    "risk_manager": "risk manager",
    "analyst": "analyst",
    "desk_operator": "desk operator",
    "desk_lead": "desk lead",
    "liaison": "law-enforcement liaison",
    "auditor": "auditor",
    "administrator": "administrator",
}
DEFAULT_ROLE = "risk_manager"
ROLE_VARIABLE = "WATCHFLOOR_ROLE"


class ActorError(WatchfloorError):
    """Nobody can be said to act: the role is not known."""


class RightError(WatchfloorError):
    """The actor's role does not hold the right to do this."""


@dataclass(frozen=True, slots=True)
class Right:
    """Something that only some roles may do: its name, what it is in words, and who holds it.

    Where there are `checkers`, it is dangerous: holders propose it, and one of the checkers, another person,
    must approve.
    """

    name: str
    words: str
    holders: frozenset[str]
    checkers: frozenset[str] = frozenset()

    @property
    def is_dangerous(self) -> bool:
        """Whether it needs two people."""
        return bool(self.checkers)

    @property
    def holders_in_words(self) -> str:
        """The roles that hold it, as a person says them, in the order of ROLES."""
        return _in_words(self.holders)

    @property
    def checkers_in_words(self) -> str:
        """The roles that may approve it, as a person says them."""
        return _in_words(self.checkers)


def _in_words(roles: frozenset[str]) -> str:
    held = [words for role, words in ROLES.items() if role in roles]
    return " and ".join([", ".join(held[:-1]), held[-1]] if len(held) > 1 else held)


# Faces are biometric data: only who decides on a check, or answers an authority about one, needs them.
SEE_FACES = Right(
    "see_faces", "see the faces of identity checks", frozenset({"analyst", "desk_lead", "liaison"})
)
# Who reads only (executive, auditor) changes nothing; who runs the program does not decide on customers.
ESCALATE = Right(
    "escalate",
    "open and withdraw a case",
    frozenset({"risk_manager", "analyst", "desk_operator", "desk_lead", "liaison"}),
)
# A pack holds devices, network addresses and payout addresses of named accounts.
EXPORT_EVIDENCE = Right(
    "export_evidence",
    "take evidence out of the program",
    frozenset({"risk_manager", "analyst", "desk_lead", "liaison"}),
)
# What becomes a label that models learn from is decided by who looks at the events.
DISPOSE = Right("dispose", "say what an event was", frozenset({"analyst", "desk_operator", "desk_lead"}))
# Whoever works a case takes it, writes in it, sets it aside and hands it on; what it was is DISPOSE.
WORK_CASES = Right(
    "work_cases",
    "work the cases of the desk",
    frozenset({"risk_manager", "analyst", "desk_operator", "desk_lead", "liaison"}),
)
# A second look at a closed case, by a person who has judged cases.
REVIEW = Right("review", "look at a closed case a second time", frozenset({"analyst", "desk_lead"}))
# Who leads a desk sees how each analyst does, gives work to people and takes it from them.
SUPERVISE = Right("supervise", "lead a desk", frozenset({"risk_manager", "desk_lead"}))
# A challenger decides on nobody until it is promoted, so one person may train one.
RETRAIN = Right("retrain", "train a challenger", frozenset({"risk_manager", "analyst"}))
# Whoever works cases practises on past ones; it changes nothing that is real.
TRAIN = Right(
    "train",
    "practise on past cases",
    frozenset({"risk_manager", "analyst", "desk_operator", "desk_lead", "liaison"}),
)
# Both change what happens to every customer of an area: who runs the desk and who answers for the risk check.
PROMOTE_MODEL = Right(
    "promote_model",
    "promote a model",
    frozenset({"risk_manager", "analyst"}),
    checkers=frozenset({"risk_manager", "desk_lead"}),
)
ROLL_OUT_POLICY = Right(
    "roll_out_policy",
    "roll out a policy",
    frozenset({"risk_manager", "desk_lead"}),
    checkers=frozenset({"risk_manager", "desk_lead"}),
)
# Who answers for a model, and who works with what it says.
HANDLE_ALARMS = Right(
    "handle_alarms",
    "take and close alarms of monitoring",
    frozenset({"risk_manager", "analyst", "desk_lead"}),
)
# Who looks at events and cases asks for money to be stopped or given back; who answers for it approves.
_MONEY_MAKERS = frozenset({"risk_manager", "analyst", "desk_operator", "desk_lead", "liaison"})
_MONEY_CHECKERS = frozenset({"risk_manager", "desk_lead"})
FREEZE = Right("freeze", "freeze money", _MONEY_MAKERS, checkers=_MONEY_CHECKERS)
RELEASE = Right("release", "give frozen money back", _MONEY_MAKERS, checkers=_MONEY_CHECKERS)
SEIZE = Right(
    "seize",
    "hand money over to an authority",
    frozenset({"risk_manager", "liaison"}),
    checkers=_MONEY_CHECKERS,
)
# A hold that policy placed has the program as its maker, so one person who judges cases is the second.
CONFIRM_HOLD = Right(
    "confirm_hold",
    "confirm a hold and review a freeze",
    frozenset({"risk_manager", "analyst", "desk_lead"}),
)
# Mistaken transfers: who works a claim, and paying it out.
WORK_CLAIMS = Right(
    "work_claims",
    "work claims of mistaken transfers",
    frozenset({"risk_manager", "desk_operator", "desk_lead"}),
)
RECOVER = Right(
    "recover",
    "pay a mistaken transfer back",
    frozenset({"risk_manager", "desk_operator", "desk_lead"}),
    checkers=_MONEY_CHECKERS,
)
# Requests of authorities: who answers them, who must decide on an answer, who checks afterwards.
WORK_REQUESTS = Right("work_requests", "work requests of authorities", frozenset({"liaison", "desk_lead"}))
DISCLOSE = Right(
    "disclose",
    "hand data over to an authority",
    frozenset({"liaison", "desk_lead"}),
    checkers=_MONEY_CHECKERS,
)
SEE_REQUESTS = Right(
    "see_requests",
    "see requests of authorities",
    frozenset({"risk_manager", "desk_lead", "liaison", "auditor"}),
)
# That a request exists which the customer must not learn of is known only where it is decided and checked.
SEE_SECRET = Right(
    "see_secret",
    "see what the customer must not learn of",
    frozenset({"risk_manager", "desk_lead", "liaison", "auditor"}),
)
# Personal data: fingerprints of devices, addresses on the network, payout addresses, documents.
SEE_PERSONAL = Right(
    "see_personal",
    "see personal data",
    frozenset({"analyst", "desk_operator", "desk_lead", "liaison"}),
)
UNMASK = Right(
    "unmask", "see one account's personal data for a reason", frozenset({"risk_manager", "auditor"})
)
ERASE = Right(
    "erase",
    "erase personal data",
    frozenset({"administrator", "desk_lead"}),
    checkers=frozenset({"risk_manager", "desk_lead"}),
)
SEE_AUDIT = Right(
    "see_audit",
    "read the audit log",
    frozenset({"risk_manager", "desk_lead", "auditor", "administrator"}),
)
CHANGE_ROLE = Right(
    "change_role",
    "name a person, change a role or take it away",
    frozenset({"administrator", "risk_manager"}),
    checkers=frozenset({"risk_manager", "desk_lead", "administrator"}),
)
RIGHTS: Mapping[str, Right] = {
    right.name: right
    for right in (
        SEE_FACES,
        ESCALATE,
        EXPORT_EVIDENCE,
        DISPOSE,
        WORK_CASES,
        REVIEW,
        SUPERVISE,
        TRAIN,
        HANDLE_ALARMS,
        RETRAIN,
        PROMOTE_MODEL,
        ROLL_OUT_POLICY,
        FREEZE,
        RELEASE,
        SEIZE,
        CONFIRM_HOLD,
        WORK_CLAIMS,
        RECOVER,
        WORK_REQUESTS,
        DISCLOSE,
        SEE_REQUESTS,
        SEE_SECRET,
        SEE_PERSONAL,
        UNMASK,
        ERASE,
        SEE_AUDIT,
        CHANGE_ROLE,
    )
}


@dataclass(frozen=True, slots=True)
class Actor:
    """One person in one role."""

    name: str
    role: str

    @property
    def role_in_words(self) -> str:
        """The role as a person says it."""
        return ROLES.get(self.role, self.role)

    def may(self, right: Right) -> bool:
        """Answer whether the actor's role holds `right`; a dangerous one is only proposed by who holds it."""
        return self.role in right.holders

    def may_check(self, right: Right) -> bool:
        """Answer whether the actor's role approves or rejects what others propose under `right`."""
        return self.role in right.checkers


# The program itself, for what it does without anybody: trained, scored, raised an alarm. It holds no right.
PROGRAM = "Watchfloor"
SYSTEM = Actor(PROGRAM, "system")


def require(actor: Actor, right: Right | None = None) -> None:
    """Refuse what nobody does, or what the actor's role may not. Raises ActorError or RightError."""
    if actor != SYSTEM and (not actor.name.strip() or actor.role not in ROLES):
        raise ActorError(
            "An action needs someone who does it.",
            possible=f"a name, in one of the roles {', '.join(ROLES)}",
            to_do="Say who acts, in which role.",
        )
    if actor != SYSTEM and actor.name.strip().casefold() == SYSTEM.name.casefold():
        raise ActorError(
            f"The name {actor.name!r} is that of the program itself.",
            to_do="Act under a name of your own.",
        )
    if right is not None and not actor.may(right):
        raise RightError(
            why_not(actor, right), to_do=f"Ask one of these roles, or set {ROLE_VARIABLE} in local mode."
        )


def require_check(actor: Actor, right: Right) -> None:
    """Refuse who may not approve or reject under `right`. Raises ActorError or RightError."""
    require(actor)
    if not actor.may_check(right):
        raise RightError(why_not_check(actor, right), to_do="Ask a person in one of these roles.")


def why_not_check(actor: Actor, right: Right) -> str:
    """Say in words why the actor may not approve or reject."""
    return (
        f"You look as {actor.role_in_words}, a role that may not decide whether to {right.words}. "
        f"{right.checkers_in_words.capitalize()} may."
    )


def why_not(actor: Actor, right: Right) -> str:
    """Say in words why the actor may not."""
    return (
        f"You look as {actor.role_in_words}, a role that may not {right.words}. "
        f"{right.holders_in_words.capitalize()} may."
    )


def local_actor(environment: Mapping[str, str]) -> Actor:
    """Return the person of local mode, in the role that `environment` names.

    Raises ActorError when there is no such role.
    """
    role = environment.get(ROLE_VARIABLE, "").strip() or DEFAULT_ROLE
    if role not in ROLES:
        raise ActorError(
            f"There is no role {role!r}.",
            where=f"the variable {ROLE_VARIABLE}",
            possible=", ".join(ROLES),
            to_do=f"Set it to one of these, or leave it out: it is then {DEFAULT_ROLE}.",
        )
    return Actor("local", role)
