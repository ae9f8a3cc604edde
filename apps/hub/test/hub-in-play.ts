// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createHash, randomInt, randomUUID } from 'node:crypto';
import type { CloudEvent, ReferralSubmission } from '@tsunagi/contracts';
import {
  addDays,
  japaneseDay,
  Statute,
  type DataCategory,
  type Member,
  type Party,
  type ReferralAction,
  type ReferralKind,
} from '@tsunagi/domain';
import { waitFor } from '@tsunagi/testing';
import {
  chosen,
  factsOf,
  pairs,
  pick,
  roles,
  rolesFrom,
  saidOf,
  type Desk,
  type Done,
  type Move,
  type Municipality,
  type RoleInPlay,
  type Seen,
  type Shown,
  type Word,
  type World,
} from '@tsunagi/testing/invariants';
import { AHost } from './a-host';
import { hubUnderTest, type HubUnderTest } from './hub-under-test';
import { ShiftedClock } from './shifted-clock';
import { signIn, type Api, type Who } from './sign-in';
import { Directory } from '../src/organizations';

const domains = ['kaigo', 'konkyu', 'shogai', 'kosodate', 'takikan', 'hogo'] as const;
type InPlay = Desk & Party;

/** What is different about the desks of the demo municipality, so that every kind has somewhere to go. */
const changed = [
  `update desk_function set system = 'kaigo'`,
  `update desk_function set kinds = '{notification,protection}', purposes = '{consultation,abuse_response,rights_protection}' where domain = 'hogo'`,
  `update desk_function set function_type = 'town_without_welfare_office' where domain = 'kosodate' and function_type = 'child_care_user_support'`,
  `update desk_function set kinds = '{prefecture}', body_kind = 'public_body' where domain = 'shogai' and function_type = 'disability_consultation'`,
];

/** A hub that runs on while sequences are played in it, with the systems of two desks and everybody who works there. */
export class HubInPlay {
  readonly hosts: ReadonlyMap<string, AHost>;
  private readonly signedIn = new Map<string, Promise<Api>>();

  private constructor(
    readonly under: HubUnderTest,
    readonly clock: ShiftedClock,
    readonly desks: readonly InPlay[],
    readonly municipality: Municipality,
    hosts: readonly AHost[],
  ) {
    this.hosts = new Map(hosts.map((h) => [h.plugin, h]));
  }

  static async start(): Promise<HubInPlay> {
    const clock = new ShiftedClock();
    const under = await hubUnderTest({ clock, timings: { sweep: 40 } });
    const hosts = [
      await AHost.start(under.broker, 'kaigo', 'kaigo'),
      await AHost.start(under.broker, 'konkyu', 'konkyu'),
    ];
    for (const sql of changed) await under.rows(sql);
    await under.hub.app.get(Directory).refresh();
    const staffed = new Set(under.access.staff.flatMap((s) => s.functions));
    const rows = await under.rows<
      InPlay & { function_type: string; body_kind: string; channel: string; returns: boolean }
    >(
      `select id, id as function, function_type as "functionType", domain, body_kind as "bodyKind", purposes, kinds as receives,
         nullif(split_part(channel, ':', 2), '') as plugin, returns_without_supervisor as "returnsBySystem"
       from desk_function where id = any($1::uuid[])`,
      [[...staffed]],
    );
    const desks = domains
      .flatMap((d) => rows.find((r) => r.domain === d) ?? [])
      .map((r) => ({ ...r, plugin: r.plugin ?? undefined }));
    const authorities = await under.rows<{ code: string; purpose: string; categories: DataCategory[] }>(
      'select code, purposes[1] as purpose, categories from authority_row',
    );
    const municipality = {
      desks,
      withinPurpose: authorities.filter((a) => a.code === 'within_purpose') as never,
      statutes: authorities
        .filter((a) => Statute.safeParse(a.code).success)
        .map((a) => ({ ...a, statute: a.code })) as never,
    };
    return new HubInPlay(under, clock, desks, municipality, hosts);
  }

  /** Calls as somebody, who signs in anew when time has gone by: once, whatever is asked at the same time. */
  async call(who: Who, ...request: Parameters<Api>): ReturnType<Api> {
    const name = JSON.stringify(who);
    const sign = (gone?: Promise<Api>) => {
      const current = this.signedIn.get(name);
      if (current && current !== gone) return current;
      const signing = signIn(this.under.hub.baseUrl, this.under.access, who);
      this.signedIn.set(name, signing);
      return signing;
    };
    const session = sign();
    const answer = await (await session)(...request);
    return answer.status === 401 ? (await sign(session))(...request) : answer;
  }

  /** Between whom this kind goes while that desk looks on. */
  pairs(kind: ReferralKind, onlooker: number) {
    return pairs(
      this.desks.filter((d) => d !== pick(this.desks, onlooker)),
      kind,
    );
  }

