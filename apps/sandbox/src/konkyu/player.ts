// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Pool, PoolClient } from 'pg';
import { japanTimestamp } from '../residents/calendar';
import { answerParameters, insertAnswer, type AnswerRow } from './answers';
import { takeResults } from './take-results';
import { choosePlan, demoScript, planAfterAnswer, type CasePlan } from '../caseworkers/case-plans';
import type { PlayedStep } from '../caseworkers/played-step';

export interface PlayerOptions {
  readonly pool: Pool;
  /** @default 1 */
  readonly seed?: number;
  /** @default the real time */
  readonly clock?: () => Date;
  /** What is answered to the first cases. @default demoScript */
  readonly script?: readonly CasePlan[];
}

export interface KonkyuStep extends PlayedStep {
  /** 状態コード → what was heard of the office's own requests. */
  readonly results: Readonly<Record<string, number>>;
}

interface IncomingRow {
  readonly haiso_id: string;
  readonly hub_shokai_id: string;
  readonly torikeshi_kbn: string;
}

interface OpenCase extends AnswerRow {
  readonly sodan_id: string;
  readonly yotei: string;
}

const workers = ['相談員　一', '相談員　二', '相談員　三'];

/** A caseworker of the 自立相談支援機関, played by rules. Everything of one step is one transaction. */
export class KonkyuPlayer {
  readonly #pool: Pool;
  readonly #seed: number;
  readonly #clock: () => Date;
  readonly #script: readonly CasePlan[];

  constructor({ pool, seed = 1, clock = () => new Date(), script = demoScript }: PlayerOptions) {
    this.#pool = pool;
    this.#seed = seed;
    this.#clock = clock;
    this.#script = script;
  }

  /** Goes through what arrived, and gives the next answer to every case that waits for one. */
  async step(): Promise<KonkyuStep> {
    const client = await this.#pool.connect();
    try {
      await client.query('begin');
      const step = new Step(client, this.#clock(), (index) => choosePlan(index, this.#script, this.#seed));
      const played = await step.play();
      await client.query('commit');
      client.release();
      return played;
    } catch (error) {
      // A connection with an open transaction goes back to nobody.
      client.release(true);
      throw error;
    }
  }
}

class Step {
  readonly #answers: Record<string, number> = {};

  constructor(
    private readonly client: PoolClient,
    private readonly now: Date,
    private readonly planOf: (index: number) => CasePlan,
  ) {}

  async play(): Promise<KonkyuStep> {
    // Chosen before anything arrives, so that arrival and the next answer are two steps.
    const waiting = await this.#waitingCases();
    const taken = await this.#takeIn();
    const results = await takeResults(this.client, this.now);
    const cancelled = new Set(taken.filter(isRecall).map((row) => row.hub_shokai_id));
    for (const open of waiting) if (!cancelled.has(open.hub_shokai_id)) await this.#answerNext(open);
    return { taken: taken.length, answers: this.#answers, results };
  }

  async #waitingCases(): Promise<OpenCase[]> {
    const { rows } = await this.client.query<OpenCase>(
      `select sodan_id, haiso_id, hub_shokai_id, tantosha, taio_kbn, yotei from legacy_konkyu.T_SODAN
       where yotei <> '' and chushi_flg = '0' order by sodan_id for update`,
    );
    return rows;
  }

  async #takeIn(): Promise<IncomingRow[]> {
    const { rows } = await this.client.query<IncomingRow>(
      `select haiso_id, hub_shokai_id, torikeshi_kbn from legacy_konkyu.T_HUB_UKETSUKE
       where torikomi_flg = '0' order by sakusei_dt, haiso_id, torikeshi_kbn for update`,
    );
    for (const row of rows) {
      if (row.torikeshi_kbn === '1') await this.#openCase(row);
      else if (row.torikeshi_kbn === '2') await this.#correctCase(row);
      else await this.#stopUsing(row);
      await this.client.query(
        `update legacy_konkyu.T_HUB_UKETSUKE set torikomi_flg = '1', torikomi_dt = $3
         where haiso_id = $1 and torikeshi_kbn = $2`,
        [row.haiso_id, row.torikeshi_kbn, japanTimestamp(this.now)],
      );
    }
    return rows;
  }

  /** 新規: a case of its own, and 10 到着. */
  async #openCase(row: IncomingRow): Promise<void> {
    const { rows } = await this.client.query<{ count: number }>(
      'select count(haiso_id)::int as count from legacy_konkyu.T_SODAN',
    );
    const index = rows[0]?.count ?? 0;
    const sodanId = `KS-${String(index + 1).padStart(6, '0')}`;
    const worker = workers[index % workers.length]!;
    await this.client.query(
      `insert into legacy_konkyu.T_SODAN
         (sodan_id, toroku_dt, koshin_dt, haiso_id, hub_shokai_id, shimei, furigana, jusho, tel, sodan_naiyo, tantosha, taio_kbn, yotei)
       select $3, $4, $4, haiso_id, hub_shokai_id, shimei, furigana, jusho, tel, sodan_naiyo, $5, '10', $6
       from legacy_konkyu.T_HUB_UKETSUKE where haiso_id = $1 and torikeshi_kbn = $2
       on conflict (hub_shokai_id) do nothing`,
      [row.haiso_id, '1', sodanId, japanTimestamp(this.now), worker, this.planOf(index).join(',')],
    );
    // Nobody has looked the person up yet, so the answer does not name a case.
    await this.#answer({ ...row, taio_kbn: '10', sodan_id: null, tantosha: null });
  }

  /** 訂正: what it brings replaces the old; a question counts as answered. */
  async #correctCase(row: IncomingRow): Promise<void> {
    await this.client.query(
      `update legacy_konkyu.T_SODAN c
       set shimei = u.shimei, furigana = u.furigana, jusho = u.jusho, tel = u.tel, sodan_naiyo = u.sodan_naiyo,
         yotei = case when c.taio_kbn = '45' then $2 else c.yotei end
       from legacy_konkyu.T_HUB_UKETSUKE u
       where u.haiso_id = $1 and u.torikeshi_kbn = '2' and c.hub_shokai_id = u.hub_shokai_id`,
      [row.haiso_id, planAfterAnswer.join(',')],
    );
    await this.#answer({ ...row, taio_kbn: '10', sodan_id: null, tantosha: null });
  }

  /** 取消: the person's data go at once, and 60 says so. */
  async #stopUsing(row: IncomingRow): Promise<void> {
    await this.client.query(
      `update legacy_konkyu.T_SODAN
       set chushi_flg = '1', taio_kbn = '60', shimei = null, furigana = null, jusho = null, tel = null, sodan_naiyo = null
       where hub_shokai_id = $1`,
      [row.hub_shokai_id],
    );
    await this.#answer({ ...row, taio_kbn: '60', sodan_id: null, tantosha: null });
  }

  async #answerNext(open: OpenCase): Promise<void> {
    const [code = '', ...rest] = open.yotei.split(',');
    await this.client.query('update legacy_konkyu.T_SODAN set taio_kbn = $2, yotei = $3 where sodan_id = $1', [
      open.sodan_id,
      code,
      rest.join(','),
    ]);
    await this.#answer({ ...open, taio_kbn: code });
  }

  async #answer(answer: AnswerRow): Promise<void> {
    await this.client.query(insertAnswer, answerParameters(answer, this.now));
    this.#answers[answer.taio_kbn] = (this.#answers[answer.taio_kbn] ?? 0) + 1;
  }
}

const isRecall = (row: IncomingRow) => row.torikeshi_kbn === '3';
