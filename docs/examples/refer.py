#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
# SPDX-License-Identifier: Apache-2.0
"""つなぎを送り、追い、受け手として答える。標準ライブラリだけで動く(Python 3.9 以上)。

docs/reference/openapi.json だけを見て書いたもの。環境変数は README.md にある。
"""

import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from datetime import datetime, timedelta, timezone

BASE = os.environ["TSUNAGI_URL"] + "/api/v1"
JAPAN = timezone(timedelta(hours=9))


class Problem(Exception):
    """RFC 9457。code で見分け、errors で項目を知る。"""

    def __init__(self, problem):
        where = "".join(f" [{e['pointer']} {e['code']}]" for e in problem.get("errors", []))
        super().__init__(f"{problem['status']} {problem['code']}: {problem['detail']}{where}")
        self.code = problem["code"]
        self.retryable = problem["retryable"]


class Client:
    """一つの窓口の機械クライアント。トークンは15分で切れるので、切れる前に取り直す。"""

    def __init__(self, client_id, secret):
        self.credentials = {"client_id": client_id, "client_secret": secret}
        self.token, self.good_until = None, 0.0

    def bearer(self):
        if time.monotonic() > self.good_until:
            form = {"grant_type": "client_credentials", **self.credentials}
            body = urllib.parse.urlencode(form).encode()
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            granted, _ = exchange("POST", "/oauth/token", headers, body)
            self.token = granted["access_token"]
            self.good_until = time.monotonic() + granted["expires_in"] - 60
        return f"Bearer {self.token}"

    def get(self, path):
        answer, _ = exchange("GET", path, {"Authorization": self.bearer()})
        return answer

    def post(self, path, body, **headers):
        """届いたか分からないときは、同じ本文を同じ Idempotency-Key で送り直してよい。"""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        for attempt in range(1, 6):
            headers.update({"Authorization": self.bearer(), "Content-Type": "application/json"})
            try:
                return exchange("POST", path, headers, json.dumps(body).encode())
            except Problem as problem:
                if not problem.retryable or attempt == 5:
                    raise
                time.sleep(attempt)

    def step(self, referral, version, action, facts):
        """一歩進める。見ていた版を If-Match に付け、新しい版を受け取る。"""
        stepped, _ = self.post(f"/referrals/{referral}/{action}", facts, If_Match=f'"{version}"')
        print(f"  {action}: {stepped['state']} (version {stepped['version']})")
        return stepped["version"]


def exchange(method, path, headers, body=None):
    request = urllib.request.Request(BASE + path, data=body, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.load(response), response.status
    except urllib.error.HTTPError as error:
        raise Problem(json.load(error)) from None


def a_referral(key, recipient, asserted):
    now = datetime.now(JAPAN)
    return {
        "kind": "referral",
        "to": {"function": recipient},
        "urgency": "normal",
        "purpose": "consultation",
        "source": {"system": "kaigo", "key": key, "change": "new", "occurredAt": now.isoformat(timespec="seconds")},
        "asserted": {"on": now.date().isoformat(), **asserted},
        "subject": {
            "ref": "subject",
            "role": "subject",
            "identifiers": [{"system": "kaigo", "value": key}],
            "items": {
                "identity": {"name": "見本　花子", "kana": "ミホン　ハナコ", "birthDate": "1940-01-05", "sex": "female"},
                "concern": {"boxes": ["spending_debt"]},
                "care_level": {"level": "22"},
            },
        },
        "others": [],
    }


def main():
    sender = Client(os.environ["SENDER_ID"], os.environ["SENDER_SECRET"])
    recipient = Client(os.environ["RECIPIENT_ID"], os.environ["RECIPIENT_SECRET"])
    desk = recipient.get("/session")["functions"][0]
    run = uuid.uuid4().hex[:12]

    print(f"送る → {desk['name']}")
    body = a_referral(f"PY-{run}-1", desk["id"], {"code": "1", "formVersion": os.environ["CONSENT_FORM"]})
    sent, status = sender.post("/referrals", body, Idempotency_Key=f"{run}-1")
    print(f"  {status} {sent['outcome']}: {sent['sentence']}")
    again, _ = sender.post("/referrals", body, Idempotency_Key=f"{run}-1")
    assert again["id"] == sent["id"], "同じキーの送り直しは、同じつなぎ"

    print("同意なしで送る")
    held, status = sender.post("/referrals", a_referral(f"PY-{run}-2", desk["id"], {"code": "3"}), Idempotency_Key=f"{run}-2")
    print(f"  {status} {held['outcome']}: {held['sentence']} {held['codes']}")
    assert (sent["outcome"], held["outcome"]) == ("accepted", "held")

    print("受け手として答える")
    arrived = recipient.get(f"/referrals/{sent['id']}")
    today = datetime.now(JAPAN)
    version = recipient.step(sent["id"], arrived["version"], "receive", {})
    items = recipient.get(f"/referrals/{sent['id']}")["members"][0]["items"]
    print(f"  見える項目: {', '.join(items)}")
    version = recipient.step(sent["id"], version, "accept", {"worker": {"name": "相談　次郎"}, "personMatched": True})
    version = recipient.step(sent["id"], version, "start", {"firstContact": {"on": today.date().isoformat(), "how": "電話"}})
    told = {"by": "相談　次郎", "at": today.isoformat(timespec="seconds"), "how": "電話"}
    recipient.step(sent["id"], version, "complete", {"outcome": "011", "note": "相談を始めました。", "personInformed": told})

    print("送り手として追う")
    for entry in sender.get(f"/referrals/{sent['id']}/timeline")["items"]:
        print(f"  {entry['at']} {entry['action']} → {entry['to']} ({entry['by']})")
    print(json.dumps({"id": sent["id"], "state": sender.get(f"/referrals/{sent['id']}")["state"]}, separators=(",", ":")))


if __name__ == "__main__":
    main()