  async close(): Promise<void> {
    for (const host of this.hosts.values()) await host.stop();
    await this.under.close();
  }
}

interface OnFile {
  readonly submission: ReferralSubmission;
  readonly referral: string;
}

/** What every name and text of a sequence holds, so that it is found wherever it comes out. */
const mark = () => `印${randomInt(1e9).toString(36)}`;
const someNumber = () => `00990010-${String(randomInt(1e10)).padStart(10, '0')}`;

/** One sequence in the running hub: people, records and referrals of its own. */
export class SequenceInHub implements World {
  readonly municipality: Municipality;
  private readonly mark = mark();
  private readonly numbers = [someNumber(), someNumber(), someNumber()];
  private referrals: string[] = [];
  private readonly persons = new Set<string>();
  private readonly files: OnFile[] = [];
  private readonly consents: Extract<Word, { word: 'consent' }>[] = [];
  /** What came, as it came, and what was answered to it. */
  private readonly came: { readonly line: string; readonly first?: string; readonly call: () => Promise<string> }[] =
    [];
  /** Messages of the hosts that speak of this sequence, and which of them were taken. */
  private readonly messages = new Set<CloudEvent>();
  private readonly left: Shown[] = [];
  private readonly taken: { readonly deliveryId: string; readonly plugin: string; readonly referral: string }[] = [];
  /** Answers that nobody's name belongs in. */
  private readonly said: string[] = [];
  private own: { readonly referral: string; readonly person: string } | undefined;

  private readonly onlooker: InPlay;

  private constructor(
    private readonly play: HubInPlay,
    private readonly place: number,
  ) {
    this.onlooker = pick(play.desks, place)!;
    this.municipality = play.municipality;
  }

  /** The onlooker knows one of the two persons from before, and has no word of hers. */
  static async begin(play: HubInPlay, onlooker: number): Promise<SequenceInHub> {
    const sequence = new SequenceInHub(play, onlooker);
    const elsewhere = play.desks.find((d) => d !== sequence.onlooker)!;
    const caseworker = { role: 'caseworker', function: sequence.onlooker.id };
    const body = sequence.body({
      kind: 'referral',
      person: 0,
      to: elsewhere,
      from: sequence.onlooker,
      urgency: 'normal',
      withHousehold: false,
    });
    const answer = await play.call(caseworker, 'POST', '/referrals', body, { 'idempotency-key': randomUUID() });
    const { body: view } = await play.call(caseworker, 'GET', `/referrals/${answer.body.id}`);
    sequence.own = { referral: answer.body.id, person: view.person };
    return sequence;
  }

  async make(move: Move): Promise<Done> {
    const done = await this.once(move);
    await this.settled(done.silence === true);
    return done;
  }

  /** The onlooker has nothing of it in hand any more: lists stay short. */
  async end(): Promise<void> {
    const path = `/referrals/${this.own!.referral}`;
    const who = { role: 'caseworker', function: this.onlooker.id };
    const { body } = await this.play.call(who, 'GET', path);
    await this.play.call(who, 'POST', `${path}/withdraw`, { reason: '試験' }, { 'if-match': `"${body.version}"` });
  }

  private once(move: Move): Promise<Done> {
    switch (move.do) {
      case 'refer':
        return this.refer(move);
      case 'record':
        return this.record(move);
      case 'step':
        return this.step(move.referral, move.who, move.which, move.told);
      case 'try':
        return this.tries(move);
      case 'race':
        return this.race(move);
      case 'consent':
        return this.consent(move);
      case 'withdraw':
        return this.withdraw(move.which);
      case 'refuse':
        return this.refuse(move);
      case 'pass':
        return this.pass(move.minutes);
      case 'resend':
        // Whose receipt has not come for so long is sent once more.
        return this.pass(1);
      case 'take':
        return this.take(move.which, move.fails);
      case 'answer':
        return this.answer(move);
      case 'again':
        return this.again(move.which);
      case 'lead':
        return this.lead(move);
      default:
        return move satisfies never;
    }
  }

  private get now(): Date {
    return this.play.clock.now();
  }

  private get others(): InPlay[] {
    return this.play.desks.filter((d) => d !== this.onlooker);
  }

  // Referring

  private async refer(move: Extract<Move, { do: 'refer' }>): Promise<Done> {
    const [from, to] = pick(this.play.pairs(move.kind, this.place), move.from * 7 + move.to) ?? [];
    if (!from || !to) return { line: `${move.kind} from nowhere`, took: false };
    const line = `${move.kind} from ${from.domain} to ${to.domain}`;
    return move.bySystem && from.plugin === 'kaigo'
      ? this.referBySystem(move, to, line)
      : this.referOnScreen(move, from, to, line);
  }

