// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { itemOutcomeNames, type IntakePause, type IntakeView } from '@tsunagi/contracts';
import { timeOf } from '../terminal/time-of';
import { fill, intakeTexts } from '../texts';
import { table } from '../terminal/terminal';

/** How the intake stands, in one word. */
export function intakeWord({ guard, pause, missedSince, differsOn }: IntakeView): string {
  if (pause) return intakeTexts.paused;
  if (missedSince !== undefined) return intakeTexts.missed;
  if (differsOn) return intakeTexts.differs;
  return guard === 'on' ? intakeTexts.watched : intakeTexts.unwatched;
}

/** The same for people who have to decide. */
export function intakeLines(id: string, view: IntakeView): string[] {
  const { startsOn, perFile, perHour, lastFileAt, missedSince, pause } = view;
  const paused = pause ? pauseLines(id, pause) : [];
  if (view.guard === 'off') return [intakeTexts.off, ...paused];
  const most = (n: number | undefined) => (n === undefined ? intakeTexts.noLimit : fill(intakeTexts.upTo, { n }));
  return [
    fill(intakeTexts.on, { from: startsOn ?? intakeTexts.noStart, perFile: most(perFile), perHour: most(perHour) }),
    ...(lastFileAt === undefined ? [] : [fill(intakeTexts.lastFile, { at: timeOf(lastFileAt) })]),
    ...(missedSince === undefined ? [] : [fill(intakeTexts.missedSince, { at: timeOf(missedSince) })]),
    ...paused,
  ];
}

function pauseLines(
  id: string,
  { sentence, since, newReferrals, limit, rehearsed, trial, quarantined }: IntakePause,
): string[] {
  const counts = rehearsed.map(({ outcome, code, desk, count }) => [
    itemOutcomeNames[outcome],
    code ?? '-',
    desk ?? '-',
    String(count),
  ]);
  return [
    fill(intakeTexts.pausedSince, { at: timeOf(since), sentence }),
    ...(newReferrals === undefined
      ? []
      : [
          fill(limit === undefined ? intakeTexts.newOnes : intakeTexts.newOnesOf, {
            n: newReferrals,
            limit: limit ?? '',
          }),
        ]),
    ...(counts.length === 0 ? [] : table([[...intakeTexts.countHead], ...counts]).map((line) => `  ${line}`)),
    ...(trial === undefined ? [] : [intakeTexts.trials[trial]]),
    ...(quarantined === 0 ? [] : [fill(intakeTexts.quarantined, { n: quarantined })]),
    fill(intakeTexts.how, { id }),
  ];
}
