// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import {
  RecommendationAnswer,
  type NewRecommendation,
  type Recommendation,
  type RecommendationAnswered,
  type RecommendationCounts,
  type RecommendationPage,
  type RecommendationQuery,
  type AuditAction,
} from '@tsunagi/contracts';
import { aheadOf, desksFor, japaneseDay, type BodyKind } from '@tsunagi/domain';
import {
  NotBoundToRecommendError,
  RecommendationAnsweredError,
  RecommendationChangedError,
  RecommendationUnknownError,
} from './recommendations.errors';
import { actingFor, type Caller } from '../access';
import { audit, type AuditEntry } from '../audit';
import { Directory } from '../organizations';
import { Clock, Database, HUB_KEYS, InvalidInputError, newId, type HubKeys, type Tx } from '../platform';
import { Submissions } from '../referrals';

interface RecommendationRow {
  readonly id: string;
  readonly function: string;
  readonly content: Buffer;
  readonly answer: RecommendationAnswer | null;
  readonly ask_again_on: string | null;
  readonly referral: string | null;
  readonly version: number;
  readonly created_at: Date;
  readonly answered_at: Date | null;
}

const columns = 'id, function, content, answer, ask_again_on::text, referral, version, created_at, answered_at';
const pageSize = 50;
const final: ReadonlySet<string | null> = new Set(['wants_to', 'no']);
const bound: readonly BodyKind[] = ['agency', 'other_agency'];
const place = (id: string) => `recommendation:${id}`;

/** 利用勧奨: a record at the desk that noticed. It discloses nothing and permits nothing. */
@Injectable()
export class Recommendations {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly submissions: Submissions,
    private readonly clock: Clock,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  async tell(caller: Caller, body: NewRecommendation): Promise<{ id: string }> {
    const desk = actingFor(caller);
    if (!bound.includes(this.directory.function(desk).bodyKind)) throw new NotBoundToRecommendError();
    const now = this.clock.now();
    if (aheadOf({ personInformed: body.told }, now) !== undefined)
      throw new InvalidInputError([{ code: 'custom', path: ['told', 'at'], message: 'ahead of now' }], body);
    const id = newId(now);
    await this.database.transaction((tx) => {
      tx.insert('recommendation', [
        {
          id,
          function: desk,
          content: this.keys.sealing.seal(place(id), body),
          told_at: body.told.at,
          version: 1,
          created_by: caller.actor,
          created_at: now.toISOString(),
        },
      ]);
      audit(tx, [this.entry(caller, desk, 'recommendation.told', id, {}, now)]);
    });
    return { id };
  }

  /** What the person said. A つなぎ that is wanted is opened with it, or neither is written. */
  async answer(caller: Caller, id: string, version: number, body: RecommendationAnswered): Promise<Recommendation> {
    const before = await this.own(caller, id);
    if (final.has(before.answer)) throw new RecommendationAnsweredError();
    if (before.version !== version) throw new RecommendationChangedError();
    if (body.answer !== 'wants_to') await this.database.transaction((tx) => this.write(tx, caller, before, body));
    else {
      const wanted = { ...body.referral, fromFunction: before.function };
      await this.submissions.submitWith(caller, `recommendation:${id}`, wanted, (tx, referral) =>
        this.write(tx, caller, before, body, referral),
      );
    }
    return this.view(await this.own(caller, id));
  }

  private async write(
    tx: Tx,
    caller: Caller,
    { id, function: desk, version }: RecommendationRow,
    body: RecommendationAnswered,
    referral?: string,
  ): Promise<void> {
    const now = this.clock.now();
    const changed = await tx.query(
      `with changed as (update recommendation set answer = $3, ask_again_on = $4, accompaniment_offered = $5, referral = $6, answered_at = $7, version = version + 1
         where id = $1 and version = $2 returning id) select id from changed`,
      [
        id,
        version,
        body.answer,
        body.answer === 'not_now' ? body.askAgainOn : null,
        body.answer === 'wants_to' ? body.accompanimentOffered : null,
        referral ?? null,
        now,
      ],
    );
    if (changed.length === 0) throw new RecommendationChangedError();
    audit(tx, [this.entry(caller, desk, 'recommendation.answered', id, { answer: body.answer }, now)]);
  }