  private async referOnScreen(
    move: Extract<Move, { do: 'refer' }>,
    from: InPlay,
    to: InPlay,
    line: string,
  ): Promise<Done> {
    const key = randomUUID();
    const body = this.body({ ...move, from, to });
    const call = async () => {
      const answer = await this.play.call({ role: 'caseworker', function: from.id }, 'POST', '/referrals', body, {
        'idempotency-key': key,
      });
      this.heard(answer);
      if (answer.body.id !== undefined) this.know(answer.body.id);
      // The state may have gone on since; the answer to the message is the same.
      return `${answer.body.outcome ?? answer.body.code}`;
    };
    const outcome = await this.coming(line, call);
    return { line: `${line}: ${outcome}`, took: ['accepted', 'held', 'draft', 'denied'].includes(outcome) };
  }

  private async referBySystem(move: Extract<Move, { do: 'refer' }>, to: InPlay, line: string): Promise<Done> {
    const from = this.play.desks.find((d) => d.plugin === 'kaigo')!;
    const { source, fromFunction, ...body } = this.body({ ...move, from, to });
    const key = `KAI-${randomUUID().slice(0, 8)}`;
    const today = japaneseDay(this.now);
    const asserted = { code: move.asserted ? '1' : '9', formVersion: 'K-2026-1', on: today } as const;
    const submission = hashed({
      ...body,
      asserted,
      source: { ...source, channel: 'plugin', plugin: 'kaigo', key, change: 'new' },
    } as never);
    const outcome = await this.submit(submission, line);
    const words = move.asserted ? await this.asserted(to) : [];
    return { line: `${line} by a system: ${outcome}`, took: outcome !== 'rejected', words };
  }

  private submit(submission: ReferralSubmission, line: string): Promise<string> {
    const itemId = `${submission.source.key}/${submission.source.occurredAt}/${submission.source.contentHash.slice(0, 8)}`;
    return this.coming(line, async () => {
      const [answer] = await this.play.hosts.get('kaigo')!.send('referral.submitted.v1', [{ itemId, submission }]);
      if (answer?.referralId !== undefined) {
        this.know(answer.referralId);
        if (!this.files.some((f) => f.submission === submission))
          this.files.push({ submission, referral: answer.referralId });
      }
      return `${answer?.outcome}`;
    });
  }

  /** The registered form stands behind the code from its first arrival on. */
  private async asserted(to: InPlay): Promise<Word[]> {
    const rows = await this.play.under.rows<{
      id: string;
      person: string;
      given_to: string;
      scope: any;
      granted_at: Date;
    }>(
      `select id, person, given_to, scope, granted_at from consent where manner = 'asserted_by_system' and person in (select subject from referral where id = any($1::uuid[]))`,
      [this.referrals],
    );
    const fresh = rows.filter((r) => !this.consents.some((c) => c.id === r.id));
    return fresh.map((r) => {
      const until = addDays(japaneseDay(r.granted_at), 90);
      const word = {
        word: 'consent',
        id: r.id,
        person: r.person,
        at: r.granted_at,
        givenTo: r.given_to,
        toward: { domain: to.domain },
        categories: ['identity', 'contact', 'contact_wishes', 'household_outline', 'concern'],
        purposes: ['consultation'],
        until,
        feedback: 'state',
        asserted: true,
      } as const satisfies Word;
      this.consents.push(word);
      return word;
    });
  }

  private async record(move: Extract<Move, { do: 'record' }>): Promise<Done> {
    const last = pick([...this.files].reverse(), move.which);
    if (!last) return { line: 'no record', took: false };
    const newest = this.files.filter((f) => f.submission.source.key === last.submission.source.key).at(-1)!;
    const { source } = newest.submission;
    const occurredAt = move.newer ? this.now : new Date(Date.parse(source.occurredAt) - 1000);
    const { subject } = newest.submission;
    const narrative = { fact: `${this.mark} ${randomInt(1e6)}` };
    const submission = hashed({
      ...newest.submission,
      subject: { ...subject, items: { ...subject.items, narrative } },
      source: { ...source, change: 'changed', occurredAt: occurredAt.toISOString() },
    });
    const before = this.files.length;
    const outcome = await this.submit(submission, 'a record');
    // What was older is not the last of its key.
    if (!move.newer) this.files.length = before;
    return {
      line: `${move.newer ? 'a newer' : 'an older'} record: ${outcome}`,
      took: move.newer,
      ...(!move.newer && { outdated: true as const }),
    };
  }

