// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type { ExceptionReport, GroundBasis, GroundList, GroundView, NewGround } from '@tsunagi/contracts';
import {
  groundAlarm,
  groundCodes,
  holdsPost,
  missingFacts,
  rowForGround,
  withoutThirdParties,
  type AuthorityRow,
  type Ground,
  type GroundFact,
  type ReferralKind,
} from '@tsunagi/domain';
import { GroundIncompleteError, NoGroundError } from './grounds.errors';
import {
  groundsWhere,
  openDecision,
  openWords,
  sealWords,
  timesThisMonth,
  toGround,
  type GroundRow,
} from './grounds.rows';
import { approversAsked, exceptionsRepeated, tellWhenSafe } from './grounds.todos';
import { refuseResidenceStatus, type Caller } from '../access';
import { audit } from '../audit';
import { enterLook } from '../looks';
import { Directory } from '../organizations';
import { besideReferral, namesBeside } from '../people';
import { Clock, Database, HUB_KEYS, InvalidInputError, newId, NotFoundError, type HubKeys, type Tx } from '../platform';
import { GroundedReferrals, remind, type ReferralOfGround } from '../referrals';

/** An authority without consent, recorded by the sender for one referral; the words are sealed. */
@Injectable()
export class Grounds {
  constructor(
    private readonly database: Database,
    private readonly referrals: GroundedReferrals,
    private readonly directory: Directory,
    private readonly clock: Clock,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  async record(caller: Caller, id: string, body: NewGround): Promise<{ id: string }> {
    const now = this.clock.now();
    const referral = await this.referrals.ofSender(caller, id);
    const row = this.rowFor(referral, body, now);
    const ground = {
      id: newId(now),
      version: 1,
      referral: id,
      row: row.id,
      code: body.code,
      function: referral.from,
      recipient: referral.to,
      by: caller.actor,
      persons: personsOf(referral, body),
      categories: [...new Set(body.categories)],
      said: factsOf(body, row),
      recordedAt: now.toISOString(),
    } satisfies Ground;
    refuseResidenceStatus(caller, referral.from, body);
    if (missingFacts(row, ground.said).length > 0) throw new GroundIncompleteError();
    await this.database.transaction(async (tx) => {
      await this.referrals.around(tx, { actor: caller.actor, function: referral.from }, id, (now) => {
        // Somebody in it may have become one with another one meanwhile.
        this.insert(tx, { ...ground, persons: personsOf(now, body) }, row, body);
        return Promise.resolve();
      });
      remind(tx, [...approversAsked(ground, row, now), ...tellWhenSafe(ground, now)]);
      await this.count(tx, ground, referral, row, now);
      audit(tx, {
        at: now,
        actor: caller.actor,
        function: referral.from,
        action: 'ground.recorded',
        objectKind: 'referral',
        object: id,
        details: { ground: ground.id, code: ground.code, row: row.id, version: row.version },
      });
    });
    this.referrals.committed();
    return { id: ground.id };
  }

  /** For its sender's desk, and for whoever holds the post that decides. @throws {NotFoundError} there is nothing for this caller */
  async of(caller: Caller, referral: string): Promise<GroundList> {
    const rows = await groundsWhere(this.database, 'referral = $1', [referral]);
    const asSender = await this.referrals.forSender(caller, referral);
    const theirs = asSender ? rows : rows.filter((row) => this.isDecidedBy(caller, row));
    if (!asSender && theirs.length === 0) throw new NotFoundError();
    const { kind, members } = await this.members(referral);
    if (!asSender) await this.enterReading(caller, theirs, members);
    const decisions = await this.decisionsOn(referral);
    const read = (row: GroundRow) => ({
      asSender: caller.functions.includes(row.function),
      asApprover: this.isDecidedBy(caller, row),
    });
    const nameOf = await this.namesFor(caller, kind, theirs, [...members.keys()]);
    return {
      items: theirs.map((row) => ({
        ...this.view(row, members, decisions, read(row)),
        from: nameOf(row.function),
        ...(row.recipient !== null && { to: nameOf(row.recipient) }),
      })),
      ...(asSender && { possible: asSender.open ? this.possible(asSender.open) : [] }),
    };
  }

  /** The rows on which something could be recorded for this referral today, and what each asks for. */
  private possible({ kind, purpose, from, to }: ReferralOfGround): GroundBasis[] {
    const sides = {
      ...{ now: this.clock.now(), kind, purpose },
      ...{ sender: this.directory.party(from), recipient: this.directory.party(to) },
    };
    return groundCodes.flatMap((one) => {
      const found = rowForGround(one, sides, this.directory.authorities());
      if (typeof found === 'string') return [];
      const { code, statute, categories, needs, approval, hours, overRefusal, conditions } = found;
      return [
        {
          ...{ code, statute, categories: [...categories], needs: [...needs], approval, overRefusal },
          ...{ conditions: [...conditions], ...(hours !== undefined && { hours }) },
        },
      ];
    });
  }

  /** Who asks and to whom, as desks are named beside these persons. */
  private async namesFor(caller: Caller, kind: ReferralKind, rows: readonly GroundRow[], persons: readonly string[]) {
    const desks = rows.flatMap((row) => [row.function, row.recipient ?? undefined]);
    const named = await namesBeside(this.database, this.directory, [{ desks, persons }]);
    return (desk: string) => named(desk, { ...besideReferral(kind, persons), own: caller.functions });
  }

  /** Whoever decides on it reads what is said of persons of whom nothing was sent there. */
  private enterReading(caller: Caller, rows: readonly GroundRow[], members: ReadonlyMap<string, string>) {
    const persons = [...new Set(rows.flatMap((row) => row.persons))];
    return this.database.transaction((tx) => {
      const [{ referral, function: from, code }, person] = [rows[0] as GroundRow, persons[0] as string];
      const read = persons.map((one) => ({
        ref: members.get(one) ?? '',
        person: one,
        categories: ['narrative' as const],
      }));
      enterLook(
        tx,
        {
          ...{ way: 'read', what: 'referral', viewer: caller.actor, function: undefined, from, authority: code },
          ...{ referral, person, members: read, details: { grounds: rows.map((row) => row.id) } },
        },
        this.clock.now(),
      );
    });
  }

  /** How often two functions relied on what the law means for the single case. */
  async exceptions(): Promise<ExceptionReport> {
    // Of the rows that were relied on the one that expects least: a municipality may expect less than the law.
    const rows = await this.database.query<Omit<ExceptionReport['items'][number], 'repeated'>>(
      `select to_char(g.recorded_at at time zone 'Asia/Tokyo', 'YYYY-MM') as month, g.function as from, g.recipient as to, g.code,
         count(*)::int as count, min(a.occasional) as occasional
       from ground g join authority_row a on a.id = g.authority_row where g.recipient is not null and a.occasional is not null
       group by 1, 2, 3, 4 order by 1 desc, 5 desc, 2, 3, 4 limit 500`,
    );
    return { items: rows.map((row) => ({ ...row, repeated: row.count > row.occasional })) };
  }

  private rowFor({ kind, purpose, from, to }: ReferralOfGround, { code }: NewGround, now: Date): AuthorityRow {
    const sides = { now, kind, purpose, sender: this.directory.party(from), recipient: this.directory.party(to) };
    const found = rowForGround(code, sides, this.directory.authorities());
    if (typeof found === 'string') throw new NoGroundError(found);
    return found;
  }

  private insert(tx: Tx, ground: Ground, row: AuthorityRow, body: NewGround): void {
    const { reason, whyNoConsent, law, article, harmsNobody } = body;
    tx.insert('ground', [
      {
        id: ground.id,
        referral: ground.referral,
        authority_row: ground.row,
        code: ground.code,
        function: ground.function,
        recipient: ground.recipient,
        drafted_by: ground.by,
        persons: ground.persons,
        categories: ground.categories,
        said: ground.said,
        words: sealWords(this.keys.sealing, ground.id, { reason, whyNoConsent, law, article, harmsNobody }),
        recorded_at: ground.recordedAt,
        clock_at: groundAlarm(ground, row, this.clock.now())?.toISOString(),
      },
    ]);
  }

  /** 「個別・例外」: more of them than the row expects never denies, and is told to the 個人情報保護担当. */
  private async count(
    tx: Tx,
    ground: Ground,
    { from, to }: ReferralOfGround,
    row: AuthorityRow,
    now: Date,
  ): Promise<void> {
    if (row.occasional === undefined) return;
    const times = await timesThisMonth(tx, { code: ground.code, from, to }, now);
    if (times > row.occasional) remind(tx, exceptionsRepeated(ground, now));
  }

  private isDecidedBy(caller: Caller, { authority_row, function: from }: GroundRow): boolean {
    const sender = { function: from, bodyKind: this.directory.party(from).bodyKind };
    return this.rowOf(authority_row)?.approvers.some((post) => holdsPost(caller, post, sender)) === true;
  }

  private endOf(at: number): Pick<GroundView, 'endsAt' | 'hoursLeft'> {
    const left = Math.ceil((at - this.clock.now().getTime()) / hourMs);
    return { endsAt: new Date(at).toISOString(), hoursLeft: Math.max(0, left) };
  }

  private rowOf(id: string): AuthorityRow | undefined {
    return this.allRows().find((row) => row.id === id);
  }

  private allRows(): AuthorityRow[] {
    return this.directory.judgedAuthorities().map(({ row }) => row);
  }

  private async members(referral: string): Promise<{ kind: ReferralKind; members: ReadonlyMap<string, string> }> {
    const rows = await this.database.query<{ kind: ReferralKind; ref: string; person: string }>(
      `select r.kind, m->>'ref' as ref, m->>'person' as person from referral r, jsonb_array_elements(r.members) m where r.id = $1`,
      [referral],
    );
    return { kind: rows[0]?.kind ?? 'referral', members: new Map(rows.map((m) => [m.person, m.ref])) };
  }

  /** The newest decision in which each was considered. */
  private async decisionsOn(referral: string): Promise<ReadonlyMap<string, string>> {
    const rows = await this.database.query<{ id: string; ground: string }>(
      `select d.id, g->>'id' as ground from disclosure_decision d, jsonb_array_elements(d.inputs->'grounds') g
       where d.referral = $1 order by d.decided_at, d.id`,
      [referral],
    );
    return new Map(rows.map((d) => [d.ground, d.id]));
  }

  private view(
    row: GroundRow,
    members: ReadonlyMap<string, string>,
    decisions: ReadonlyMap<string, string>,
    { asSender, asApprover }: { readonly asSender: boolean; readonly asApprover: boolean },
  ): Omit<GroundView, 'from' | 'to'> {
    const { id, version, code, recordedAt, categories, said: facts, decided, until } = toGround(row);
    const basis = this.rowOf(row.authority_row);
    const decision = decisions.get(id);
    const said = openWords(this.keys.sealing, row);
    const words = openDecision(this.keys.sealing, row);
    return {
      id,
      version,
      code,
      statute: basis?.statute ?? code,
      approval: basis?.approval ?? 'before',
      ...(basis?.hours !== undefined && !decided && this.endOf(Date.parse(recordedAt) + basis.hours * hourMs)),
      persons: row.persons.flatMap((person) => members.get(person) ?? []),
      categories: [...categories],
      said: [...facts],
      // What is marked as about others stays with whoever wrote it, also between desk and approver.
      ...(asSender ? said : withoutThirdParties(said)),
      recordedAt,
      ...(decision !== undefined && { decision }),
      ...(decided && {
        decided: {
          at: decided.at,
          outcome: decided.outcome,
          categories: [...decided.categories],
          ...(words !== undefined && { words: asApprover ? words : withoutThirdParties(words) }),
        },
      }),
      ...(until !== undefined && { until }),
    };
  }
}

const hourMs = 3_600_000;

function personsOf({ members }: Pick<ReferralOfGround, 'members'>, body: NewGround): string[] {
  const unknown = body.persons.findIndex((ref) => !members.some((m) => m.ref === ref));
  if (unknown >= 0)
    throw new InvalidInputError([{ code: 'custom', path: ['persons', unknown], message: 'not in the referral' }], body);
  return members.filter((m) => body.persons.includes(m.ref)).map((m) => m.person);
}

/** Which facts are given; that a disaster is declared, its row says. */
function factsOf(body: NewGround, { windows }: AuthorityRow): GroundFact[] {
  return [
    ...(body.law !== undefined ? (['law'] as const) : []),
    ...(body.article !== undefined ? (['article'] as const) : []),
    'reason',
    'why_no_consent',
    ...(body.harmsNobody ? (['harms_nobody'] as const) : []),
    ...(windows !== undefined ? (['window'] as const) : []),
  ];
}
