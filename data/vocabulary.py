"""The words that exchanges' files use for the contract's columns and values, as data for proposals.

Names are compared without capitals and signs: `TX_DATETIME` is `txdatetime`. Earlier words are surer.
"""

from __future__ import annotations

COLUMN_WORDS: dict[str, tuple[str, ...]] = {
    "event_id": ("eventid", "transactionid", "txid", "txnid", "transferid", "loginid", "checkid",
        "withdrawalid",
                 "depositid", "tradeid", "orderid", "txhash", "hash", "uuid", "id"),
    "account_id": ("accountid", "account", "customerid", "customer", "userid", "user", "uid", "clientid",
        "client",
                   "memberid", "accountno", "accountnumber", "acct", "acc", "owner", "wallet"),
    "occurred_at": ("occurredat", "eventtime", "txdatetime", "transactiontime", "transactiondate",
        "purchasetime",
                    "timestamp", "datetime", "createdat", "created", "time", "date", "ts", "when", "at",
                    "blocktime",
                    "logintime", "checkedat", "completedat"),
    "kind": ("kind", "direction", "type", "transactiontype", "txtype", "eventtype", "side", "operation",
        "action"),
    "amount": ("amount", "amountusdt", "amountusd", "usdtamount", "usdvalue", "valueusd", "txamount", "value",
               "purchasevalue", "amt", "total", "sum", "notional"),
    "asset": ("asset", "currency", "coin", "token", "symbol", "ticker"),
    "quantity": ("quantity", "qty", "units", "size", "volume"),
    "counterparty": ("counterparty", "counterpartyid", "destination", "recipient", "beneficiary",
        "toaddress", "to",
                     "address", "terminalid", "merchantid", "merchant", "payee", "toaccount", "peer"),
    "device_id": ("deviceid", "device", "fingerprint", "devicefingerprint", "visitorid", "devicehash"),
    "ip": ("ip", "ipaddress", "ipaddr", "clientip", "remoteaddr", "sourceip", "remoteip"),
    "user_agent": ("useragent", "ua", "agent", "httpuseragent"),
    "status": ("status", "state", "iserror", "failed", "isfailed", "txstatus"),
    "outcome": ("outcome", "result", "success", "successful", "loginresult"),
    "factor": ("factor", "mfa", "authmethod", "method", "twofactor"),
    "opened_at": ("openedat", "signuptime", "signupat", "registeredat", "registrationdate", "accountcreated",
                  "createdat", "opened", "joined"),
    "kyc_country": ("kyccountry", "country", "countrycode", "residence", "nationality", "documentcountry"),
    "customer_type": ("customertype", "accounttype", "segment"),
    "referrer_id": ("referrerid", "referrer", "invitedby", "referredby"),
    "known_at": ("knownat", "reportedat", "chargebackdate", "confirmedat", "labelledat", "labeledat",
        "resolvedat"),
    "typology": ("typology", "fraudtype", "scenario", "txfraudscenario", "crimetype", "category", "reason"),
    "incident_id": ("incidentid", "incident", "caseid", "case"),
    "source": ("source", "reportedby", "listedby"),
    "label_id": ("labelid",),
    "purpose": ("purpose",),
    "vendor_outcome": ("vendoroutcome", "vendorresult", "outcome", "result"),
    "is_virtual_camera": ("isvirtualcamera", "virtualcamera"),
    "is_emulator": ("isemulator", "emulator"),
    "is_rooted": ("isrooted", "rooted", "jailbroken"),
    "frame_jitter_ms": ("framejitterms", "framejitter"),
    "sensor_noise": ("sensornoise",),
    "frame_rate": ("framerate", "fps"),
    "frame_height": ("frameheight",),
    "attempt": ("attempt", "attempts"),
    "duration_seconds": ("durationseconds", "duration"),
    "prompts_obeyed": ("promptsobeyed",),
    "prompt_delay_ms": ("promptdelayms", "promptdelay"),
    "gyro_motion": ("gyromotion", "gyro"),
    "media_score": ("mediascore", "livenessscore", "spoofscore"),
    "system": ("system", "os", "operatingsystem"),
    "client": ("client", "browser", "app"),
    "maker": ("maker", "manufacturer", "brand"),
    "country": ("country", "countrycode"),
    "asn": ("asn", "asnumber"),
    "operator": ("operator", "isp", "asname", "organisation", "organization"),
    "value": ("value", "address", "cidr", "network"),
    "category": ("category", "type", "label"),
    "listed_at": ("listedat", "since", "added"),
}  # fmt: skip

# Columns that say whether a row is crime; in labels they are the outcome.
VERDICT_WORDS = (
    "isfraud", "fraud", "txfraud", "isillicit", "illicit", "label", "class", "isscam", "ischargeback",
        "target",
    "verdict", "isconfirmed", "outcome",
)  # fmt: skip

# What single words of files mean, by contract column; small letters.
VALUE_WORDS: dict[str, dict[str, str]] = {
    "kind": {
        "in": "deposit", "credit": "deposit", "received": "deposit", "cashin": "deposit",
        "cash_in": "deposit",
        "out": "withdrawal", "debit": "withdrawal", "sent": "withdrawal", "withdraw": "withdrawal",
        "cash_out": "withdrawal", "payment": "withdrawal", "purchase": "withdrawal",
        "buy": "trade", "sell": "trade", "swap": "trade", "transfer": "internal_transfer",
        "internal": "internal_transfer", "signin": "login", "sign_in": "login",
    },
    "status": {
        "completed": "settled", "complete": "settled", "success": "settled", "ok": "settled",
        "confirmed": "settled",
        "error": "failed", "rejected": "failed", "canceled": "cancelled", "reverted": "failed",
    },
    "outcome": {
        "1": "confirmed", "true": "confirmed", "fraud": "confirmed", "illicit": "confirmed",
        "scam": "confirmed",
        "0": "legitimate", "false": "legitimate", "ok": "legitimate", "licit": "legitimate",
        "genuine": "legitimate",
    },
    "login_outcome": {
        "1": "success", "true": "success", "ok": "success", "0": "failure", "false": "failure",
        "failed": "failure",
    },
    "error_status": {"1": "failed", "true": "failed", "0": "settled", "false": "settled"},
    "vendor_outcome": {"true": "pass", "false": "fail", "passed": "pass", "failed": "fail", "1": "pass",
        "0": "fail"},
    "customer_type": {"person": "individual", "retail": "individual", "corporate": "business",
        "company": "business"},
}  # fmt: skip

# Patterns of times that DuckDB does not read by itself, tried in this order on every sample.
TIME_FORMATS = (
    "%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%d.%m.%Y %H:%M",
    "%d.%m.%Y %H:%M:%S", "%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y%m%d%H%M%S", "%Y%m%d",
)  # fmt: skip


def bare(name: str) -> str:
    """Return `name` in small letters without anything but letters and digits."""
    return "".join(ch for ch in name.lower() if ch.isalnum())