  private body({
    kind,
    person,
    from,
    to,
    urgency,
    withHousehold,
  }: {
    readonly kind: ReferralSubmission['kind'];
    readonly person: number;
    readonly from: InPlay;
    readonly to: InPlay;
    readonly urgency: ReferralSubmission['urgency'];
    readonly withHousehold: boolean;
  }) {
    const at = this.now.toISOString();
    const about = (n: number, member: Pick<Member, 'ref' | 'role'>): Member => ({
      ...member,
      identifiers: [{ system: 'kaigo', value: this.numbers[n]! }],
      items: {
        identity: { name: `見本　${this.mark}` },
        contact: { address: `見本県見本市${this.mark}`, telephone: '0991234567' },
        concern: { boxes: ['income_work'] },
        care_level: { level: '22' },
        narrative: { fact: `${this.mark} 家賃滞納あり。` },
      },
    });
    const nobody = { ref: 'subject', role: 'subject' as const, identifiers: [], items: {} };
    const isFree = kind === 'advice';
    return {
      source: { system: 'kaigo', key: `WEB-${randomUUID()}`, occurredAt: at },
      kind,
      fromFunction: from.id,
      to: { function: to.id },
      urgency,
      purpose: 'consultation',
      ...(!isFree && kind !== 'notification' && { howTheyMeet: 'person_visits' }),
      ...(!isFree && kind !== 'notification' && { personInformed: { by: '試験', at, how: '面談' } }),
      ...((urgency === 'same_day' || kind === 'notification') && { phoned: { whom: '試験', at, by: '試験' } }),
      ...saidOf(kind, this.now),
      subject: isFree ? nobody : about(person, { ref: 'subject', role: 'subject' }),
      others: withHousehold && !isFree ? [about(2, { ref: 'other', role: 'child' })] : [],
    };
  }

  // Steps

  private async step(referral: number, who: number, which: number, told: boolean): Promise<Done> {
    const id = this.chosen(referral);
    for (const role of id === undefined ? [] : rolesFrom(who)) {
      const asked = id && (await this.asking(id, role, which, told));
      if (asked) return this.takeStep(id, role, asked.action, asked.version, asked.facts);
    }
    return { line: 'nothing is offered to anybody', took: false };
  }

  private async asking(id: string, role: RoleInPlay, choice: number, told: boolean) {
    const { from, to } = await this.sides(id);
    const who = this.somebody(role, from, to);
    const { body } = await this.play.call(who, 'GET', `/referrals/${id}/actions`);
    const offered = ((body.actions ?? []) as { action: ReferralAction; possible: boolean }[]).flatMap((a) =>
      a.possible ? a.action : [],
    );
    const action = chosen(offered, choice);
    return action && { action, version: body.version as number, facts: this.facts(action, choice, told, from, to) };
  }

  private async tries(move: Extract<Move, { do: 'try' }>): Promise<Done> {
    const id = this.chosen(move.referral);
    if (id === undefined) return { line: 'no referral', took: false };
    const { from, to } = await this.sides(id);
    const role = pick(roles, move.who)!;
    // As far as the matter has come for this one.
    const { body } = await this.play.call(this.somebody(role, from, to), 'GET', `/referrals/${id}/actions`);
    const facts = move.bare ? {} : this.facts(move.action, move.who, true, from, to);
    return this.takeStep(id, role, move.action, Number(body.version ?? 1), facts);
  }

  private async takeStep(
    id: string,
    role: RoleInPlay,
    action: ReferralAction,
    version: number,
    facts: object,
  ): Promise<Done> {
    const { from, to } = await this.sides(id);
    const who = this.somebody(role, from, to);
    const call = async () => {
      const answer = await this.play.call(who, 'POST', `/referrals/${id}/${action}`, facts, {
        'if-match': `"${version}"`,
      });
      this.heard(answer);
      if (answer.body?.next !== undefined) this.know(answer.body.next);
      return answer.status === 200 ? String(answer.body.state) : `${answer.status} ${answer.body?.code}`;
    };
    const outcome = await call();
    const took = !/^\d/.test(outcome);
    const line = `${role} takes ${action}: ${outcome}`;
    // A step that was taken cannot be taken again: its version has gone.
    if (took) this.came.push({ line, call });
    const asker =
      'function' in who && who.function !== undefined ? [who.function] : 'client' in who ? [who.client] : [];
    return { line, took, ...(took && { asker }) };
  }

  private async race(move: Extract<Move, { do: 'race' }>): Promise<Done> {
    const id = this.chosen(move.referral);
    if (id === undefined) return { line: 'no referral', took: false };
    const racing = [pick(roles, move.one)!, pick(roles, move.other)!];
    const asked = await Promise.all(racing.map((role) => this.asking(id, role, move.which, true)));
    const ready = asked.flatMap((a, n) => (a ? [{ ...a, role: racing[n]! }] : []));
    if (ready.length < 2) return { line: 'nobody to race with', took: false };
    const done = await Promise.all(ready.map((a) => this.takeStep(id, a.role, a.action, a.version, a.facts)));
    const won = done.filter((d) => d.took).length;
    return { line: `a race: ${done.map((d) => d.line).join(', ')}`, took: won > 0, race: { won } };
  }