  async one(caller: Caller, id: string): Promise<Recommendation> {
    return this.view(await this.own(caller, id));
  }

  async list(caller: Caller, query: RecommendationQuery): Promise<RecommendationPage> {
    const desks = desksFor(caller, 'recommendations.record');
    const where = ['function = any($1::uuid[])'];
    const values: unknown[] = [desks];
    const bind = (value: unknown) => `$${values.push(value)}`;
    if (query.answer !== undefined) where.push(`coalesce(answer, 'told') = ${bind(query.answer)}`);
    if (query.askAgain !== undefined)
      where.push(`answer = 'not_now' and ask_again_on <= ${bind(japaneseDay(this.clock.now()))}`);
    if (query.cursor !== undefined) where.push(`id < ${bind(query.cursor)}`);
    const rows = await this.database.query<RecommendationRow>(
      `select ${columns} from recommendation where ${where.join(' and ')} order by id desc limit ${pageSize + 1}`,
      values,
    );
    const last = rows.length > pageSize ? rows[pageSize - 1] : undefined;
    const counted = await this.countsOf(desks);
    return {
      items: rows.slice(0, pageSize).map((row) => this.view(row)),
      ...(last && { next: last.id }),
      counts: sumOf([...counted.values()]),
    };
  }

  /** Numbers by desk; of nobody in particular. */
  async counts(): Promise<RecommendationCounts> {
    const counted = await this.countsOf(undefined);
    return {
      items: [...counted].map(([desk, counts]) => ({ function: this.directory.outline(desk), counts })),
    };
  }

  private async own(caller: Caller, id: string): Promise<RecommendationRow> {
    const [row] = await this.database.query<RecommendationRow>(
      `select ${columns} from recommendation where id = $1 and function = any($2::uuid[])`,
      [id, desksFor(caller, 'recommendations.record')],
    );
    if (!row) throw new RecommendationUnknownError();
    return row;
  }

  private async countsOf(desks: readonly string[] | undefined): Promise<ReadonlyMap<string, Counts>> {
    const rows = await this.database.query<{ function: string; answer: RecommendationAnswer; count: number }>(
      `select function, coalesce(answer, 'told') as answer, count(*)::int as count from recommendation
       where $1::uuid[] is null or function = any($1::uuid[]) group by 1, 2 order by 1`,
      [desks ?? null],
    );
    const counted = new Map<string, Counts>();
    for (const { function: desk, answer, count } of rows)
      counted.set(desk, sumOf([counted.get(desk) ?? {}, { [answer]: count }]));
    return counted;
  }

  private view(row: RecommendationRow): Recommendation {
    const { told, reference } = this.keys.sealing.open<NewRecommendation>(place(row.id), row.content);
    return {
      id: row.id,
      version: row.version,
      function: this.directory.outline(row.function),
      ...(reference !== undefined && { reference }),
      told,
      answer: row.answer ?? 'told',
      ...(row.ask_again_on !== null && { askAgainOn: row.ask_again_on }),
      ...(row.referral !== null && { referralId: row.referral }),
      createdAt: row.created_at.toISOString(),
      ...(row.answered_at && { answeredAt: row.answered_at.toISOString() }),
    };
  }

  private entry(
    caller: Caller,
    desk: string,
    action: AuditAction,
    object: string,
    details: Record<string, unknown>,
    at: Date,
  ): AuditEntry {
    return { actor: caller.actor, function: desk, action, objectKind: 'recommendation', object, details, at };
  }
}

type Counts = RecommendationPage['counts'];

const sumOf = (all: readonly Partial<Counts>[]): Counts =>
  Object.fromEntries(
    RecommendationAnswer.options.map((answer) => [answer, all.reduce((sum, one) => sum + (one[answer] ?? 0), 0)]),
  ) as Counts;
