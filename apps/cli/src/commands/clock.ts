// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { clockView, type ClockView, type MoveClock } from '@tsunagi/contracts';
import { CliError } from '../cli.error';
import { signInForIt } from '../plugins/hub-of-plugins';
import { exitCodes, type ExitCode } from '../terminal/exit-codes';
import { show } from '../terminal/terminal';
import { clockTexts, fill } from '../texts';
import type { Command, CommandContext } from './command';

const clockPath = '/api/v1/clock';

export const showClock: Command = async (context) =>
  shown(context, await (await signInForIt(context)).get(clockPath, clockView));

/** Puts the clock of the demo forward: dues run out, what sleeps wakes. */
export const advanceClock: Command<[string]> = async (context, span) => moved(context, { advance: durationOf(span) });

export const jumpClock: Command<[string]> = async (context, moment) => {
  // A moment without a zone is of Japan, as everything that the hub shows.
  const zoned = /(Z|[+-]\d\d:\d\d)$/.test(moment)
    ? moment
    : `${moment.length === 10 ? `${moment}T00:00` : moment}+09:00`;
  const at = new Date(zoned);
  if (Number.isNaN(at.getTime())) throw new CliError('OPTION_INVALID', { option: moment, hint: clockTexts.momentHint });
  return moved(context, { jumpTo: at.toISOString() });
};

async function moved(context: CommandContext, move: MoveClock): Promise<ExitCode> {
  return shown(context, await (await signInForIt(context)).post(clockPath, move, clockView));
}

function shown({ terminal }: CommandContext, clock: ClockView): ExitCode {
  const now = new Date(clock.now).toLocaleString('ja-JP', {
    timeZone: 'Asia/Tokyo',
    dateStyle: 'full',
    timeStyle: 'short',
  });
  const [days, hours] = [Math.floor(clock.aheadSeconds / 86_400), Math.floor((clock.aheadSeconds % 86_400) / 3_600)];
  show(terminal, clock, () => [fill(clockTexts.now, { now, days, hours })]);
  return exitCodes.ok;
}

/** `1d`, `3h`, `90m`, `2w`, or as ISO 8601 has it. */
function durationOf(span: string): string {
  if (/^P/.test(span)) return span;
  const [, count, unit = ''] = /^(\d{1,4})([wdhm])$/.exec(span) ?? [];
  if (count === undefined) throw new CliError('OPTION_INVALID', { option: span, hint: clockTexts.spanHint });
  return `${unit === 'h' || unit === 'm' ? 'PT' : 'P'}${count}${unit.toUpperCase()}`;
}