  private somebody(role: RoleInPlay, from: string, to: string | undefined): Who {
    switch (role) {
      case 'sender':
        return { role: 'caseworker', function: from };
      case 'recipient':
        return { role: 'caseworker', function: to ?? from };
      case 'recipient_supervisor':
        return { role: 'supervisor', function: to ?? from };
      case 'sender_program':
        return { client: from };
      case 'coordinator':
      case 'approver':
        return { role };
      case 'stranger':
        return { role: 'supervisor', function: this.onlooker.id };
      default:
        return role satisfies never;
    }
  }

  private facts(action: ReferralAction, which: number, told: boolean, from: string, to: string | undefined) {
    const elsewhere = pick(
      this.others.filter((d) => d.id !== from && d.id !== to),
      which,
    )!;
    return factsOf(action, { now: this.now, which, told, elsewhere: elsewhere.id });
  }

  // What persons say

  private async consent(move: Extract<Move, { do: 'consent' }>): Promise<Done> {
    const id = this.chosen(move.referral);
    const sides = id && (await this.sides(id));
    if (!sides || sides.to === undefined || sides.kind === 'advice') return { line: 'nobody to ask', took: false };
    const { from, to } = sides;
    const until = addDays(japaneseDay(this.now), move.days);
    const scope = {
      categories: move.categories,
      recipients: [{ function: to }],
      purposes: ['consultation'],
      from: japaneseDay(this.now),
      until,
      feedback: move.feedback,
    };
    const words: Word[] = [];
    // The subject last: with that word it leaves, with what the others have said by then.
    for (const person of [...sides.members].reverse()) {
      const answer = await this.play.call({ role: 'caseworker', function: from }, 'POST', '/consents', {
        person,
        giver: 'self',
        manner: 'written',
        scope,
      });
      this.heard(answer);
      if (answer.status !== 201) continue;
      const [row] = await this.play.under.rows<{ granted_at: Date }>('select granted_at from consent where id = $1', [
        answer.body.id,
      ]);
      const { categories, feedback } = move;
      const word = {
        word: 'consent',
        id: answer.body.id as string,
        person,
        at: row!.granted_at,
        givenTo: from,
        toward: { function: to },
        categories,
        purposes: ['consultation'],
        until,
        feedback,
        asserted: false,
      } as const satisfies Word;
      this.consents.push(word);
      words.push(word);
    }
    return { line: `a consent to ${move.categories.join(', ')}, ${move.feedback} back`, took: words.length > 0, words };
  }

  private async withdraw(which: number): Promise<Done> {
    const consent = pick(this.consents.filter((c) => !c.asserted).reverse(), which);
    if (!consent) return { line: 'nothing to withdraw', took: false };
    const caseworker = { role: 'caseworker', function: consent.givenTo };
    const answer = await this.play.call(caseworker, 'POST', `/consents/${consent.id}/withdraw`, {});
    this.heard(answer);
    const took = answer.status === 204;
    return {
      line: `a consent is withdrawn: ${answer.status}`,
      took,
      words: took ? [{ word: 'withdrawal', consent: consent.id, at: this.now }] : [],
    };
  }

  private async refuse(move: Extract<Move, { do: 'refuse' }>): Promise<Done> {
    const id = this.chosen(move.referral);
    const sides = id && (await this.sides(id));
    const person = sides && sides.members[0];
    if (!sides || person === undefined || sides.to === undefined) return { line: 'nobody refuses', took: false };
    const { categories } = move;
    const at = [sides.from, sides.to][move.desk % 2]!;
    const body = { person, recipients: [{ function: sides.to }], ...(categories && { categories }) };
    const answer = await this.play.call({ role: 'caseworker', function: at }, 'POST', '/refusals', body);
    this.heard(answer);
    const took = answer.status === 201;
    const [row] = took
      ? await this.play.under.rows<{ at: Date }>('select at from refusal where id = $1', [answer.body.id])
      : [];
    const word: Word = { word: 'refusal', person, at: row?.at ?? this.now, toward: sides.to, categories };
    return {
      line: `a refusal of ${categories?.join(', ') ?? 'everything'}: ${answer.status}`,
      took,
      words: took ? [word] : [],
    };
  }

  private async pass(minutes: number): Promise<Done> {
    this.play.clock.forward(minutes * 60_000);
    return { line: `${minutes} minutes later`, took: true, silence: true };
  }

  // Systems

