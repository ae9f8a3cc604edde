// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Pool } from 'pg';
import { playOn } from './caseworkers/play-on';
import type { PlayedStep } from './caseworkers/played-step';
import { demoConsultations } from './demo/demo-consultations';
import { demoRows } from './demo/demo-rows';
import { kaigoFolders, makeFolders, usedSerials } from './kaigo/folders';
import { handOverKaigoFile } from './kaigo/hand-over';
import { KaigoPlayer } from './kaigo/player';
import { readKaigoOutcome, type KaigoOutcome } from './kaigo/read-results';
import type { WrittenFile } from './kaigo/write-kaigo-file';
import { KonkyuPlayer, type KonkyuStep } from './konkyu/player';
import { openPluginAccount } from './konkyu/plugin-account';
import { readKonkyuOutcome, type KonkyuOutcome } from './konkyu/read-outcome';
import { createKonkyuSchema } from './konkyu/schema';
import { type ConsultationsOptions, hasConsultations, writeConsultations } from './konkyu/write-consultations';

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
  readonly kaigo: KaigoOutcome;
  readonly konkyu: KonkyuOutcome;
}

/** One step of each caseworker. */
export interface SandboxStep {
  readonly kaigo: PlayedStep;
  readonly konkyu: KonkyuStep;
}

export interface Sandbox {
  /** The account of the plugin konkyu: its URL, a secret. `known` is kept as long as it opens the door. */
  openPluginAccount(known?: string): Promise<string>;
  /** The first file of the 介護 system; null when it has ever written one. */
  writeFirstFile(): Promise<WrittenFile | null>;
  /** The first consultations of the 自立相談支援機関; null when it has ever had one. @returns how many ask for others */
  writeFirstConsultations(): Promise<number | null>;
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

/** The legacy systems of the demo municipality, 介護 in folders and 生活困窮 in tables, each with a caseworker. */
export async function startSandbox(config: SandboxConfig): Promise<Sandbox> {
  const { dataDir, databaseUrl, seed = 1, clock = () => new Date() } = config;
  const folders = kaigoFolders(dataDir);
  makeFolders(folders);
  const pool = openPool(databaseUrl);
  try {
    await createKonkyuSchema(pool);
    const konkyu = new KonkyuPlayer({ pool, seed, clock });
    const kaigo = new KaigoPlayer({ folders, seed, clock });
    const playing: { stop(): Promise<void> }[] = [];
    return {
      openPluginAccount: (known) => openPluginAccount(pool, databaseUrl, known),
      async writeFirstFile() {
        if (usedSerials(folders, 'KAI').length > 0) return null;
        const now = clock();
        return handOverKaigoFile(dataDir, { ...demoRows(now, seed), clock: now });
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
        );
      },
      step: async () => ({ kaigo: kaigo.step(), konkyu: await konkyu.step() }),
      readOutcome: async () => ({ kaigo: readKaigoOutcome(folders), konkyu: await readKonkyuOutcome(pool) }),
      async close() {
        await Promise.all(playing.map((one) => one.stop()));
        await pool.end();
      },
    };
  } catch (error) {
    await pool.end();
    throw error;
  }
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
