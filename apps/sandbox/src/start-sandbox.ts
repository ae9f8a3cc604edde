// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Pool } from 'pg';
import { playOn } from './caseworkers/play-on';
import type { PlayedStep } from './caseworkers/played-step';
import { demoConsultations } from './demo/demo-consultations';
import { demoRows } from './demo/demo-rows';
import { demoShogaiRows } from './demo/demo-shogai-rows';
import { demoEvents } from './demo/demo-events';
import type { FileOffice } from './files/file-office';
import { foldersOf, makeFolders, usedSerials } from './files/folders';
import { FilePlayer } from './files/player';
import { readFileOutcome, type FileOutcome } from './files/read-outcome';
import type { WrittenFile } from './files/write-file';
import { handOverKaigoFile } from './kaigo/hand-over';
import { kaigoOffice } from './kaigo/kaigo-office';
import { KonkyuPlayer, type KonkyuStep } from './konkyu/player';
import { openPluginAccount } from './konkyu/plugin-account';
import { readKonkyuOutcome, type KonkyuOutcome } from './konkyu/read-outcome';
import { createKonkyuSchema } from './konkyu/schema';
import { type ConsultationsOptions, hasConsultations, writeConsultations } from './konkyu/write-consultations';
import { type KosodateAccess, KosodateOffice, type KosodateOutcome } from './kosodate/office';
import { shogaiOffice } from './shogai/shogai-office';
import { handOverShogaiFile } from './shogai/write-shogai-file';

export interface SandboxConfig {
  readonly dataDir: string;
  /** Where schema `legacy_konkyu` lies or is made. */
  readonly databaseUrl: string;
  /** @default 1 */
  readonly seed?: number;
  /** @default the real time */
  readonly clock?: () => Date;
}

export interface SandboxOutcome {
  readonly kaigo: FileOutcome;
  readonly konkyu: KonkyuOutcome;
  readonly kosodate: KosodateOutcome;
  readonly shogai: FileOutcome;
}

/** One step of each caseworker. */
export interface SandboxStep {
  readonly kaigo: PlayedStep;
  readonly konkyu: KonkyuStep;
  readonly kosodate: PlayedStep;
  readonly shogai: PlayedStep;
}

export interface Sandbox {
  /** The account of the plugin konkyu: its URL, a secret. `known` is kept as long as it opens the door. */
  openPluginAccount(known?: string): Promise<string>;
  /** The 子育て system listens from now on. @returns where, with the secrets that it has agreed with its plugin */
  listen(): Promise<KosodateAccess>;
  /** Where its calls reach the door of its plugin. */
  reach(hubUrl: string): void;
  /** The first file of each system that writes any; none of one that has ever written one. */
  writeFirstFiles(): Promise<readonly WrittenFile[]>;
  /** The first consultations of the 自立相談支援機関; null when it has ever had one. @returns how many ask for others */
  writeFirstConsultations(): Promise<number | null>;
  /** The first events of the こども家庭センター, which the next steps send; null when there have been any. @returns how many */
  planFirstEvents(): number | null;
  /** Consultations of the 自立相談支援機関. @returns how many are new */
  writeConsultations(options: Omit<ConsultationsOptions, 'clock'>): Promise<number>;
  /**
   * Lets the players play by themselves until `close`.
   * @param onTrouble a step failed; by code, without data.
   */
  play(everyMs: number, onTrouble: (code: string) => void): void;
  step(): Promise<SandboxStep>;
  readOutcome(): Promise<SandboxOutcome>;
  close(): Promise<void>;
}

/**
 * The legacy systems of the demo municipality, each with a caseworker: 介護 and 障害福祉 in folders, 生活困窮 in tables, and 子育て,
 * which calls.
 */
export async function startSandbox(config: SandboxConfig): Promise<Sandbox> {
  const { dataDir, databaseUrl, seed = 1, clock = () => new Date() } = config;
  const playedBehind = { dataDir, seed, clock };
  const kaigo = playedOffice(kaigoOffice, playedBehind, (now) =>
    handOverKaigoFile(dataDir, { ...demoRows(now, seed), clock: now }),
  );
  const shogai = playedOffice(shogaiOffice, playedBehind, (now) =>
    handOverShogaiFile(dataDir, { ...demoShogaiRows(now, seed), clock: now }),
  );
  const kosodate = new KosodateOffice(playedBehind);
  const pool = openPool(databaseUrl);
  try {
    await createKonkyuSchema(pool);
    const konkyu = new KonkyuPlayer({ pool, seed, clock });
    const playing: { stop(): Promise<void> }[] = [];
    return {
      openPluginAccount: (known) => openPluginAccount(pool, databaseUrl, known),
      listen: () => kosodate.listen(),
      reach: (hubUrl) => kosodate.reach(hubUrl),
      planFirstEvents: () => kosodate.planFirst(demoEvents),
      async writeFirstFiles() {
        const written = [await kaigo.writeFirst(), await shogai.writeFirst()];
        return written.filter((file) => file !== null);
      },
      async writeFirstConsultations() {
        if (await hasConsultations(pool)) return null;
        const now = clock();
        const { asking, ...first } = demoConsultations(now, seed);
        await writeConsultations(pool, { ...first, clock: now });
        return asking;
      },
      writeConsultations: (options) => writeConsultations(pool, { ...options, clock: clock() }),
      play(everyMs, onTrouble) {
        const tell = (error: unknown) => onTrouble(codeOf(error));
        playing.push(
          playOn(async () => kaigo.step(), everyMs, tell),
          playOn(() => konkyu.step(), everyMs, tell),
          playOn(() => kosodate.step(), everyMs, tell),
          playOn(async () => shogai.step(), everyMs, tell),
        );
      },
      step: async () => ({
        kaigo: kaigo.step(),
        konkyu: await konkyu.step(),
        kosodate: await kosodate.step(),
        shogai: shogai.step(),
      }),
      readOutcome: async () => ({
        kaigo: kaigo.outcome(),
        konkyu: await readKonkyuOutcome(pool),
        kosodate: kosodate.outcome(),
        shogai: shogai.outcome(),
      }),
      async close() {
        await Promise.all(playing.map((one) => one.stop()));
        await kosodate.close();
        await pool.end();
      },
    };
  } catch (error) {
    await pool.end();
    throw error;
  }
}

/** An office behind folders of its own, with its first file and its caseworkers. */
function playedOffice(
  office: FileOffice,
  { dataDir, ...playing }: { readonly dataDir: string; readonly seed: number; readonly clock: () => Date },
  writeFirst: (now: Date) => Promise<WrittenFile>,
) {
  const folders = foldersOf(dataDir, office);
  makeFolders(folders);
  const player = new FilePlayer({ office, folders, ...playing });
  return {
    /** Null when it has ever written one. */
    writeFirst: async () => (usedSerials(folders, office, 'events').length > 0 ? null : writeFirst(playing.clock())),
    step: () => player.step(),
    outcome: () => readFileOutcome(office, folders),
  };
}

/** One connection is enough for one caseworker, and embedded there is only one backend anyway. */
function openPool(connectionString: string): Pool {
  const pool = new Pool({ connectionString, max: 1, connectionTimeoutMillis: 10_000 });
  // An idle connection that breaks off is replaced at the next query.
  pool.on('error', () => undefined);
  return pool;
}

function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return code;
  return error instanceof Error ? error.name : 'UNKNOWN';
}