  private async take(which: number, fails: boolean): Promise<Done> {
    const waiting = [...this.messages].filter(
      (m) => bringsContent(m) && !this.taken.some((t) => t.deliveryId === deliveryOf(m)),
    );
    const message = pick(waiting.reverse(), which);
    if (!message) return { line: 'nothing is under way', took: false };
    const host = [...this.play.hosts.values()].find((h) => h.deliveries.includes(message))!;
    const deliveryId = deliveryOf(message);
    const go = await host.mayWrite(deliveryId);
    if (go) {
      this.left.push({ ...this.shownBy(message), way: 'written' });
      this.taken.push({ deliveryId, plugin: host.plugin, referral: message.subject! });
    }
    const outcome = !go ? 'recalled' : fails ? 'failed' : 'delivered';
    await host.receipt(deliveryId, outcome, outcome === 'failed' ? { code: 'E-DISK', retryable: true } : {});
    await this.receipted(deliveryId);
    return { line: `${host.plugin} takes it: ${outcome}`, took: outcome === 'delivered' };
  }

  private async answer(move: Extract<Move, { do: 'answer' }>): Promise<Done> {
    const delivery = pick([...this.taken].reverse(), move.which);
    if (!delivery) return { line: 'nothing to answer', took: false };
    const plugin = move.stranger ? [...this.play.hosts.keys()].find((p) => p !== delivery.plugin)! : delivery.plugin;
    const { code, reason } = move;
    const response = {
      deliveryId: delivery.deliveryId,
      code: code as never,
      at: this.now.toISOString(),
      reason,
      outcome: '011',
      worker: '試験　二郎',
    };
    const itemId = randomUUID();
    const outcome = await this.coming(`${plugin} answers ${code}`, async () => {
      const [answer] = await this.play.hosts.get(plugin)!.send('referral.response.v1', [{ itemId, response }]);
      return `${answer?.outcome} ${answer?.codes.join(' ')}`;
    });
    const took = outcome.startsWith('accepted');
    return {
      line: `${plugin} answers ${code} ${code === '50' ? reason : ''}: ${outcome}`,
      took,
      bySystem: { mayAnswer: !move.stranger },
    };
  }

  /** Something that is answered the same when it comes again. */
  private async coming(line: string, call: () => Promise<string>): Promise<string> {
    const first = await call();
    this.came.push({ line, first, call });
    return first;
  }

  private async again(which: number): Promise<Done> {
    const before = pick(this.came, which);
    if (!before) return { line: 'nothing came before', took: false };
    const answer = await before.call();
    return {
      line: `again: ${before.line}: ${answer}`,
      took: true,
      again: before.first === undefined ? {} : { sameAnswer: answer === before.first },
    };
  }

  // The lead

  private async lead(move: Extract<Move, { do: 'lead' }>): Promise<Done> {
    const id = this.chosen(move.referral);
    if (id === undefined) return { line: 'no referral', took: false };
    const { from, to } = await this.sides(id);
    const takikan = this.play.desks.find((d) => d.domain === 'takikan')!.id;
    const by = pick(move.step === 'by_conference' ? [takikan, from] : [from, to ?? from], move.who)!;
    const who = { role: 'caseworker', function: by };
    const found = await this.play.call(who, 'GET', `/support-units?referral=${id}`);
    const [unit] = (found.body.items ?? []) as { id: string; version: number }[];
    if (!unit) return { line: `the lead, ${move.step}: ${found.status}`, took: false };
    const target = pick(this.others, move.to)!.id;
    const said = {
      worker: '試験　一郎',
      ...(move.informed && { personInformed: { by: '試験', at: this.now.toISOString(), how: '電話' } }),
    };
    const conference = { reference: '試験', heldOn: japaneseDay(this.now) };
    const steps = {
      propose: { step: 'propose', to: target },
      agree: { step: 'agree', ...said },
      by_conference: { step: 'by_conference', to: target, conference, ...said },
    };
    const answer = await this.play.call(who, 'POST', `/support-units/${unit.id}/lead`, steps[move.step], {
      'if-match': `"${unit.version}"`,
    });
    this.heard(answer);
    const took = answer.status === 200;
    const lead = { step: move.step, to: move.step === 'agree' ? by : target, informed: move.informed };
    return { line: `the lead, ${move.step}: ${took ? 'done' : answer.body?.code}`, took, ...(took && { lead }) };
  }

  // What can be seen

