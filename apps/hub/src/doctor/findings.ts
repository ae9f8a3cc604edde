// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { lookedIntoNames, type DoctorFinding, type LookedInto, type PluginView } from '@tsunagi/contracts';

/** What was seen of the hub's surroundings. */
export interface Seen {
  /** Parts of the start that are missing. */
  readonly missing: readonly string[];
  /** Undefined: it does not answer. */
  readonly database: DatabaseSeen | undefined;
  readonly brokerConnected: boolean;
  /** Permissions; undefined: not there. */
  readonly keysMode: number | undefined;
  readonly dataMode: number | undefined;
  /** Bytes free where TSUNAGI_DATA_DIR is; undefined: not there. */
  readonly free: number | undefined;
  readonly legal: 'demo' | 'checked';
  readonly demo: boolean;
  readonly plugins: readonly PluginView[];
}
export interface DatabaseSeen {
  readonly version: string;
  readonly embedded: boolean;
  /** Settings by which it may lose what it has confirmed. */
  readonly forgetful: readonly string[];
  readonly pending: number;
  readonly unknown: number;
  /** By how much its clock is ahead of the hub's. */
  readonly aheadMs: number;
}

const toleratedMs = 3_000;
/** What lives so long (a client's assertion) would be refused. */
const harmfulMs = 60_000;
const leastFree = { warning: 1024 ** 3, failure: 200 * 1024 ** 2 };
/** Others than the owner may do something with it. */
const open = 0o077;

type Said = Pick<DoctorFinding, 'level' | 'sentence' | 'remedy'>;
const ok = (sentence: string): Said => ({ level: 'ok', sentence });
const warning = (sentence: string, remedy: string): Said => ({ level: 'warning', sentence, remedy });
const failure = (sentence: string, remedy: string): Said => ({ level: 'failure', sentence, remedy });

/** Each with how to mend it. */
export function findingsOf(seen: Seen): DoctorFinding[] {
  const said: Readonly<Record<Exclude<LookedInto, 'plugin'>, Said | undefined>> = {
    hub: hubSaid(seen),
    database: databaseSaid(seen),
    migrations: seen.database && migrationsSaid(seen.database),
    broker: seen.brokerConnected
      ? ok('つながっています。')
      : failure(
          'つながっていません。',
          'RabbitMQ が動いているかと AMQP_URL を確かめてください。つながれば自動で続きます。',
        ),
    clock: clockSaid(seen),
    keys: keysSaid(seen),
    data: dataSaid(seen),
    disk: diskSaid(seen),
    legal: legalSaid(seen),
  };
  return [
    ...Object.entries(said).flatMap(([what, each]) =>
      each ? [{ what: what as LookedInto, name: lookedIntoNames[what as LookedInto], ...each }] : [],
    ),
    ...seen.plugins.map((plugin) => ({
      what: 'plugin' as const,
      plugin: plugin.id,
      name: `${lookedIntoNames.plugin} ${plugin.id}`,
      ...pluginSaid(plugin),
    })),
  ];
}

function hubSaid({ missing }: Seen): Said {
  if (missing.length === 0) return ok('起動は終わり、動いています。');
  return warning(`起動の途中です(${missing.join('、')})。`, '少し待って変わらなければ、ハブのログを確かめてください。');
}

function databaseSaid({ database }: Seen): Said {
  if (!database)
    return failure(
      '答えません。',
      'PostgreSQL が動いているかと DATABASE_URL を確かめてください。つながれば自動で続きます。',
    );
  const { version, embedded, forgetful } = database;
  if (embedded) return ok('組み込みのデータベースが答えています。');
  if (forgetful.length > 0)
    return failure(
      `PostgreSQL が確定した記録を失う設定です(${forgetful.join('、')})。`,
      'postgresql.conf で fsync=on、synchronous_commit=on にしてください。',
    );
  return ok(`PostgreSQL ${version} が答えています。`);
}

function migrationsSaid({ pending, unknown }: DatabaseSeen): Said {
  if (unknown > 0)
    return failure(
      `データベースの表は、このハブより新しいものです(知らない変更 ${unknown} 個)。`,
      '新しい版のハブを使ってください。表を元に戻すことはできません。',
    );
  if (pending > 0)
    return failure(
      `表が、この版より古いままです(まだの変更 ${pending} 個)。`,
      '`tsunagi migrate` を実行してください。',
    );
  return ok('この版のものです。');
}

