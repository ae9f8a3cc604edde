// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { code, CountedThing, day, Domain, id, ItemOutcome, line, moment, opaque } from '@tsunagi/domain';
import { z } from 'zod';
import { checkpoint, itemId, itemSource } from './items';
import { placeNumber, referralSubmission } from './submission';

/** JSON that PostgreSQL can keep: no NUL, control character or lone surrogate in any key or text. */
const storableJson = z.json().refine((json) => isStorable(json), 'control characters are not allowed');

/**
 * Settings of a plugin: the plugin's own zod schema judges them, but for what `hubSettings` names, which is the hub's.
 * Secrets stand in them only as references.
 */
export const pluginConfig = z.record(line(60), storableJson);

/** `plugin.hello.v1`: a host offers to run a plugin. */
export const pluginHello = z.strictObject({
  hostId: code(60),
  plugin: code(31),
  domain: Domain,
  title: line(60),
  version: code(40),
  /** The SDK's own version in the host, and the range the plugin asks for. */
  sdk: code(40),
  sdkRange: line(40),
  /** JSON Schema of the settings, in Japanese. */
  configSchema: z.record(line(60), storableJson),
});
export type PluginHello = z.infer<typeof pluginHello>;

export const pluginHeartbeat = z.strictObject({
  hostId: code(60),
  plugins: z.array(
    z.strictObject({
      plugin: code(31),
      running: z.boolean(),
      inHand: z.int().min(0),
      code: code(40).optional(),
      /** The settings it was given last: a host that missed newer ones gets them again. Absent beside a `code`: it cannot run this plugin at all. */
      configVersion: z.int().min(1).optional(),
      /** When a file of the kind that is expected every night last came, as far as this host knows. */
      lastFileAt: moment.optional(),
      /** When the oldest record was written that the legacy system has not taken in for too long; absent: none. */
      untakenSince: moment.optional(),
      /** A source has stopped by itself, because too much came at once, and waits for a person: since when. */
      pausedSince: moment.optional(),
    }),
  ),
});
export type PluginHeartbeat = z.infer<typeof pluginHeartbeat>;

/** One finding of a plugin's check, on the same calls the runtime uses. */
export const checkFinding = z.strictObject({
  name: line(80),
  ok: z.boolean(),
  code: code(40).optional(),
  hint: line(300).optional(),
});
export type CheckFinding = z.infer<typeof checkFinding>;

/**
 * How much of one thing a legacy system holds of one day, as its plugin finds it there. Numbers only: no row and no number of
 * anybody goes along.
 */
export const controlCount = z.strictObject({
  what: CountedThing,
  /** Place in the plugin from which the records come. */
  source: itemSource.optional(),
  /** Of one file: how the names of its items begin, before the slash. */
  items: code(120).optional(),
  /** Absent: the system cannot be asked for it. */
  count: z.int().min(0).max(1_000_000_000).optional(),
});
export type ControlCount = z.infer<typeof controlCount>;
/** A file has one; no department brings so many in a day. */
export const maxControlCounts = 2_000;

/**
 * How much one file may hold that is tried in a running host. It travels in one message, as base64 and with the settings beside
 * it: 80 KiB become 107, which leaves 21 KiB for them. Its rows are judged in one transaction.
 */
export const fileDryRunLimits = { bytes: 80 * 1024, rows: 1_000 } as const;
/** The answer comes in as many messages as it needs; a file of this size never needs so many. */
export const maxRehearsedParts = 64;

/** A file as the legacy system writes it. It is in this one message and nowhere else: no host and no hub keeps it. */
export const fileToTry = z.strictObject({
  name: line(100).describe('ファイルの名前。どの読み取り口のものかを、名前で見分けます。'),
  content: z
    .base64()
    .max(Math.ceil(fileDryRunLimits.bytes / 3) * 4)
    .describe('ファイルの中身(Base64)'),
});