  async look(): Promise<Seen> {
    const now = this.now;
    await this.everybody();
    const { rows } = this.play.under;
    const ids = [this.referrals];
    const found = await rows<any>(
      `select id, kind, purpose, from_function as from, to_function as to, state, told_state as "toldState", version, sender || ' ' || source_key as key,
         coalesce(parent, reopens) as parent, members, subject from referral where id = any($1::uuid[]) order by id`,
      ids,
    );
    const events = await rows<any>(
      `select referral, version, action, from_state as from, to_state as to, actor, function, at, reasons, facts is not null as said
       from referral_event where referral = any($1::uuid[]) order by referral, version`,
      ids,
    );
    const todos = await rows<any>(
      'select referral, function, role, kind from todo where referral = any($1::uuid[]) and done_at is null order by id',
      ids,
    );
    const units = await rows<any>(
      `select u.id, array(select m.person::text from unit_member m where m.unit = u.id and m.moved_to is null order by 1) as persons,
         array(select l.function::text from lead l where l.unit = u.id and l.until_at is null order by 1) as leads
       from support_unit u where exists (select 1 from unit_member m where m.unit = u.id and m.person = any($1::uuid[])) order by u.id`,
      [[...this.persons]],
    );
    this.gather();
    const shown = (await Promise.all(found.map((r) => this.shown(r)))).flat();
    return {
      now: this.now < now ? now : this.now,
      referrals: found.map((r) => ({ ...r, to: r.to ?? undefined, parent: r.parent ?? undefined })),
      events: events.map((e) => ({ ...e, from: e.from ?? undefined, function: e.function ?? undefined })),
      todos,
      units: units.map((u) => ({ ...u, alarm: false })),
      shown: [...shown, ...this.spoken()],
      left: [...this.left],
      onlooker: await this.toldToOnlooker(),
    };
  }

  /** As its recipient sees it on screen, and as its sender is told that it would be seen. */
  private async shown(r: { id: string; from: string; to: string | null; kind: string }): Promise<Shown[]> {
    if (r.to === null) return [];
    const desk = r.to;
    const screen = await this.play.call({ role: 'caseworker', function: desk }, 'GET', `/referrals/${r.id}`);
    const would = await this.play.call({ role: 'caseworker', function: r.from }, 'POST', '/disclosures/preview', {
      referralId: r.id,
    });
    const looks: Shown[] = [];
    if (screen.body.members?.length > 0)
      looks.push({ way: 'screen', referral: r.id, desk, members: (screen.body.members as Member[]).map(categoriesOf) });
    const { shown } = would.body;
    const members = shown && r.kind !== 'advice' ? [shown.subject, ...shown.others].map(categoriesOf) : [];
    if (would.status === 200) looks.push({ way: 'preview', referral: r.id, desk, members });
    const asked = ['timeline', 'decision', 'actions'].map((view) => `/referrals/${r.id}/${view}`);
    const answers = [{ role: 'coordinator' }, { role: 'supervisor', function: desk }].flatMap((who) =>
      [...asked, `/referrals?q=${r.id}`].map((path) => this.play.call(who, 'GET', path)),
    );
    for (const answer of await Promise.all(answers)) this.heard(answer);
    return looks;
  }

  /** Where no name belongs, and one came out. */
  private spoken(): Shown[] {
    const out = this.said.filter((text) => text.includes(this.mark));
    const [referral = ''] = this.referrals;
    const members = [{ ref: 'subject', categories: ['identity' as const] }];
    return out.map(() => ({ way: 'list', referral, desk: this.onlooker.id, members }));
  }

  private async toldToOnlooker(): Promise<Record<string, unknown>> {
    const who = { role: 'caseworker', function: this.onlooker.id };
    const supervisor = { role: 'supervisor', function: this.onlooker.id };
    const { referral, person } = this.own!;
    const views = ['', '/actions', '/timeline', '/decision'].map((view) => `/referrals/${referral}${view}`);
    const paths = ['/referrals?limit=20', ...views, `/persons/${person}/consents`, `/support-units?person=${person}`];
    const answers = await Promise.all(
      paths.map(async (path) => {
        const { status, body } = await this.play.call(who, 'GET', path, undefined, { 'x-request-id': 'the-same' });
        return [path, { status, body }] as const;
      }),
    );
    const lists = await Promise.all([this.todosOf(who), this.todosOf(supervisor)]);
    const told = { ...Object.fromEntries(answers), 'to-dos': lists };
    const guessed = await Promise.all(
      this.referrals
        .slice(0, 1)
        .map(async (id) => (await this.play.call(supervisor, 'GET', `/referrals/${id}`)).status),
    );
    return guessed.some((status) => status !== 404) ? { ...told, guessed } : told;
  }

  /** All that is on somebody's list; but of other sequences something may be sent again at any moment, in vain. */
  private async todosOf(who: Who): Promise<unknown[]> {
    const { referral } = this.own!;
    const listed: unknown[] = [];
    const isOurs = ({ referralId: id }: { referralId?: string }) =>
      id === undefined || id === referral || this.referrals.includes(id);
    let cursor = '';
    do {
      const { body } = await this.play.call(who, 'GET', `/todos?limit=200${cursor}`);
      listed.push(...body.items.filter(isOurs));
      cursor = body.next === undefined ? '' : `&cursor=${body.next}`;
    } while (cursor !== '');
    return listed;
  }

  // How far the hub has come

