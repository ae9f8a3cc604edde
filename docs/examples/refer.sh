#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
# SPDX-License-Identifier: Apache-2.0
#
# つなぎを送り、追い、受け手として答える。bash と curl だけで動く。環境変数は README.md にある。
set -euo pipefail

api="$TSUNAGI_URL/api/v1"
run="$(date +%s)-$$"
today="$(TZ=Asia/Tokyo date +%F)"
now="$(TZ=Asia/Tokyo date +%FT%T+09:00)"
problem="$(mktemp)"
trap 'rm -f "$problem"' EXIT

# 浅い答えから一つの値を取り出す(本番では jq などを使ってください)。
field() { sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p"; }

# エラーは本文(application/problem+json)を出して止まる。
call() {
  local status
  status="$(curl -sS -o "$problem" -w '%{http_code}' "$@")"
  if [ "$status" -ge 400 ]; then
    cat "$problem" >&2
    exit 1
  fi
  cat "$problem"
}

token() {
  call "$api/oauth/token" -d grant_type=client_credentials \
    --data-urlencode "client_id=$1" --data-urlencode "client_secret=$2" | field access_token
}

referral() { # 番号 同意欄
  cat <<JSON
{ "kind": "referral", "to": { "function": "$desk" }, "urgency": "normal", "purpose": "consultation",
  "source": { "system": "kaigo", "key": "$1", "change": "new", "occurredAt": "$now" },
  "asserted": { $2, "on": "$today" },
  "subject": { "ref": "subject", "role": "subject", "identifiers": [{ "system": "kaigo", "value": "$1" }],
    "items": { "identity": { "name": "見本　花子", "kana": "ミホン　ハナコ", "birthDate": "1940-01-05", "sex": "female" },
               "concern": { "boxes": ["spending_debt"] } } },
  "others": [] }
JSON
}

send() { # Idempotency-Key 本文
  call "$api/referrals" -H "Authorization: Bearer $sender" -H "Idempotency-Key: $1" \
    -H 'Content-Type: application/json' --data-binary "$2"
}

step() { # 手続き 本文 → 見ていた版を If-Match に付け、新しい版を覚える
  local stepped
  stepped="$(call "$api/referrals/$id/$1" -H "Authorization: Bearer $recipient" -H "If-Match: \"$version\"" \
    -H 'Content-Type: application/json' --data-binary "$2")"
  version="$(field version <<<"$stepped")"
  echo "  $1: $(field state <<<"$stepped") (version $version)"
}

sender="$(token "$SENDER_ID" "$SENDER_SECRET")"
recipient="$(token "$RECIPIENT_ID" "$RECIPIENT_SECRET")"
# 一つの窓口のクライアントなら、acting が自分の窓口の id。
desk="$(call "$api/session" -H "Authorization: Bearer $recipient" | field acting)"

echo '送る'
body="$(referral "SH-$run-1" "\"code\": \"1\", \"formVersion\": \"$CONSENT_FORM\"")"
sent="$(send "$run-1" "$body")"
echo "  $sent"
id="$(field id <<<"$sent")"
again="$(send "$run-1" "$body" | field id)"
[ "$again" = "$id" ] # 同じキーの送り直しは、同じつなぎ

echo '同意なしで送る'
echo "  $(send "$run-2" "$(referral "SH-$run-2" '"code": "3"')")"

echo '受け手として答える'
version="$(call "$api/referrals/$id" -H "Authorization: Bearer $recipient" | field version)"
step receive '{}'
step accept '{ "worker": { "name": "相談　次郎" }, "personMatched": true }'
step start "{ \"firstContact\": { \"on\": \"$today\", \"how\": \"電話\" } }"
step complete "{ \"outcome\": \"011\", \"note\": \"相談を始めました。\", \"personInformed\": { \"by\": \"相談　次郎\", \"at\": \"$now\", \"how\": \"電話\" } }"

echo '送り手として追う'
call "$api/referrals/$id/timeline" -H "Authorization: Bearer $sender"
echo
echo "{\"id\":\"$id\",\"state\":\"$(call "$api/referrals/$id" -H "Authorization: Bearer $sender" | field state)\"}"