/** `plugin.command.v1`. `configure` hands over the settings; `wait` = another host holds this plugin. */
export const pluginCommand = z.strictObject({
  commandId: id,
  plugin: code(31),
  command: z.discriminatedUnion('name', [
    z.strictObject({
      name: z.literal('configure'),
      config: pluginConfig,
      configVersion: z.int().min(1),
      enabled: z.boolean(),
      checkpoints: z.array(checkpoint),
    }),
    z.strictObject({ name: z.literal('wait') }),
    z.strictObject({ name: z.literal('enable') }),
    z.strictObject({ name: z.literal('disable') }),
    z.strictObject({ name: z.literal('poll') }),
    z.strictObject({ name: z.literal('check') }),
    /** What the legacy system holds of this day, in Japan. */
    z.strictObject({ name: z.literal('count'), day }),
    /**
     * Tries settings that hold nowhere yet: the check of a plugin so connected, or with a file what each of its rows would ask
     * for. Nothing is stored and nothing goes into the legacy system. Answered by `plugin.rehearsed.v1`, to whoever asked.
     */
    z.strictObject({
      name: z.literal('dry-run'),
      /** Queue `hub.replies.<this>`: of the one instance of the hub that waits. */
      replyTo: id,
      config: pluginConfig,
      file: fileToTry.optional(),
    }),
    /** Reads one waiting row again, in spite of the fault `override`, and sends it under the name `as`. */
    z.strictObject({
      name: z.literal('release'),
      itemId,
      as: itemId,
      source: itemSource.optional(),
      file: z.hex().length(64).optional(),
      row: placeNumber,
      override: code(20).optional(),
    }),
  ]),
});
export type PluginCommand = z.infer<typeof pluginCommand>;

/** `plugin.result.v1`: what a command led to. */
export const pluginResult = z.strictObject({
  commandId: id,
  hostId: code(60),
  plugin: code(31),
  ok: z.boolean(),
  code: code(40).optional(),
  findings: z.array(checkFinding).max(40).optional(),
  /** Of a `count`; none: nothing of this plugin can be counted. */
  counts: z.array(controlCount).max(maxControlCounts).optional(),
  /** The settings it was obeyed with; a check counts for these. */
  configVersion: z.int().min(1).optional(),
  at: moment,
});
export type PluginResult = z.infer<typeof pluginResult>;

/** One row of a file that was tried: what the result would say, and what would go to the hub for it. */
export const rehearsedRow = z.strictObject({
  row: placeNumber.describe('行番号。0=ファイル全体'),
  /** `quarantined` = a fault of the row; `refused` = a fault of the file; else, where an item is, the hub's to say. */
  outcome: z.enum([...ItemOutcome.options, 'quarantined', 'refused']),
  code: code(40).optional(),
  field: z.int().min(1).max(99).optional(),
  item: z.strictObject({ itemId, submission: referralSubmission }).optional(),
});
export type RehearsedRow = z.infer<typeof rehearsedRow>;

/**
 * `plugin.rehearsed.v1`: what a `dry-run` led to, in parts that fit into messages. The rows stand in the order of the file, one
 * part after the other; the rest is said with the first.
 */
export const pluginRehearsed = z.strictObject({
  commandId: id,
  hostId: code(60),
  plugin: code(31),
  part: z.int().min(1).max(maxRehearsedParts),
  parts: z.int().min(1).max(maxRehearsedParts),
  ok: z.boolean(),
  code: code(40).optional(),
  /** Of the settings. */
  findings: z.array(checkFinding).max(40).optional(),
  /** Of the file. */
  rows: z.array(rehearsedRow).max(fileDryRunLimits.rows).optional(),
  /** Answers and acknowledgements in the file, of which nothing can be said beforehand. */
  notJudged: z.int().min(0).optional(),
  at: moment,
});
export type PluginRehearsed = z.infer<typeof pluginRehearsed>;

const text = opaque(Number.MAX_SAFE_INTEGER);
function isStorable(json: unknown): boolean {
  if (typeof json === 'string') return text.safeParse(json).success;
  if (typeof json !== 'object' || json === null) return true;
  return Object.entries(json).every(([key, value]) => isStorable(key) && isStorable(value));
}