  /** Whom these referrals are about, and what has grown out of them. */
  private async everybody(): Promise<void> {
    const rows = await this.play.under.rows<{ id: string; members: { person: string }[] }>(
      `select id, members from referral where (id = any($1::uuid[]) or parent = any($1::uuid[]) or reopens = any($1::uuid[])
         or subject = any($2::uuid[])) and id <> $3`,
      [this.referrals, [...this.persons], this.own?.referral ?? randomUUID()],
    );
    for (const { id, members } of rows) {
      this.know(id);
      for (const { person } of members) this.persons.add(person);
    }
  }

  /** Nothing is due, and everything that may leave has left; after some time this is so of the other sequences as well. */
  private async settled(everywhere: boolean): Promise<void> {
    await this.everybody();
    await waitFor(
      async () => {
        const [open] = await this.play.under.rows(
          `select 1 from referral where (id = any($1::uuid[]) or $3) and clock_at <= $2
           union all select 1 from delivery d where d.referral = any($1::uuid[]) and d.plugin is not null and (d.state = 'claimed' or (d.state = 'queued' and d.not_before <= $2
             and not exists (select 1 from delivery e where e.person = d.person and e.plugin = d.plugin and e.seq < d.seq and e.state in ('queued', 'claimed', 'sent')))) limit 1`,
          [this.referrals, this.now, everywhere],
        );
        return open === undefined && (await this.receiptsOfStatuses());
      },
      { what: 'the hub to have done everything', everyMs: 15 },
    );
  }

  /** Statuses and recalls are taken at once: nobody else's matter waits behind them. */
  private async receiptsOfStatuses(): Promise<boolean> {
    this.gather();
    const waiting = await this.play.under.rows<{ id: string; plugin: string }>(
      `select id, plugin from delivery where referral = any($1::uuid[]) and kind in ('status', 'recall') and state = 'sent'`,
      [this.referrals],
    );
    for (const { id, plugin } of waiting) {
      const host = this.play.hosts.get(plugin)!;
      if (!host.deliveries.some((d) => deliveryOf(d) === id)) return false;
      await host.receipt(id, (await host.mayWrite(id)) ? 'delivered' : 'recalled');
    }
    return waiting.length === 0;
  }

  private receipted(delivery: string): Promise<unknown> {
    return waitFor(
      async () =>
        (
          await this.play.under.rows(
            `select 1 from delivery where id = $1 and state in ('claimed', 'sent') and claimed_at <= $2`,
            [delivery, this.now],
          )
        ).length === 0 || this.gatherAgain(delivery),
      { what: 'a receipt to be taken', everyMs: 15 },
    );
  }

  /** It was claimed once more meanwhile. */
  private gatherAgain(delivery: string): boolean {
    return (
      [...this.play.hosts.values()].flatMap((h) => h.deliveries).filter((d) => deliveryOf(d) === delivery).length > 1
    );
  }

  /** New messages of the hosts, as they left. */
  private gather(): void {
    for (const host of this.play.hosts.values())
      for (const message of host.deliveries)
        if (!this.messages.has(message) && this.referrals.includes(message.subject ?? '')) {
          this.messages.add(message);
          if (bringsContent(message)) this.left.push(this.shownBy(message));
        }
  }

  private shownBy(message: CloudEvent): Shown {
    const { referral } = message.data as { referral: { to: { id: string }; subject: Member; others: Member[] } };
    const members = [referral.subject, ...referral.others].map(categoriesOf);
    return { way: 'message', referral: message.subject!, desk: referral.to.id, members };
  }

  private heard({ body }: { body: unknown }): void {
    if (body !== undefined) this.said.push(JSON.stringify(body));
  }

  private know(id: string): void {
    if (!this.referrals.includes(id)) this.referrals = [...this.referrals, id].sort();
  }

  private chosen(which: number): string | undefined {
    return pick([...this.referrals].reverse(), which);
  }

  private async sides(id: string) {
    const [row] = await this.play.under.rows<{
      from: string;
      to: string | null;
      kind: string;
      version: number;
      members: { person: string }[];
    }>('select from_function as from, to_function as to, kind, members from referral where id = $1', [id]);
    const { to, members, ...rest } = row!;
    return { ...rest, to: to ?? undefined, members: members.map((m) => m.person) };
  }
}

const deliveryOf = ({ data }: CloudEvent) => (data as { deliveryId: string }).deliveryId;
const bringsContent = ({ type }: CloudEvent) => type === 'referral.sent.v1' || type === 'referral.supplemented.v1';

const categoriesOf = ({ ref, items }: Pick<Member, 'ref' | 'items'>) => ({
  ref,
  categories: Object.entries(items).flatMap(([c, v]) => (Object.keys(v ?? {}).length > 0 ? (c as DataCategory) : [])),
});

function hashed(submission: ReferralSubmission): ReferralSubmission {
  const contentHash = createHash('sha256').update(JSON.stringify(submission)).digest('hex');
  return { ...submission, source: { ...submission.source, contentHash } };
}
