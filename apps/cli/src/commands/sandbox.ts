// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { errorCode } from '@tsunagi/plugin-sdk';
import {
  asConsultationVariant,
  asShogaiVariant,
  asVariant,
  consultationVariants,
  type FileOutcome,
  fileVariants,
  handOverKaigoFile,
  handOverShogaiFile,
  rowVariants,
  shogaiFileVariants,
  shogaiRowVariants,
  startSandbox,
  type PlayedStep,
  type Sandbox,
} from '@tsunagi/sandbox';
import { CliError } from '../cli.error';
import { prepareDataDirectory } from '../embedded';
import { readDemoAccess } from '../http/access';
import type { Settings } from '../settings/settings';
import { countList } from '../start/summary';
import { exitCodes } from '../terminal/exit-codes';
import { show } from '../terminal/terminal';
import { answerNames, cancelNames, fill, resultNames, sandboxTexts, statusNames, targetNames } from '../texts';
import type { Command } from './command';

/** Systems of the sandbox that write files. */
export const fileSystems = ['kaigo', 'shogai'] as const;
export type FileSystem = (typeof fileSystems)[number];

export interface WriteOptions {
  readonly rows: string;
  readonly seed: string;
  readonly bad?: readonly string[];
}

/** One more file of a system that writes files; its plugin takes it when it runs. */
export const writeSandboxFile: Command<[WriteOptions & { readonly for: FileSystem }]> = async (
  { settings, terminal },
  { rows, seed, bad = [], for: system },
) => {
  const file = {
    rows: wholeNumber('--rows', rows, 1, 1_000_000, sandboxTexts.rowsHint),
    seed: wholeNumber('--seed', seed, 0, 998, sandboxTexts.seedHint),
    clock: new Date(),
  };
  const write = {
    kaigo: () => {
      const variants = bad.map((text) => badOrRefuse(text, asVariant, [...rowVariants, ...fileVariants]));
      return () => handOverKaigoFile(settings.dataDir, { ...file, variants });
    },
    shogai: () => {
      const known = [...shogaiRowVariants, ...shogaiFileVariants];
      const variants = bad.map((text) => badOrRefuse(text, asShogaiVariant, known));
      return () => handOverShogaiFile(settings.dataDir, { ...file, variants });
    },
  }[system]();
  prepareDataDirectory(settings.dataDir);
  const written = await write();
  show(terminal, written, () => [fill(sandboxTexts.written, { path: written.path, rows: written.rows })]);
  return exitCodes.ok;
};

/** More consultations of the 自立相談支援機関; its plugin reads them when it runs. */
export const consultSandbox: Command<[WriteOptions]> = async ({ settings, terminal }, { rows, seed, bad = [] }) => {
  const variants = bad.map((text) => badOrRefuse(text, asConsultationVariant, consultationVariants));
  const options = {
    rows: wholeNumber('--rows', rows, 1, 100_000, sandboxTexts.consultRowsHint),
    seed: wholeNumber('--seed', seed, 0, 998, sandboxTexts.seedHint),
    variants,
  };
  return withSandbox(settings, async (sandbox) => {
    const written = await sandbox.writeConsultations(options);
    show(terminal, { written }, () => [fill(sandboxTexts.consulted, { written })]);
    return exitCodes.ok;
  });
};

/** The caseworkers take a step; beside those that play by themselves, if they do. */
export const stepSandbox: Command<[{ times: string }]> = async ({ settings, terminal }, { times }) => {
  const count = wholeNumber('--times', times, 1, 1_000, sandboxTexts.timesHint);
  return withSandbox(settings, async (sandbox) => {
    for (let step = 0; step < count; step += 1) {
      const played = await sandbox.step();
      const line = (text: string, { taken, answers }: PlayedStep) =>
        fill(text, { taken, answers: countList(answers, answerNames) || '-' });
      show(terminal, played, () => [
        line(sandboxTexts.kaigoStepped, played.kaigo),
        line(sandboxTexts.konkyuStepped, played.konkyu),
        line(sandboxTexts.shogaiStepped, played.shogai),
        line(sandboxTexts.kosodateStepped, played.kosodate),
      ]);
    }
    return exitCodes.ok;
  });
};

export const showSandbox: Command = async ({ settings, terminal }) =>
  withSandbox(settings, async (sandbox) => {
    const outcome = await sandbox.readOutcome();
    const { kaigo, konkyu, kosodate, shogai } = outcome;
    const results = { '10': '送付', '11': '根拠待ち', '90': '保留', ...resultNames };
    const ofFiles = (system: string, { resultFiles, results: of, statuses, received, answers }: FileOutcome) => [
      fill(sandboxTexts.results, { system, count: resultFiles.length, list: countList(of, results) || '-' }),
      fill(sandboxTexts.statuses, { system, list: countList(statuses, statusNames) || '-' }),
      fill(sandboxTexts.received, { system, list: countList(received, cancelNames) || '-' }),
      fill(sandboxTexts.answers, { system, list: countList(answers, answerNames) || '-' }),
    ];
    show(terminal, outcome, () => [
      ...ofFiles('介護', kaigo),
      ...ofFiles('障害福祉', shogai),
      fill(sandboxTexts.consultations, { list: countList(konkyu.consultations, targetNames) || '-' }),
      fill(sandboxTexts.konkyuResults, { list: countList(konkyu.results, statusNames) || '-' }),
      fill(sandboxTexts.konkyuReceived, { list: countList(konkyu.received, cancelNames) || '-' }),
      fill(sandboxTexts.konkyuAnswers, { list: countList(konkyu.answers, answerNames) || '-' }),
      fill(sandboxTexts.events, { count: kosodate.events, list: countList(kosodate.faults, {}) || '-' }),
      fill(sandboxTexts.statuses, { system: '子育て', list: countList(kosodate.statuses, statusNames) || '-' }),
      fill(sandboxTexts.received, { system: '子育て', list: countList(kosodate.received, cancelNames) || '-' }),
      fill(sandboxTexts.answers, { system: '子育て', list: countList(kosodate.answers, answerNames) || '-' }),
    ]);
    return exitCodes.ok;
  });

async function withSandbox<T>(settings: Settings, work: (sandbox: Sandbox) => Promise<T>): Promise<T> {
  const databaseUrl = settings.databaseUrl ?? readDemoAccess(settings.dataDir)?.databaseUrl;
  if (databaseUrl === undefined) throw new CliError('SANDBOX_ABSENT');
  prepareDataDirectory(settings.dataDir);
  const sandbox = await startSandbox({ dataDir: settings.dataDir, databaseUrl }).catch((error: unknown) => {
    throw new CliError('DATABASE_AWAY', { code: errorCode(error, 'UNKNOWN') });
  });
  try {
    return await work(sandbox);
  } finally {
    await sandbox.close();
  }
}

function badOrRefuse<V>(text: string, read: (text: string) => V | null, known: readonly string[]): V {
  const variant = read(text);
  if (variant) return variant;
  throw new CliError('OPTION_INVALID', {
    option: '--bad',
    hint: fill(sandboxTexts.badHint, { list: known.join('、') }),
  });
}

function wholeNumber(option: string, text: string, least: number, most: number, hint: string): number {
  const value = /^[0-9]{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) throw new CliError('OPTION_INVALID', { option, hint });
  return value;
}
