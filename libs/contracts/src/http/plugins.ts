// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  code,
  CountedThing,
  CountVerdict,
  DataCategory,
  day,
  Domain,
  ItemOutcome,
  line,
  moment,
} from '@tsunagi/domain';
import { z } from 'zod';
import { PauseReason } from '../codes/intake-codes';
import { functionOutline } from '../disclosed-referral';
import { itemId, Trial } from '../items';
import { checkFinding, pluginConfig, rehearsedRow } from '../plugin-control';

export const pluginIdParams = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,30}$/)
    .describe('プラグインの名前(例 kaigo)'),
});

/** The last check. */
export const pluginCheck = z.strictObject({
  at: moment,
  ok: z.boolean(),
  findings: z.array(checkFinding),
  /** The settings or the code have changed since: it says nothing of those that hold now. */
  outdated: z.literal(true).optional(),
});
export type PluginCheck = z.infer<typeof pluginCheck>;

export const pluginHostView = z.strictObject({
  id: z.string(),
  lastSeen: moment,
  /** Heard of lately. */
  fresh: z.boolean(),
  holds: z.boolean(),
  running: z.boolean(),
  inHand: z.int(),
  /** Why it does not work, or not with everything; then what that means, and what to do. */
  code: z.string().optional(),
  says: line(300).describe('理由の一文').optional(),
  remedy: line(300).describe('直し方').optional(),
  /** By how much the clock of its machine is ahead of the hub's; negative, behind. What a message took on its way counts as behind. */
  clockAheadMs: z.int().optional(),
});
export type PluginHostView = z.infer<typeof pluginHostView>;

/** Why nothing more is taken from a plugin just now, and on what a person decides. Counts only. */
export const intakePause = z.strictObject({
  reason: PauseReason,
  sentence: line(300),
  since: moment,
  /** SHA-256 of the file, where it is about one. */
  file: z.hex().length(64).optional(),
  /** New referrals that there would be; of a first file, from what was tried of it. Absent where the rest has yet to be read. */
  newReferrals: z.int().optional(),
  /** How many are taken without asking. */
  limit: z.int().optional(),
  /** What would become of the records that were tried, and at which desk. */
  rehearsed: z.array(
    z.strictObject({
      outcome: ItemOutcome,
      code: code(40).optional(),
      desk: line(100).describe('行き先の窓口').optional(),
      count: z.int(),
    }),
  ),
  /** Of a first file: is the rest of it still being tried, or is that all? Absent where its host does not say. */
  trial: Trial.optional(),
  /** Rows of the same files that wait where they came from. */
  quarantined: z.int(),
});
export type IntakePause = z.infer<typeof intakePause>;

const hubCount = z.strictObject({ fewest: z.int(), most: z.int() });

/** What the legacy system holds of one thing of a day, beside what the hub has taken and brought. Numbers only. */
export const dayCount = z.strictObject({
  what: CountedThing,
  verdict: CountVerdict,
  /** Absent where the system gives no count. */
  system: z.int().optional(),
  /** Where midnight lies between, or a row waits, the hub knows no exact number. */
  hub: hubCount.optional(),
  /** Files that differ, by their SHA-256. */
  files: z.array(z.strictObject({ file: z.string(), system: z.int(), hub: z.int() })).optional(),
});
export type DayCountView = z.infer<typeof dayCount>;

/** A day as it was compared last. */
export const countedDay = z.strictObject({
  day,
  countedAt: moment.optional(),
  /** Why the last question led to no count. */
  code: code(40).optional(),
  /** Found twice, and since when. */
  differsSince: moment.optional(),
  counts: z.array(dayCount),
});
export type CountedDay = z.infer<typeof countedDay>;

