// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { QueueItem } from '@tsunagi/contracts';
import type { SandboxOutcome, WrittenFile } from '@tsunagi/sandbox';
import { answerNames, faultSentences, fill, resultNames, startTexts, stateNames } from '../texts';
import type { Crossing } from './crossing';

/** What the demo's first minutes led to, in numbers: nobody's name. */
export interface DemoSummary {
  readonly complete: boolean;
  readonly files: readonly { readonly name: string; readonly rows: number }[];
  readonly crossed: readonly Way[];
  readonly waiting: readonly Way[];
  readonly elsewhere: readonly Way[];
  /** エラーコード → rows. */
  readonly quarantined: Readonly<Record<string, number>>;
  /** 結果 → rows that led to no referral. */
  readonly otherRows: Readonly<Record<string, number>>;
  readonly konkyu: SandboxOutcome['konkyu'];
  readonly kosodate: SandboxOutcome['kosodate'];
  readonly kaigo: Pick<SandboxOutcome['kaigo'], 'received' | 'answers'>;
  readonly shogai: Pick<SandboxOutcome['shogai'], 'received' | 'answers'>;
}

/** From desk to desk, with the state it is in now. */
interface Way {
  readonly from: string;
  readonly to: string;
  readonly state: string;
  readonly count: number;
}

const heldStates: readonly string[] = ['awaiting_authority', 'declined'];
/** Neither arrived nor held: on its way, unfinished, or taken back. */
const elsewhere: readonly string[] = ['draft', 'sent', 'withdrawn', 'revoked', 'entered_in_error'];

export function summarize({ complete, referrals, sandbox }: Crossing, firstFiles: readonly WrittenFile[]): DemoSummary {
  const isIn = (states: readonly string[]) => (referral: QueueItem) => states.includes(referral.state);
  const { kaigo, konkyu, kosodate, shogai } = sandbox;
  const counted: readonly string[] = ['10', '11', '90'];
  return {
    complete,
    files: firstFiles.map(({ name, rows }) => ({ name, rows })),
    crossed: waysOf(referrals.filter((referral) => !isIn([...heldStates, ...elsewhere])(referral))),
    waiting: waysOf(referrals.filter(isIn(heldStates))),
    elsewhere: waysOf(referrals.filter(isIn(elsewhere))),
    quarantined: [kaigo, konkyu, kosodate, shogai].map(({ faults }) => faults).reduce(together),
    otherRows: Object.fromEntries(
      Object.entries(together(kaigo.results, shogai.results)).filter(([code]) => !counted.includes(code)),
    ),
    konkyu,
    kosodate,
    kaigo: { received: kaigo.received, answers: kaigo.answers },
    shogai: { received: shogai.received, answers: shogai.answers },
  };
}

type Counts = Readonly<Record<string, number>>;

function together(one: Counts, other: Counts): Counts {
  const added = Object.entries(other).map(([code, count]) => [code, count + (one[code] ?? 0)] as const);
  return { ...one, ...Object.fromEntries(added) };
}

export function summaryLines(summary: DemoSummary): string[] {
  const { kaigo, konkyu, kosodate, shogai, files } = summary;
  return [
    ...files.map((file) => fill(startTexts.fileName, file)),
    ...(summary.complete ? [] : [startTexts.incomplete]),
    startTexts.crossed,
    ...linesOf(summary.crossed.map(wayLine)),
    ...arrived(konkyu, startTexts.konkyuTable, startTexts.konkyuAnswers),
    ...arrived(kaigo, startTexts.kaigoFiles, startTexts.kaigoAnswers),
    ...arrived(shogai, startTexts.shogaiFiles, startTexts.shogaiAnswers),
    ...(kosodate.events > 0 ? [`  ${fill(startTexts.kosodateEvents, { count: kosodate.events })}`] : []),
    ...arrived(kosodate, startTexts.kosodateCalls, startTexts.kosodateAnswers),
    startTexts.waiting,
    ...linesOf(summary.waiting.map(wayLine)),
    ...(summary.elsewhere.length > 0 ? [startTexts.elsewhere, ...linesOf(summary.elsewhere.map(wayLine))] : []),
    startTexts.quarantined,
    ...linesOf(Object.entries(summary.quarantined).map(faultLine)),
    ...(Object.keys(summary.otherRows).length > 0
      ? [startTexts.otherRows, ...linesOf(countLines(summary.otherRows, resultNames))]
      : []),
  ];
}

/** What one system has received and answered, if anything. */
function arrived(
  office: Pick<SandboxOutcome['kaigo'], 'received' | 'answers'>,
  got: string,
  answered: string,
): string[] {
  const { received, answers } = office;
  return [
    ...(received['1'] ? [`  ${fill(got, { count: received['1'] })}`] : []),
    ...(Object.keys(answers).length > 0 ? [`  ${fill(answered, { list: countList(answers, answerNames) })}`] : []),
  ];
}

/** `引受 2 件、照会 1 件`. */
export function countList(counts: Readonly<Record<string, number>>, names: Readonly<Record<string, string>>): string {
  return countLines(counts, names).join('、');
}

function countLines(counts: Readonly<Record<string, number>>, names: Readonly<Record<string, string>>): string[] {
  return Object.entries(counts).map(([code, count]) => `${names[code] ?? code} ${fill(startTexts.cases, { count })}`);
}

/** The code first: it is what the page of codes and the result file are searched by. */
const faultLine = ([code, count]: [string, number]) =>
  `${code} ${fill(startTexts.cases, { count })}　${faultSentences[code] ?? ''}`.trimEnd();

const linesOf = (lines: readonly string[]) =>
  (lines.length === 0 ? [startTexts.none] : lines).map((line) => `  ${line}`);

const wayLine = ({ from, to, state, count }: Way) =>
  `${from} → ${to}　${stateNames[state] ?? state} ${fill(startTexts.cases, { count })}`;

function waysOf(referrals: readonly QueueItem[]): Way[] {
  const ways = new Map<string, Way>();
  for (const { from, to, state } of referrals) {
    const way = { from: from.name, to: to?.name ?? '-', state };
    const key = JSON.stringify(way);
    ways.set(key, { ...way, count: (ways.get(key)?.count ?? 0) + 1 });
  }
  return [...ways.values()];
}
