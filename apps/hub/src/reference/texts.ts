// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** Words of the generated documents that belong to no schema, code or route. */

export const version = '0.1.0';

export const openApiTexts = {
  title: 'つなぎハブ HTTP API',
  summary: '福祉の窓口のあいだの「つなぎ」と同意を扱うハブ',
  emptyBody: '本文は空',
  server: 'この文書を返したハブ(例 http://127.0.0.1:3000)',
  description: `介護・障害・子育て・生活困窮の業務システムのあいだで、同意を確かめながら「つなぎ」(紹介)を渡すハブの HTTP API です。

## はじめかた

1. **トークンを取る** — \`POST /api/v1/oauth/token\`(client credentials)。15分で切れ、更新はありません。切れたら取り直します。以後は \`Authorization: Bearer <access_token>\` を付けます。
2. **送る** — \`POST /api/v1/referrals\`。\`Idempotency-Key\` が要ります。答えの \`outcome\` が \`accepted\` なら送られ、\`held\` なら根拠(同意など)を待っています。送らずに確かめるだけなら、同じヘッダーで \`POST /api/v1/referrals/validate\`。渡るのは同意の範囲の項目だけです。どれが渡るかは、送ったあとの \`GET …/{id}/decision\` で分かります。
3. **追う** — 答えの \`id\` で \`GET /api/v1/referrals/{id}\` と \`…/timeline\` を見ます。一覧は \`GET /api/v1/referrals\`。
4. **受け手として答える** — 自分の窓口に届いたものは \`GET /api/v1/referrals?waiting=me\`。\`GET …/{id}/actions\` でいまできる手続きを見て、\`POST …/{id}/receive\`、\`accept\`、\`start\`、\`complete\` の順に進めます。はじめは GET の答えの、次からは直前の手続きの答えの \`version\` を \`If-Match\` に付けます。中身(\`members\`)が見えるのは \`receive\` のあとです。届け方(\`channel\`)が \`plugin:…\` の窓口では、業務システムからも答えが来て版が進みます。

## 送り直し

答えが届かなかったら、**同じ本文を同じ \`Idempotency-Key\` で**送り直してください。はじめの答えがもう一度返ります。本文を変えたら新しいキーにします(同じキーなら 422 \`IDEMPOTENCY_KEY_REUSED\`)。
\`source.key\` は送り手の記録の番号です。キーが別でも、同じ番号の同じ内容は \`duplicate\`(200)になります。

## 窓口

自分の窓口の id は \`GET /api/v1/session\` で分かります。一つの窓口のクライアントは、何も指定しなくてもその窓口として扱われます。複数の窓口に属するときは、ヘッダー \`Tsunagi-Function\` に窓口の id かコードを書きます。宛先は \`GET /api/v1/desk-functions\` で探すか、分野(\`{"domain": "konkyu"}\`)で指定します。

## 約束ごと

- 本文は UTF-8 の JSON です。知らない項目、同じ名前の項目の重なり、1 MiB を超える本文は断ります。
- 時刻は RFC 3339(時差つき。答えは UTC)、日付は \`YYYY-MM-DD\`、id は UUID です。
- エラーは RFC 9457(\`application/problem+json\`)です。\`code\` で見分け、\`errors[]\` で項目を、\`retryable\` で送り直してよいかを知らせます。コードの一覧は \`/docs/codes\`。
- 見えるのは、自分の窓口が送ったものと、届いたもののうち根拠のある項目だけです。見えないものは、ないものと同じ 404 です。

---

**In English.** Get a token (client credentials, 15 minutes, no refresh), \`POST /api/v1/referrals\` with an \`Idempotency-Key\` (the same key and body again gets the first answer again), follow with \`GET /api/v1/referrals/{id}\` and \`/timeline\`, answer as the recipient with \`POST /api/v1/referrals/{id}/{receive,accept,start,complete}\` and \`If-Match: "<version>"\`. Errors are RFC 9457 problems with a \`code\`.`,
} as const;

/** Tags in the order of the document. */
export const tags: Readonly<Record<string, string>> = {
  監査: 'だれが、いつ、何に、何をしたか。番号と符号だけで、鎖につながり署名されます。',
  認証: '機械クライアントのトークンと、職員のサインイン。 (tokens and sessions)',
  つなぎ: 'つなぎを送り、追い、答える。 (referrals)',
  ご本人:
    '死亡、転出入、入院、通称など、ご本人について窓口が知ったことと、同じ人かどうか。 (facts of a person; link, merge and split)',
  同意: '同意・不同意の記録と撤回。 (consents and refusals)',
  提供: '誰に何を提供したか、提供するとどう見えるか。 (disclosures)',
  利用勧奨: '相談窓口を案内した記録。つなぎではなく、情報は渡りません。 (recommendations)',
  会議: '名前で呼ばれた方だけが見る、ご本人についての会議。 (conferences)',
  支援単位: '一緒に支える方々と、つなぎの主担当。 (support units and their lead)',
  一覧: '画面の一覧を CSV にする。 (lists of the console as files)',
  機関と窓口: '宛先になる機関と窓口。 (organizations and desk functions)',
  職員とクライアント: '職員、所属、代理と、機械クライアントの登録。 (staff and clients; it_admin)',
  プラグイン: '業務システムとつなぐプラグインの点検と切替え。 (plugins; it_admin)',
  試用: '試用・研修のハブの時計。 (demo clock; it_admin)',
  運用: '稼働の確認と、この文書。 (health and documents)',
};

export const answerMeanings: Readonly<Record<string, string>> = {
  200: '成功',
  201: '新しく受け付けた',
  202: '受け付けた',
  204: '成功(本文なし)',
  503: '今は利用できない',
};

export const parameterTexts = {
  'Tsunagi-Function': '複数の窓口に属するとき、どの窓口としての操作か(id またはコード)',
  'Tsunagi-Request': 'サインイン(Cookie)での変更には 1 を付ける(CSRF 対策)。トークンでは要らない',
  'X-Request-ID': '要求の番号(英数と . _ : - で 8〜100 字)。なければハブが付け、答えに書く',
} as const;

export const headerTexts = {
  'X-Request-ID': '要求の番号。問い合わせのときに添えてください',
  'Retry-After': '何秒待ってから送り直すか',
  'WWW-Authenticate': 'どの方法で名乗るか',
} as const;

export const securityTexts = {
  client:
    '機械クライアント。`POST /api/v1/oauth/token` で得たトークンを `Authorization: Bearer <access_token>` に付ける。スコープはない',
  clientBasic: 'トークンを取るときだけ、client_id と client_secret を HTTP Basic で送ってもよい',
  staff: '職員。`POST /api/v1/session` で受け取る Cookie。変更には `Tsunagi-Request: 1` も要る',
} as const;