/** How the hub watches what comes from a plugin. */
export const intakeView = z.strictObject({
  guard: z.enum(['on', 'off']),
  /** Records from before make no referral. */
  startsOn: day.optional(),
  perFile: z.int().optional(),
  perHour: z.int().optional(),
  pause: intakePause.optional(),
  /** When a file of the kind that is expected every night last came. */
  lastFileAt: moment.optional(),
  /** A file should have come by then, and has not. */
  missedSince: moment.optional(),
  /** Days of which the legacy system's numbers differ from the hub's. */
  differsOn: z.array(day).optional(),
});
export type IntakeView = z.infer<typeof intakeView>;

export const pluginView = z.strictObject({
  id: z.string(),
  title: z.string(),
  domain: Domain,
  version: z.string(),
  enabled: z.boolean(),
  /** Deliveries go to it just now: enabled, and run by a host that was heard of lately. */
  laneOpen: z.boolean(),
  configVersion: z.int(),
  check: pluginCheck.optional(),
  /** The host that holds it. */
  host: pluginHostView.optional(),
  /** Messages waiting at the broker; absent when the broker does not say. */
  queueDepth: z.int().optional(),
  /** Deliveries without a receipt, up to 10,000: queued in the hub or under way. */
  waiting: z.int(),
  /** When the oldest of them was to be brought first. */
  waitingSince: moment.optional(),
  /** Deliveries that were given up and wait for a person, up to 10,000. */
  parked: z.int(),
  /** Rows that wait where they came from, up to 10,000. */
  quarantined: z.int(),
  /** When something last came from it; absent when it is not among the last few thousand things that came from anybody. */
  lastMessageAt: moment.optional(),
  /** Its legacy system has not taken in for too long what was written for it: when the oldest of that was written. */
  untakenSince: moment.optional(),
  intake: intakeView,
});
export type PluginView = z.infer<typeof pluginView>;
export const pluginList = z.strictObject({ items: z.array(pluginView) });

export const pluginDetail = z.strictObject({
  ...pluginView.shape,
  sdkRange: z.string(),
  /** As its host said it, with what the hub itself takes (`hubSettings`). */
  configSchema: z.record(z.string(), z.json()),
  /** Secrets stand in it only as references. */
  config: pluginConfig,
  /** Versions of its code that have said hello, the newest first. */
  codeVersions: z.array(z.strictObject({ version: z.string(), sdk: z.string(), sdkRange: z.string(), since: moment })),
  /** All hosts that offered to run it. */
  hosts: z.array(pluginHostView),
  /** The last days that were compared with the legacy system, the newest first, and those that differ. */
  days: z.array(countedDay),
  /** Functions that it speaks for. */
  functions: z.array(z.strictObject({ id: z.uuid(), code: z.string(), name: z.string() })),
});
export type PluginDetail = z.infer<typeof pluginDetail>;

/** One field of the settings that a version changed; values as JSON, secrets only as references. */
export const settingChange = z.strictObject({
  pointer: z.string().describe('項目の場所'),
  before: z.string().describe('前の値(JSON)。なければ新しい項目').optional(),
  after: z.string().describe('新しい値(JSON)。なければ消した項目').optional(),
});
export type SettingChange = z.infer<typeof settingChange>;

/** GET /plugins/{id}/config/versions: the newest first. */
export const configVersions = z.strictObject({
  items: z.array(
    z.strictObject({
      version: z.int(),
      at: moment,
      by: z
        .strictObject({ actor: z.string(), name: z.string().optional() })
        .describe('だれが。記録を始める前の版にはない(監査の記録にある)')
        .optional(),
      returnedTo: z.int().describe('この版の内容に戻した').optional(),
      current: z.boolean(),
      changes: z.array(settingChange).describe('前の版との違い'),
    }),
  ),
});
export type ConfigVersions = z.infer<typeof configVersions>;

/** The content of an earlier version becomes a new one. */
export const returnConfig = z.strictObject({ version: z.int().min(1).describe('戻したい版') });
export type ReturnConfig = z.infer<typeof returnConfig>;

/** New settings as they would be taken: which version they would be, and whether they differ from those that hold. */
export const pluginConfigJudged = z.strictObject({ configVersion: z.int(), changed: z.boolean() });
export type PluginConfigJudged = z.infer<typeof pluginConfigJudged>;

