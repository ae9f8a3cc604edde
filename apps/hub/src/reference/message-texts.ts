// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MessageType } from '@tsunagi/contracts';

/** Words of the AsyncAPI document. */
export const asyncApiTexts = {
  title: 'つなぎハブ メッセージ',
  description: `ハブと、部署のそばに置くプラグインホストのあいだのメッセージです。すべて CloudEvents 1.0(structured JSON)で、RabbitMQ(AMQP 0-9-1)を通ります。プラグインを書くときは SDK(\`@tsunagi/plugin-sdk\`)がここまでを受け持つので、ふつうは直接使いません。

## 決まり

- **送り主**: \`source\` はアカウントと同じでなければなりません(ハブは \`hub\`、プラグインは \`plugin.<名前>\`)。AMQP の \`user-id\` で確かめます。
- **送り方**: 永続(delivery mode 2)、\`mandatory\`、publisher confirm。宛先は topic exchange \`tsunagi\`、ルーティングキーは \`<キュー>.<type>\`。ホストへの命令だけは既定の exchange からホストのキューへ直接送ります。
- **残らないもの**: 接続とともに消えるキュー(ホストへの命令、ハブの一台への返事)へのものは永続にせず(delivery mode 1)、扱えなくても \`dead\` に移りません。設定やファイルを試す命令と返事には、受け取られなければ消える期限(expiration、20秒まで)が付きます。
- **二度届きます**: 受け手は \`id\`(品目なら \`itemId\`、配送なら \`deliveryId\` と \`claim\`)で見分け、二度目は何もしません。
- **答えてから ack**: 失敗もメッセージで答えます(\`items.answered.v1\`、\`delivery.receipt.v1\`)。キューに戻しません。
- **書く直前に確かめます**: 配送は \`deliveries.check.v1\` で尋ね、\`go\` が返ったものだけを書きます。

---

**In English.** Messages between the hub and plugin hosts: CloudEvents 1.0 in structured JSON over RabbitMQ. Publish persistent, mandatory and confirmed to the topic exchange \`tsunagi\` with routing key \`<queue>.<type>\`; \`source\` must match the broker account. Handlers are idempotent; a failure is an answer, never a requeue. Plugin authors normally use the SDK instead.`,
  server: '自治体が用意する RabbitMQ。アカウントはハブに一つ、プラグインごとに一つ',
  credentials: 'ハブは `hub`、プラグインは `plugin.<名前>`',
  exchange: 'すべての共有キューの入口(topic exchange)。ルーティングキーは `<キュー>.<type>`',
  queue: 'キューの名前',
  type: 'メッセージの type',
  plugin: 'プラグインの名前(例 kaigo)',
  host: 'ホストの id。`<プラグイン>.<インスタンス>`(例 kaigo.host-1)',
  instance: 'ハブの一台の id。命令の `replyTo`',
  dead: '扱えなかったメッセージ。ハブが読み出してデータベースに移す。どの type もありうる',
  drain: '扱えなかったメッセージを読み出す',
  tags: { hub: 'ハブから見た操作', plugin: 'プラグイン(ホスト)から見た操作' },
  sends: '送る',
  receives: '受け取る',
} as const;

export const channelTexts: Readonly<Record<string, string>> = {
  'hub.intake': 'プラグインが送るもの: 記録と、保留にした行',
  'hub.answers': 'プラグインの答え: 対応、取消の受領、書く直前の確認、受領',
  'hub.control': 'ホストの名乗り、生存の知らせ、命令の結果',
  deliveries: 'プラグインへの配送。一人ずつ順に書くため、読むのは一つだけ(single active consumer)',
  answers: 'プラグインへの答え。読むのは一つだけ(single active consumer)',
  replies: 'ハブの一台が尋ねたことへの返事。その一台の接続とともに消える',
  host: 'ホストへの命令。そのホストの接続とともに消える',
};

export const messageTexts: Readonly<Record<MessageType, string>> = {
  'referral.submitted.v1': '業務システムの記録を、つなぎの申込みとして送る',
  'referral.response.v1': '届いたつなぎへの、受け手のシステムの対応',
  'rows.quarantined.v1': '読めずに保留にした行。値は入らない',
  'recall.acknowledged.v1': '取り消された情報の利用をやめたという受領',
  'items.answered.v1': '送られた品目の一つずつへの答え',
  'referral.sent.v1': 'つなぎが届く。見せてよい項目だけが入る',
  'referral.supplemented.v1': '前に届いたつなぎの訂正・追加。全体が入る',
  'referral.recalled.v1': '前に届いたつなぎの取消し',
  'referral.status.v1': '送り手の記録がどうなったか',
  'deliveries.check.v1': '書く直前に、書いてよいかを尋ねる',
  'deliveries.checked.v1': '書いてよいかどうかの答え',
  'delivery.receipt.v1': '配送の受領: 書いた、取りやめた、書けなかった',
  'plugin.hello.v1': 'ホストがプラグインを動かすと名乗り出る',
  'plugin.heartbeat.v1': 'ホストが動いている知らせ',
  'plugin.command.v1': 'ホストへの命令(設定、待機、有効、無効、読取り、点検、件数、読み直し、設定やファイルを試す)',
  'plugin.result.v1': '命令の結果',
  'plugin.rehearsed.v1': '試した設定やファイルがどうなるか。尋ねたハブの一台だけが受け取る',
};