function clockSaid({ database, plugins }: Seen): Said {
  const read = [
    ...(database ? [{ where: 'データベース', aheadMs: database.aheadMs }] : []),
    ...plugins.flatMap(({ host }) =>
      host?.fresh === true && host.clockAheadMs !== undefined
        ? [{ where: `ホスト ${host.id}`, aheadMs: host.clockAheadMs }]
        : [],
    ),
  ];
  if (read.length === 0) return ok('比べる相手がありません。');
  const off = read.filter(({ aheadMs }) => Math.abs(aheadMs) > toleratedMs);
  if (off.length === 0) return ok(`${read.map(({ where }) => where).join('、')}と合っています。`);
  const says = off.map(({ where, aheadMs }) => {
    const seconds = Math.round(Math.abs(aheadMs) / 1_000);
    return `${where}の時計が、ハブより${seconds}秒${aheadMs > 0 ? '進んで' : '遅れて'}います。`;
  });
  return {
    level: off.some(({ aheadMs }) => Math.abs(aheadMs) > harmfulMs) ? 'failure' : 'warning',
    sentence: says.join(''),
    remedy: 'その機械で時刻合わせ(chrony など)を動かし、日本の標準時に合わせてください。',
  };
}

function keysSaid({ keysMode: mode }: Seen): Said {
  if (mode === undefined)
    return failure(
      'TSUNAGI_KEYS の示すファイルがありません。いま動いているハブは、起動のときに読んだ鍵で動いています。',
      '控えから戻してください。戻さずに起動し直すと、ハブは動きません。',
    );
  if ((mode & open) !== 0)
    return failure(
      'TSUNAGI_KEYS の示すファイルを、ほかの利用者も読めます。',
      'ファイルを `chmod 600` で閉じ、だれが読めたかを確かめてください。',
    );
  return ok('ハブの利用者だけが読めます。');
}

function dataSaid({ dataMode: mode }: Seen): Said {
  if (mode === undefined) return ok('まだありません。使うときに作られます。');
  if ((mode & open) !== 0)
    return warning('TSUNAGI_DATA_DIR を、ほかの利用者も読めます。', 'フォルダーを `chmod 700` で閉じてください。');
  return ok('ハブの利用者だけが読めます。');
}

function diskSaid({ free }: Seen): Said | undefined {
  if (free === undefined) return undefined;
  if (free >= leastFree.warning) return ok(`TSUNAGI_DATA_DIR の空きは ${sizeOf(free)} です。`);
  const says = `TSUNAGI_DATA_DIR の空きが ${sizeOf(free)} しかありません。`;
  const remedy = `${sizeOf(leastFree.warning)} 以上になるよう、古いログや控えを移すか、ディスクを増やしてください。`;
  return free < leastFree.failure ? failure(says, remedy) : warning(says, remedy);
}

function legalSaid({ legal, demo }: Seen): Said {
  if (legal === 'checked') return ok('だれかが確かめた根拠の行だけを使います。');
  const says = 'だれも確かめていない根拠の行も使う、試しの設定です。';
  return demo ? ok(says) : warning(says, '本番では TSUNAGI_LEGAL を checked にして、根拠の行を確かめてください。');
}

function pluginSaid({ id, enabled, host, check, intake }: PluginView): Said {
  if (!enabled) return ok('止めてあります。使うときは、点検してから有効にしてください。');
  if (host?.fresh !== true)
    return failure(
      '有効ですが、動かしているホストがありません。',
      'そのプラグインの機械で `tsunagi start plugins` を起動し、ホストのログを確かめてください。',
    );
  if (host.code !== undefined)
    return (host.running ? warning : failure)(`${host.says ?? ''}(${host.code})`, host.remedy ?? '');
  if (intake.pause) return warning('受付を止めて、確認を待っています。', intake.pause.sentence);
  if (check && !check.ok && check.outdated !== true) {
    const wrong = check.findings.filter((f) => !f.ok);
    const list = wrong.slice(0, 5).map(({ name, code }) => (code === undefined ? name : `${name}(${code})`));
    return failure(
      clipped(`最後の点検に合格していません:${list.join('、')}。`, 400),
      clipped(
        [...new Set(wrong.flatMap(({ hint }) => hint ?? []))].join('') || '項目を直して、点検し直してください。',
        600,
      ),
    );
  }
  if (!check || check.outdated)
    return warning(
      'いまの設定と版では、まだ点検していません。',
      `プラグインの画面か \`tsunagi plugin check ${id}\` で点検してください。`,
    );
  if (intake.differsOn && intake.differsOn.length > 0)
    return warning(
      `業務システムと件数の合わない日があります(${intake.differsOn.length}日)。`,
      'プラグインの画面で、どの件数がどれだけ違うかを見てください。',
    );
  return ok(`最後の点検に合格しています(${check.findings.length}項目)。`);
}

const clipped = (text: string, length: number) => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);

const sizeOf = (bytes: number) =>
  bytes < 1024 ** 3 ? `${Math.floor(bytes / 1024 ** 2)} MiB` : `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
