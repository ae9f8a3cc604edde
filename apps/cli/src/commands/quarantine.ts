// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { pluginList, releasedRow, waitingPage, type WaitingPage, type WaitingRow } from '@tsunagi/contracts';
import { CliError } from '../cli.error';
import type { HubClient } from '../http/hub-client';
import { pathOfPlugin, pluginsPath, signInForIt } from '../plugins/hub-of-plugins';
import { exitCodes } from '../terminal/exit-codes';
import { idOf } from '../terminal/id-of';
import { show, table } from '../terminal/terminal';
import { fill, quarantineTexts } from '../texts';
import type { Command } from './command';

export interface QuarantineOptions {
  readonly plugin?: string;
  readonly file?: string;
  readonly code?: string;
}

type Listed = WaitingRow & { readonly plugin: string };

/** Rows that wait where they came from. 0 none, 1 somebody has to look. */
export const listQuarantine: Command<[QuarantineOptions]> = async (context, { plugin, file, code }) => {
  if (file !== undefined && plugin === undefined)
    throw new CliError('OPTION_INVALID', { option: '--file', hint: quarantineTexts.fileOfPlugin });
  const hub = await signInForIt(context);
  const plugins = plugin === undefined ? (await hub.get(pluginsPath, pluginList)).items.map(({ id }) => id) : [plugin];
  const rows: Listed[] = [];
  let counts: WaitingPage['counts'];
  for (const id of plugins) {
    for await (const page of pagesOf(hub, id, { ...(file !== undefined && { file }), ...(code && { code }) })) {
      rows.push(...page.items.map((row) => ({ plugin: id, ...row })));
      counts ??= page.counts;
    }
  }
  show(context.terminal, { items: rows, ...(counts && { counts }) }, () => [
    ...(rows.length === 0 ? [quarantineTexts.none] : table([[...quarantineTexts.head], ...rows.map(lineOf)])),
    ...(counts ? [fill(quarantineTexts.counts, { ...counts })] : []),
  ]);
  return rows.length === 0 ? exitCodes.ok : exitCodes.warning;
};

/** The host reads the row again where it came from. 0 taken, 1 it still waits. */
export const releaseQuarantine: Command<[string, string]> = async (context, plugin, row) => {
  const path = `/quarantine/${idOf(row, 'ROW_UNKNOWN')}/release`;
  const hub = await signInForIt(context);
  const done = await hub.post(pathOfPlugin(plugin, path), {}, releasedRow);
  show(context.terminal, done, () => [
    done.code === undefined ? done.says : `${done.code}　${done.says}`,
    ...(done.remedy === undefined ? [] : [done.remedy]),
  ]);
  return done.state === 'released' ? exitCodes.ok : exitCodes.warning;
};

/** Nobody waits for it any more. */
export const closeQuarantine: Command<[string, string, { readonly reason: string }]> = async (
  context,
  plugin,
  row,
  { reason },
) => {
  const path = `/quarantine/${idOf(row, 'ROW_UNKNOWN')}/close`;
  const hub = await signInForIt(context);
  const done = await hub.post(pathOfPlugin(plugin, path), { reason }, releasedRow);
  show(context.terminal, done, () => [done.says]);
  return exitCodes.ok;
};

function lineOf(row: Listed): string[] {
  const { plugin, id, source, file, row: n, field, code, says, release } = row;
  return [
    id,
    plugin,
    source ?? '-',
    file?.slice(0, 12) ?? '-',
    n > 0 ? String(n) : file === undefined ? '-' : quarantineTexts.whole,
    field === undefined ? '-' : String(field),
    code,
    release ? quarantineTexts.releasable : '-',
    release?.override === undefined ? says : `${says}（${release.override}）`,
  ];
}

async function* pagesOf(hub: HubClient, plugin: string, only: Record<string, string>): AsyncGenerator<WaitingPage> {
  for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
    const query = new URLSearchParams({ ...only, ...(cursor !== undefined && { cursor }) }).toString();
    const page = await hub.get(pathOfPlugin(plugin, `/quarantine${query === '' ? '' : `?${query}`}`), waitingPage);
    yield page;
    cursor = page.next;
  }
}