/**
 * How much one dry run takes. It is one transaction, in which later items see earlier ones; the bytes leave room for the
 * frame in the 1 MiB of a body.
 */
export const dryRunLimits = { items: 1_000, bytes: 960 * 1024 } as const;

/** Items as the plugin would send them, in the order of its file. Judged one by one, so anything may stand in them. */
export const pluginDryRun = z.strictObject({
  items: z
    .array(z.strictObject({ itemId, submission: z.json() }))
    .min(1)
    .max(dryRunLimits.items),
});
export type PluginDryRun = z.infer<typeof pluginDryRun>;

/** What would become of each, and where it would go. Nothing of the content, and no id: nothing of it is there afterwards. */
export const pluginDryRunAnswered = z.strictObject({
  answers: z.array(
    z.strictObject({
      itemId,
      outcome: ItemOutcome,
      codes: z.array(code(40)),
      pointer: line(200).optional(),
      sentence: line(300),
      route: functionOutline.optional(),
    }),
  ),
});
export type PluginDryRunAnswered = z.infer<typeof pluginDryRunAnswered>;

/** What a plugin's own check says of settings that hold nowhere yet. */
export const settingsTried = z.strictObject({
  ok: z.boolean(),
  says: line(300).describe('結果を一文で'),
  remedy: line(300).describe('直し方').optional(),
  findings: z.array(checkFinding),
});
export type SettingsTried = z.infer<typeof settingsTried>;

/** A file as the legacy system writes it. Longer than a host takes is refused with its limit. */
export const tryFile = z.strictObject({
  name: line(100).describe('ファイルの名前(例 KAI24061.CSV)。名前も決まりに合っていること'),
  content: z.base64().min(1).max(1_000_000).describe('ファイルの中身(Base64)。元は 80 KiB まで'),
  config: pluginConfig.describe('この設定で読む。なければ、いまの設定で読む').optional(),
});
export type TryFile = z.infer<typeof tryFile>;

/** What would become of one row. No value of it, and no number that it goes by. */
export const triedRow = z.strictObject({
  row: rehearsedRow.shape.row,
  outcome: rehearsedRow.shape.outcome.describe('扱い。`quarantined`=行の保留、`refused`=ファイル全体の拒否'),
  codes: z.array(code(40)),
  field: z.int().describe('レコードの何番目の項目か').optional(),
  pointer: line(200).optional(),
  sentence: line(300),
  remedy: line(300).optional(),
  route: functionOutline.describe('行き先の窓口').optional(),
  leaves: z.array(DataCategory).describe('届くとしたら渡る項目の区分。値は出ません').optional(),
});
export type TriedRow = z.infer<typeof triedRow>;

export const fileTried = z.strictObject({
  rows: z.array(triedRow),
  /** Answers and acknowledgements, of which nothing can be said beforehand. */
  notJudged: z.int(),
});
export type FileTried = z.infer<typeof fileTried>;

/** Without a passed check, enabling must be forced, and the reason stays in the audit. */
export const enablePlugin = z
  .strictObject({ force: z.literal(true).optional(), reason: line(200).optional() })
  .refine(({ force, reason }) => force !== true || reason !== undefined, { path: ['reason'] });
export type EnablePlugin = z.infer<typeof enablePlugin>;

/** A person has looked at what a pause is about, and lets it through. The reason stays in the audit. */
export const confirmIntake = z.strictObject({
  reason: line(200).describe('続けてよいと判断した理由。記録に残ります。'),
});
export type ConfirmIntake = z.infer<typeof confirmIntake>;

/** A person has found out why the numbers of a day differ, and that nothing is to be mended. The reason stays in the audit. */
export const settleCounts = z.strictObject({
  day: day.describe('件数の合わない日'),
  reason: line(200).describe('違ったままでよいと判断した理由。記録に残ります。'),
});
export type SettleCounts = z.infer<typeof settleCounts>;
