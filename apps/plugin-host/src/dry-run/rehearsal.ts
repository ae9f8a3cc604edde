// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  BadConfigError,
  canTryFiles,
  errorCode,
  silentLog,
  type CheckFinding,
  type Clock,
  type Plugin,
  type Secrets,
} from '@tsunagi/plugin-sdk';
import {
  fileDryRunLimits,
  maxPayloadBytes,
  maxRehearsedParts,
  type PluginCommand,
  type PluginRehearsed,
  type RehearsedRow,
} from '@tsunagi/plugin-sdk/host';
import { dryRunFile, type RehearsedItem, type Verdict } from './dry-run-file';
import { withPassingJournal } from './passing-journal';

export type Rehearsal = Pick<PluginRehearsed, 'ok' | 'code' | 'findings' | 'rows' | 'notJudged'>;
type Asked = Pick<Extract<PluginCommand['command'], { name: 'dry-run' }>, 'config' | 'file'>;

/**
 * Settings that hold nowhere yet, beside the plugin at work and without touching it: what its check says of them, or what the
 * rows of a file would ask for. Never throws. What a file holds is in the answer and nowhere else.
 */
export async function rehearse(
  plugin: Plugin,
  { config, file }: Asked,
  host: { readonly secrets: Secrets; readonly clock: Clock },
): Promise<Rehearsal> {
  try {
    return await (file
      ? readRows(plugin, config, { name: file.name, bytes: Buffer.from(file.content, 'base64') })
      : checkSettings(plugin, config, host));
  } catch (error) {
    const code = errorCode(error, 'CONNECT_FAILED');
    if (error instanceof BadConfigError) return { ok: false, code, findings: findingsOf(error) };
    return { ok: false, code, findings: [{ name: '接続', ok: false, code }] };
  }
}

/** Where the settings are wrong, and how; not what stands there. */
export function findingsOf(error: BadConfigError): CheckFinding[] {
  return error.issues.slice(0, 40).map(({ pointer, code, hint }) => ({
    name: pointer.slice(0, 80),
    ok: false,
    code,
    ...(hint !== undefined && { hint: hint.slice(0, 300) }),
  }));
}

/** With the host's own secrets, by the calls that it would use at work. */
async function checkSettings(
  plugin: Plugin,
  config: unknown,
  { secrets, clock }: { readonly secrets: Secrets; readonly clock: Clock },
): Promise<Rehearsal> {
  return withPassingJournal(async (journal) => {
    const connected = await plugin.connect(config, { secrets, clock, journal, log: silentLog });
    try {
      const findings = (await connected.check()).slice(0, 40);
      return { ok: findings.every(({ ok }) => ok), findings };
    } finally {
      await connected.close();
    }
  });
}

/** The plugin's own reading and mapping; what becomes of each item, the hub says. */
async function readRows(
  plugin: Plugin,
  config: unknown,
  file: { readonly name: string; readonly bytes: Uint8Array },
): Promise<Rehearsal> {
  if (!canTryFiles(plugin)) return { ok: false, code: 'READS_NO_FILES' };
  const items = new Map<string, RehearsedItem>();
  const run = await dryRunFile(plugin, config, file, {
    maxItems: fileDryRunLimits.rows,
    maxBytes: Infinity,
    judge: (asked): Promise<Verdict[]> => {
      for (const item of asked) items.set(item.itemId, item);
      if (items.size > fileDryRunLimits.rows) throw new TooManyRowsError();
      return Promise.resolve(asked.map(({ itemId }) => ({ itemId, outcome: 'accepted', codes: [] })));
    },
  });
  if (!run) return { ok: false, code: 'FILE_NOT_TAKEN' };
  if (run.rows.length > fileDryRunLimits.rows) throw new TooManyRowsError();
  return {
    ok: true,
    notJudged: run.notJudged,
    rows: run.rows.map(({ row, outcome, code, field, verdict }): RehearsedRow => {
      const item = verdict && items.get(verdict.itemId);
      return {
        ...{ row, outcome },
        ...(code !== undefined && { code }),
        ...(field !== undefined && { field }),
        ...(item && { item: { itemId: item.itemId, submission: item.submission } as RehearsedRow['item'] }),
      };
    }),
  };
}

class TooManyRowsError extends Error {
  readonly code = 'TOO_MANY_ROWS';
}

/** Room for all that stands beside the rows. */
const rowBytes = maxPayloadBytes - 4 * 1024;

/** The answer in as many messages as it needs. */
export function partsOf(rehearsal: Rehearsal): (Rehearsal & Pick<PluginRehearsed, 'part' | 'parts'>)[] {
  const { rows, ...rest } = rehearsal;
  if (!rows) return [{ ...rest, part: 1, parts: 1 }];
  const parts: RehearsedRow[][] = [[]];
  let bytes = 0;
  for (const row of rows) {
    const own = Buffer.byteLength(JSON.stringify(row)) + 1;
    if (bytes > 0 && bytes + own > rowBytes) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(row);
    bytes += own;
  }
  if (parts.length > maxRehearsedParts) return [{ ok: false, code: 'TOO_MANY_ROWS', part: 1, parts: 1 }];
  return parts.map((some, index) => ({
    ...(index === 0 ? rest : { ok: rest.ok }),
    rows: some,
    part: index + 1,
    parts: parts.length,
  }));
}
