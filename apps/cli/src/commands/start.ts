// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readDemoAccess } from '../http/access';
import { awaitCrossing } from '../start/crossing';
import { chooseStart, type ChosenStart, type StartTarget } from '../start/choose-start';
import { preparePlaces } from '../start/prepare-places';
import { signInLines } from '../start/sign-in-lines';
import { startEmbedded } from '../start/start-embedded';
import { startOnServices } from '../start/start-on-services';
import type { Started, StartEvents } from '../start/started';
import { summarize, summaryLines, type DemoSummary } from '../start/summary';
import { untilToldToStop } from '../start/until-told-to-stop';
import { exitCodes, type ExitCode } from '../terminal/exit-codes';
import { reportError } from '../terminal/report-error';
import { say, show } from '../terminal/terminal';
import { fill, partNames, startTexts } from '../texts';
import type { Command, CommandContext } from './command';

/** Runs until it is told to stop, and then closes in order. */
export const start: Command<[StartTarget | undefined]> = async (context, target) => {
  const { settings, terminal } = context;
  const chosen = chooseStart(target, settings);
  preparePlaces(settings, chosen);
  const stopping = untilToldToStop();
  let result: ExitCode = exitCodes.ok;
  const events: StartEvents = {
    onRestart: () => say(terminal, startTexts.restarted),
    onSandboxTrouble: (code) => say(terminal, fill(startTexts.sandboxTrouble, { code })),
    onGivenUp: (error) => {
      reportError(terminal, error);
      result = exitCodes.failure;
      stopping.stop();
    },
  };

  say(terminal, startTexts.starting);
  const started =
    chosen.mode === 'embedded'
      ? await startEmbedded(settings, chosen.parts, events)
      : await startOnServices(settings, chosen.parts, events);
  try {
    // Who stops during the start need not wait for the demo.
    await Promise.race([introduce(context, chosen, started), stopping.told]);
    started.ready();
    await stopping.told;
  } finally {
    say(terminal, startTexts.stopping);
    await started.close();
  }
  say(terminal, startTexts.stopped);
  return result;
};

async function introduce(context: CommandContext, chosen: ChosenStart, started: Started): Promise<void> {
  const { settings, terminal } = context;
  const { baseUrl, demo } = started;
  const access = settings.demo ? readDemoAccess(settings.dataDir) : null;
  let summary: DemoSummary | undefined;
  if (baseUrl !== undefined && demo && access) {
    if (demo.firstFiles.length > 0) say(terminal, startTexts.crossing);
    const desks = access.clients.filter(({ functions }) => functions.length > 0);
    summary = summarize(await awaitCrossing(baseUrl, demo, desks), demo.firstFiles);
  }
  show(terminal, { ok: true, mode: chosen.mode, parts: chosen.parts, baseUrl, summary }, () => [
    ...(summary ? ['', ...summaryLines(summary), ''] : []),
    ...(baseUrl === undefined
      ? [fill(startTexts.running, { parts: namesOf(chosen) })]
      : [startTexts.ready, fill(startTexts.address, { url: baseUrl })]),
    ...(baseUrl !== undefined && access ? signInLines(terminal, access, settings.dataDir) : []),
    ...(chosen.mode === 'embedded' ? [startTexts.embedded] : []),
    startTexts.stop,
  ]);
}

function namesOf(chosen: ChosenStart): string {
  if (chosen.mode === 'embedded') return partNames.hub;
  return (['hub', 'plugins', 'sandbox'] as const)
    .filter((part) => chosen.parts[part])
    .map((part) => partNames[part])
    .join('、');
}
