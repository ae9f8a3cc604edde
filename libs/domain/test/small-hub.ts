// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  chosen,
  factsOf,
  pairs,
  pick,
  roles,
  rolesFrom,
  saidOf,
  type Done,
  type Move,
  type Municipality,
  type RoleInPlay,
  type Seen,
  type Shown,
  type Word,
  type World,
} from '@tsunagi/testing/invariants';
import * as domain from '../src';
import { refusedByPast } from '../src/referral/guards';
import type {
  Actor,
  Consent,
  DataCategory,
  DisclosureDecision,
  Member,
  Party,
  Permit,
  ReferralAction,
  ReferralInLife,
  ReferralKind,
  ReferralState,
  Refusal,
  Step,
  StepTaken,
  SupportUnit,
  TimesOf,
  Viewer,
} from '../src';
import { aMember, anAuthority, aParty, aStatuteRow, now as start, uuid } from './builders';

/** What the small hub asks others for. A spec puts a broken rule in the place of one. */
export const rules = {
  takeStep: domain.takeStep,
  livedOn: domain.livedOn,
  decide: domain.decide,
  decideFeedback: domain.decideFeedback,
  tellingOf: domain.tellingOf,
  lookAt: domain.lookAt,
  planAnswer: domain.planAnswer,
  redactForSystem: domain.redactMember,
  redactForScreen: domain.redactMember,
  redactForPreview: domain.redactMember,
  hatsOf: domain.hatsOf,
  actorsOf: domain.actorsOf,
  takeLeadStep: domain.takeLeadStep,
  leadOf: domain.leadOf,
  isReturnedTooOften: domain.isReturnedTooOften,
  /** May this step be taken at this version? */
  isCurrent: (asked: number, is: number): boolean => asked === is,
  /** What was answered to this message before. */
  answered: (answers: ReadonlyMap<string, string>, id: string): string | undefined => answers.get(id),
  /** Is this record older than the last one of its key? */
  isOlder: (record: Date, last: Date): boolean => record <= last,
  /** What of the things said is kept as reason codes. */
  reasonsOf: ({ reasons = [], outcome }: { readonly reasons?: string[]; readonly outcome?: string }): string[] =>
    outcome === undefined ? reasons : [outcome],
  /** Which of these to-dos come on a list. */
  listed: (todos: readonly domain.StateTodo[]): readonly domain.StateTodo[] => todos,
};
export type Rules = typeof rules;

const takikan = 'multi_agency_coordination';
const desk = (n: number, over: Partial<Party>): Party => aParty({ function: uuid(n), ...over });
/** 地域包括 and 自立相談支援 have systems; the others work on screen. */
const desks: readonly (Party & { readonly plugin?: string; readonly returnsBySystem?: true })[] = [
  { ...desk(1, { domain: 'kaigo', functionType: 'chiiki_houkatsu' }), plugin: 'kaigo' },
  { ...desk(2, { domain: 'konkyu', functionType: 'jiritsu_soudan' }), plugin: 'konkyu' },
  desk(3, { domain: 'shogai', functionType: 'shogai_soudan', bodyKind: 'public_body', receives: ['prefecture'] }),
  desk(4, { domain: 'kosodate', functionType: 'town_without_welfare_office' }),
  desk(5, { domain: 'takikan', functionType: takikan, bodyKind: 'agency' }),
  { ...desk(6, { domain: 'hogo', bodyKind: 'agency', receives: ['notification', 'protection'] }), plugin: 'hogo' },
].map((d) => ({ ...d, ...(d.domain === 'hogo' && { returnsBySystem: true as const }) }));

export const municipality: Municipality = {
  desks: desks.map(({ function: id, returnsBySystem = false, ...d }) => ({ ...d, id, returnsBySystem })),
  withinPurpose: [{ purpose: 'consultation', categories: ['identity', 'contact', 'concern'] }],
  statutes: [{ statute: 'elder_abuse', categories: ['identity', 'contact', 'concern', 'narrative'] }],
};
/** The same as rows of the law. */
const authorities = [
  ...municipality.withinPurpose.map(({ purpose, categories }) => anAuthority({ purposes: [purpose], categories })),
  ...municipality.statutes.map(({ statute, categories }) => aStatuteRow({ code: statute, categories })),
];
const formCategories: DataCategory[] = ['identity', 'contact', 'contact_wishes', 'household_outline', 'concern'];

interface InHand extends ReferralInLife {
  readonly id: string;
  readonly kind: ReferralKind;
  readonly from: string;
  readonly to: string;
  readonly key: string;
  readonly parent?: string;
  readonly journey: string;
  readonly version: number;
  readonly toldState: ReferralState;
  readonly stateAt: Date;
  readonly urgency: domain.Urgency;
  readonly members: readonly { readonly person: string; readonly content: Member }[];
  readonly permit?: Permit;
  readonly sentAt?: Date;
  readonly dueOn?: string | undefined;
  readonly dueLeft?: number | undefined;
  readonly wakeOn?: string | undefined;
  readonly returnAsked?: boolean;
  readonly shortOfCapacity?: boolean;
}

interface Delivery {
  readonly id: string;
  readonly referral: string;
  readonly plugin: string;
  readonly state: 'queued' | 'out' | 'taken' | 'parked' | 'recalled';
}

interface Acting {
  readonly actor: string;
  readonly function?: string | undefined;
}

/** Where a record of a system stands. */
interface OnFile {
  readonly referral: string;
  readonly occurredAt: Date;
}

const purpose = 'consultation';
const calendar = { holidays: new Set<string>() };
const workingDays: TimesOf = () => ({ calendar, dues: {}, limits: {} });
const core: Acting = { actor: 'core' };
const outOfReach: ReadonlySet<string> = new Set(['sent', 'withdrawn', 'revoked', 'declined', 'entered_in_error']);

/** A hub of the domain's own functions over a few lists: no database, no courier, no clock but this one. */
export class SmallHub implements World {
  readonly municipality = municipality;
  private now = start;
  private count = 500;
  private readonly referrals = new Map<string, InHand>();
  private readonly events: Seen['events'][number][] = [];
  private readonly begun = new Map<string, InHand>();
  /** Which steps were taken: what is needed to live it all once more. */
  private readonly lived: { readonly id: string; readonly taken: StepTaken; readonly also: Partial<InHand> }[] = [];
  private readonly deliveries = new Map<string, Delivery>();
  private readonly left: Shown[] = [];
  /** What has gone to the recipient of a referral, and was not taken back. */
  private readonly gone = new Map<string, Set<string>>();
  private readonly units = new Map<string, SupportUnit>();
  private consents: Consent[] = [];
  private readonly refusals: Refusal[] = [];
  private readonly answers = new Map<string, string>();
  /** What came, as it came: a message by its id, a step at its version. */
  private readonly came: { readonly id?: string; readonly call: () => Done }[] = [];
  private readonly files = new Map<string, OnFile>();
  private readonly onlooker: string;
  /** What the onlooker has in hand itself: the same person, and no word of hers. */
  private readonly own: InHand;

  constructor(
    private readonly rule: Rules = rules,
    onlooker = 2,
  ) {
    this.onlooker = pick(desks, onlooker)!.function;
    const elsewhere = desks.find((d) => d.function !== this.onlooker)!;
    this.own = this.draft({ from: this.onlooker, to: elsewhere.function, kind: 'referral', person: 0, key: 'own' });
  }

  async make(move: Move): Promise<Done> {
    return move.do === 'again' ? this.again(move.which) : this.once(move, this.newId());
  }

  private once(move: Exclude<Move, { do: 'again' }>, id: string): Done {
    switch (move.do) {
      case 'refer':
        return this.answering(id, () => this.refer(move, id));
      case 'record':
        return this.record(move);
      case 'step': {
        const referral = this.chosen(move.referral);
        const role = referral && rolesFrom(move.who).find((r) => chosen(this.offered(referral, r), move.which));
        const action = role && chosen(this.offered(referral, role), move.which);
        if (!action) return { line: 'nothing is offered to anybody', took: false };
        const facts = this.facts(referral, action, move.which, move.told);
        return this.asked(() => this.step(referral.id, role, action, referral.version, facts));
      }
      case 'try': {
        const referral = this.chosen(move.referral);
        const role = pick(roles, move.who)!;
        if (!referral) return { line: 'no referral', took: false };
        const facts = move.bare ? {} : this.facts(referral, move.action, move.who, true);
        return this.asked(() => this.step(referral.id, role, move.action, referral.version, facts));
      }
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
      case 'take':
        return this.take(move.which, move.fails);
      case 'resend':
        return this.resend(move.which);
      case 'answer':
        return this.answer(move, id);
      case 'lead':
        return this.lead(move);
      default:
        return move satisfies never;
    }
  }

  /** The same message once more gets the first answer, and nothing happens. */
  private answering(id: string, call: () => Done): Done {
    const once = () => {
      const first = this.rule.answered(this.answers, id);
      if (first !== undefined) return { line: first, took: false };
      const done = call();
      this.answers.set(id, done.line);
      return done;
    };
    this.came.push({ id, call: once });
    return once();
  }

  /** A step that was taken cannot be taken again: its version has gone. */
  private asked(call: () => Done): Done {
    const done = call();
    if (done.took) this.came.push({ call });
    return done;
  }

  private again(which: number): Done {
    const before = pick(this.came, which);
    if (!before) return { line: 'nothing came before', took: false };
    const first = before.id === undefined ? undefined : this.answers.get(before.id);
    const { line } = before.call();
    return { line: `again: ${line}`, took: true, again: first === undefined ? {} : { sameAnswer: line === first } };
  }

  // Referring

  private refer(move: Extract<Move, { do: 'refer' }>, key: string): Done {
    const there = desks.filter((d) => d.function !== this.onlooker);
    const [from, to] = pick(pairs(there, move.kind), move.from * 7 + move.to) ?? [
      pick(there, move.from)!,
      pick(there, move.to)!,
    ];
    const draft = this.draft({ ...move, from: from.function, to: to.function, key });
    const said = { ...saidOf(move.kind, this.now), howTheyMeet: 'accompanied', personInformed: {}, phoned: {} };
    const lacks = domain.lacksOf(move.kind, said as domain.SaidFacts);
    if (lacks.length > 0) return { line: `refused ${move.kind}`, took: false };
    const by = {
      actor: from.plugin !== undefined && move.bySystem ? `plugin:${from.plugin}` : 'staff',
      function: from.function,
    };
    const asserted = by.actor.startsWith('plugin:') && move.asserted;
    const words = asserted ? this.assert(draft, from, to) : [];
    this.begin({ ...draft, phoned: true }, by);
    this.files.set(key, { referral: draft.id, occurredAt: this.now });
    return { line: `${move.kind} from ${from.domain} to ${to.domain}: ${this.get(draft.id).state}`, took: true, words };
  }

  private draft(of: {
    readonly from: string;
    readonly to: string;
    readonly kind: ReferralKind;
    readonly person: number;
    readonly key: string;
    readonly urgency?: domain.Urgency;
    readonly withHousehold?: boolean;
  }): InHand {
    const id = this.newId();
    const items = of.kind === 'advice' ? {} : aMember().items;
    const subject = { person: uuid(100 + of.person), content: aMember({ items, identifiers: [] }) };
    const other = { person: uuid(110), content: aMember({ ref: 'other', role: 'child', identifiers: [] }) };
    return {
      id,
      journey: id,
      key: of.key,
      kind: of.kind,
      from: of.from,
      to: of.to,
      version: 0,
      state: 'draft',
      toldState: 'draft',
      stateAt: this.now,
      urgency: of.urgency ?? 'normal',
      members: [subject, ...(of.withHousehold === true && of.kind !== 'advice' ? [other] : [])],
      hasQuestioned: false,
      returnsInJourney: 0,
      hops: 0,
    };
  }

  /** It leaves, waits, or stays with its sender. */
  private begin(draft: InHand, by: Acting): void {
    this.referrals.set(draft.id, draft);
    this.begun.set(draft.id, draft);
    this.note(draft.id, { action: 'submit', to: 'draft' }, by, {});
    this.goOut(draft.id, by);
  }

  private goOut(id: string, by: Acting): void {
    const referral = this.get(id);
    const decision = this.decideOn(referral);
    if (decision.outcome === 'permit') this.send(referral, decision, by);
    else if (decision.outcome === 'hold' && referral.state === 'draft')
      this.move(id, this.rule.takeStep(referral, { action: 'await_authority', by: 'core', facts: {} }), by, {});
  }

  private send(referral: InHand, permit: Permit, by: Acting): void {
    const step = { action: 'send' as const, facts: { personInformed: {} }, permitted: true, meetingKnown: true };
    const openTwin = [...this.referrals.values()].some((r) => this.isTwin(r, referral));
    if (openTwin || domain.isPhoneMissing(referral)) return;
    this.move(referral.id, this.rule.takeStep(referral, { ...step, by: 'core' } as never), by, step.facts, {
      permit,
      sentAt: this.now,
    });
    this.dispatch(referral.id);
  }

  private isTwin(one: InHand, other: InHand): boolean {
    const same = one.from === other.from && one.to === other.to && one.members[0]?.person === other.members[0]?.person;
    const repeats = domain.kindRules[other.kind].repeats === true;
    return same && !repeats && one.id !== other.id && one.kind === other.kind && domain.openStates.has(one.state);
  }

  private dispatch(id: string): void {
    const { to, from, kind, members } = this.get(id);
    const { plugin } = party(to);
    if (plugin !== undefined && domain.kindRules[kind].channels.includes('plugin'))
      this.put({ id: this.newId(), referral: id, plugin, state: 'queued' });
    if (kind === 'advice') return;
    const persons = members
      .map((m) => m.person)
      .filter((p) => ![...this.units.values()].some((u) => u.members.some((m) => m.person === p)));
    if (persons.length === 0) return;
    const unit = domain.foundUnit(this.newId(), persons, { function: from }, this.now);
    this.units.set(unit.id, unit);
  }

  /** A newer record replaces what waits; an older one says nothing. */
  private record(move: Extract<Move, { do: 'record' }>): Done {
    const [key, last] = pick([...this.files].reverse(), move.which) ?? [];
    if (key === undefined || !last) return { line: 'no record', took: false };
    const occurredAt = new Date(last.occurredAt.getTime() + (move.newer ? 1 : -1));
    if (this.rule.isOlder(occurredAt, last.occurredAt)) return { line: 'an older record', took: false, outdated: true };
    const referral = this.get(last.referral);
    this.files.set(key, { ...last, occurredAt });
    this.note(
      referral.id,
      { action: 'new_version', from: referral.state, to: referral.state },
      { actor: 'staff', function: referral.from },
      {},
    );
    return {
      line: move.newer ? 'a newer record' : 'an older record',
      took: true,
      ...(!move.newer && { outdated: true as const }),
    };
  }

  // Steps

  private step(id: string, role: RoleInPlay, action: ReferralAction, version: number, facts: object): Done {
    const referral = this.get(id);
    const line = `${role} takes ${action}: `;
    if (!this.rule.isCurrent(version, referral.version)) return { line: `${line}conflict`, took: false };
    const viewer = viewerOf(role, referral, this.onlooker);
    const actors = this.actorsOf(viewer, referral);
    if (actors.length === 0) return { line: `${line}unknown`, took: false };
    const decision = this.decideOn(referral);
    const permitted = decision.outcome === 'permit';
    const about = {
      on: domain.japaneseDay(this.now),
      byMachine: viewer.kind === 'client',
      permitted,
      meetingKnown: permitted,
    };
    const openTwin = [...this.referrals.values()].some((r) => this.isTwin(r, referral));
    const leadNamed = [...this.units.values()].some((u) =>
      u.members.some((m) => m.person === referral.members[0]?.person),
    );
    if (!domain.actionFacts[action].safeParse(facts).success) return { line: `${line}invalid`, took: false };
    let refused = '';
    for (const by of actors)
      try {
        const taken = this.rule.takeStep(referral, { action, by, facts, ...about, openTwin, leadNamed });
        this.carryOut(referral, taken, actingAs(viewer, by, referral), action, facts, decision);
        return { line: `${line}${this.get(id).state}`, took: true, asker: viewer.functions };
      } catch (error) {
        if (!(error instanceof domain.DomainError)) throw error;
        refused = error.code;
      }
    return { line: `${line}${refused}`, took: false };
  }

  private carryOut(
    referral: InHand,
    taken: StepTaken,
    by: Acting,
    action: ReferralAction,
    facts: Facts,
    decision: DisclosureDecision,
  ): void {
    const { id } = referral;
    const permit = decision.outcome === 'permit' ? decision : undefined;
    const sends = action === 'send' && permit !== undefined;
    this.move(id, taken, by, facts, {
      ...(sends && { permit, sentAt: this.now }),
      ...(facts.wakeOn !== undefined && { wakeOn: facts.wakeOn }),
      ...(facts.code === '103' && { shortOfCapacity: true }),
    });
    if (sends) this.dispatch(id);
    if (action === 'receive' && permit) this.goes(id, permit);
    if (action === 'propose-return') this.afterProposal(id);
    if (action === 'withdraw' || action === 'mark-error' || action === 'misdirected') this.recall(id);
    const next = { version: 0, state: 'draft' as const, toldState: 'draft' as const, stateAt: this.now };
    const fresh = { hasQuestioned: false, returnsInJourney: referral.returnsInJourney, hops: 0 };
    const child = (over: Partial<InHand>): void => {
      const { from, to, kind, urgency, members, key, journey } = { ...referral, ...over };
      if (from === to) return;
      const { id: own } = { id: this.newId() };
      this.begin(
        {
          ...fresh,
          ...next,
          id: own,
          from,
          to,
          kind,
          urgency,
          members,
          key,
          journey,
          parent: id,
          hops: over.hops ?? 0,
        },
        by,
      );
    };
    const target = facts.to?.function ?? facts.referredTo?.function;
    if (action === 'redirect' && target !== undefined) child({ to: target, hops: referral.hops + 1 });
    if (action === 'complete' && facts.outcome === '013' && target !== undefined)
      child({ from: referral.to, to: target, members: this.seenBy(referral) });
    if (action === 'reopen') child({ journey: this.newId() });
    if (action === 'follow-up' && facts.result === 'broken' && referral.state === 'follow_up') {
      const after = this.get(id);
      this.move(id, this.rule.takeStep(after, { action: 'reopen', by: taken.by, facts } as unknown as Step), by, facts);
      child({ journey: this.newId() });
    }
  }

  private afterProposal(id: string): void {
    const referral = this.get(id);
    const accepted = [...this.referrals.values()].some(
      (r) => r.journey === referral.journey && r.everAccepted === true,
    );
    if (referral.state === 'return_proposed' && this.rule.isReturnedTooOften(referral, { accepted }))
      this.move(id, this.rule.takeStep(referral, { action: 'coordinate', by: 'core', facts: {} } as never), core, {});
  }

  private race(move: Extract<Move, { do: 'race' }>): Done {
    const referral = this.chosen(move.referral);
    if (!referral) return { line: 'no referral', took: false };
    const two = [move.one, move.other].flatMap((who) => {
      const role = pick(roles, who)!;
      const action = chosen(this.offered(referral, role), move.which);
      return action ? [{ role, action }] : [];
    });
    if (two.length < 2) return { line: 'nobody to race with', took: false };
    const outcomes = two.map(({ role, action }) =>
      this.step(referral.id, role, action, referral.version, this.facts(referral, action, move.which, true)),
    );
    const won = outcomes.filter((o) => o.took).length;
    const line = `a race: ${outcomes.map((o) => o.line).join(', ')}`;
    return { line, took: won > 0, race: { won } };
  }

  private offered(referral: InHand, role: RoleInPlay): ReferralAction[] {
    const viewer = viewerOf(role, referral, this.onlooker);
    const actors = this.actorsOf(viewer, referral);
    return domain
      .possibleActions(referral, actors, { byMachine: viewer.kind === 'client' })
      .flatMap(({ action, possible }) => (possible ? action : []));
  }

  private actorsOf(viewer: Viewer, referral: InHand): Actor[] {
    const matter = matterOf(referral);
    return this.rule.actorsOf(viewer, matter, this.rule.hatsOf(viewer, matter));
  }

  private facts(referral: InHand, action: ReferralAction, which: number, told: boolean): object {
    const elsewhere = pick(
      desks.filter((d) => ![referral.from, referral.to, this.onlooker].includes(d.function)),
      which,
    )!;
    return factsOf(action, { now: this.now, which, told, elsewhere: elsewhere.function });
  }

  // What persons say

  private consent(move: Extract<Move, { do: 'consent' }>): Done {
    const referral = this.chosen(move.referral);
    const person = referral?.members[0]?.person;
    if (!referral || person === undefined || referral.kind === 'advice') return { line: 'nobody to ask', took: false };
    const until = domain.addDays(domain.japaneseDay(this.now), move.days);
    const words = referral.members.map((m) =>
      this.say({ person: m.person, givenTo: referral.from, recipients: [{ function: referral.to }], until, ...move }),
    );
    return { line: `a consent to ${move.categories.join(', ')}, ${move.feedback} back`, took: true, words };
  }

  private assert({ members }: InHand, from: Party, to: Party): Word[] {
    const until = domain.addDays(domain.japaneseDay(this.now), 90);
    const [subject] = members;
    const before = this.consents.some(
      (c) =>
        c.person === subject?.person &&
        c.manner === 'asserted_by_system' &&
        c.givenTo === from.function &&
        'domain' in c.scope.recipients[0]! &&
        c.scope.recipients[0].domain === to.domain,
    );
    if (!subject || before) return [];
    const feedback = 'state' as const;
    return [
      this.say({
        person: subject.person,
        givenTo: from.function,
        recipients: [{ domain: to.domain }],
        until,
        feedback,
        categories: formCategories,
        asserted: true,
      }),
    ];
  }

  private say(c: {
    readonly person: string;
    readonly givenTo: string;
    readonly recipients: Consent['scope']['recipients'];
    readonly until: string;
    readonly categories: readonly DataCategory[];
    readonly feedback: domain.Feedback;
    readonly asserted?: boolean;
  }): Word {
    const id = this.newId();
    const { person, givenTo, recipients, until, feedback, asserted = false } = c;
    const categories = [...c.categories];
    this.around(person, () => {
      this.consents.push({
        id,
        person,
        givenTo,
        giver: 'self',
        manner: asserted ? 'asserted_by_system' : 'written',
        scope: { categories, recipients, purposes: [purpose], from: domain.japaneseDay(this.now), until, feedback },
        exclusions: [],
        status: 'active',
        grantedAt: this.now.toISOString(),
      });
    });
    const toward = recipients[0] as Extract<Word, { word: 'consent' }>['toward'];
    return {
      word: 'consent',
      id,
      person,
      at: this.now,
      givenTo,
      toward,
      categories,
      purposes: [purpose],
      until,
      feedback,
      asserted,
    };
  }

  private withdraw(which: number): Done {
    const given = this.consents.filter((c) => c.status === 'active' && c.manner !== 'asserted_by_system');
    const consent = pick(given.reverse(), which);
    if (!consent) return { line: 'nothing to withdraw', took: false };
    this.around(consent.person, () => {
      const withdrawn = { ...consent, status: 'withdrawn' as const, withdrawnAt: this.now.toISOString() };
      this.consents = this.consents.map((c) => (c === consent ? withdrawn : c));
    });
    return {
      line: 'a consent is withdrawn',
      took: true,
      words: [{ word: 'withdrawal', consent: consent.id, at: this.now }],
    };
  }

  private refuse(move: Extract<Move, { do: 'refuse' }>): Done {
    const referral = this.chosen(move.referral);
    const person = referral?.members[0]?.person;
    if (!referral || person === undefined) return { line: 'nobody refuses', took: false };
    const { categories } = move;
    const at = pick(
      desks.filter((d) => d.function !== this.onlooker),
      move.desk,
    )!.function;
    this.around(person, () => {
      const id = this.newId();
      this.refusals.push({
        id,
        person,
        recordedBy: at,
        at: this.now.toISOString(),
        recipients: [{ function: referral.to }],
        ...(categories && { categories: [...categories] }),
      });
    });
    const word: Word = { word: 'refusal', person, at: this.now, toward: referral.to, categories };
    return { line: `a refusal of ${categories?.join(', ') ?? 'everything'}`, took: true, words: [word] };
  }

  /** What waited leaves; what has left and is permitted no more is revoked, or stays without a further word. */
  private around(person: string, write: () => void): void {
    const concerned = [...this.referrals.values()].filter((r) => r.members.some((m) => m.person === person));
    const before = new Map(concerned.map((r) => [r.id, this.decideOn(r)]));
    write();
    for (const { id } of concerned) {
      const referral = this.get(id);
      const decision = this.decideOn(referral);
      if (referral.state === 'awaiting_authority' && decision.outcome === 'permit')
        this.send(referral, decision, { actor: 'staff', function: referral.from });
      if (referral.sentAt === undefined || decision.outcome === 'permit' || before.get(id)?.outcome !== 'permit')
        continue;
      this.revoke(referral);
      this.recall(id);
    }
  }

  /** Not yet taken: revoked. Taken: it stays. */
  private revoke(referral: InHand): void {
    if (domain.arrowsFor(referral.state, 'revoke').some((arrow) => refusedByPast(referral, arrow) === undefined))
      this.move(referral.id, this.rule.takeStep(referral, { action: 'revoke', by: 'core', facts: {} }), core, {});
  }

  // Time

  private pass(minutes: number): Done {
    this.now = new Date(this.now.getTime() + minutes * 60_000);
    for (const { id } of [...this.referrals.values()])
      for (let looked = 0; looked < 5; looked++) {
        const step = this.rule.lookAt(this.inTime(this.get(id)), workingDays, this.now).step;
        if (!step) break;
        this.move(id, this.rule.takeStep(this.get(id), { action: step, by: 'core', facts: {} } as never), core, {});
      }
    return { line: `${minutes} minutes later`, took: true, silence: true };
  }

  // Systems

  private take(which: number, fails: boolean): Done {
    const delivery = pick([...this.deliveries.values()].filter((d) => d.state === 'queued').reverse(), which);
    if (!delivery) return { line: 'nothing is under way', took: false };
    return this.claim(delivery, fails);
  }

  private resend(which: number): Done {
    const delivery = pick(
      [...this.deliveries.values()].filter((d) => d.state === 'parked' || d.state === 'out').reverse(),
      which,
    );
    if (!delivery) return { line: 'nothing to send again', took: false };
    return this.claim(delivery, false);
  }

  /** Decided at this moment, whatever was decided before; then the host writes it, or does not. */
  private claim(delivery: Delivery, fails: boolean): Done {
    const referral = this.get(delivery.referral);
    const mayArrive =
      domain.openStates.has(referral.state) && referral.state !== 'returned' && referral.misdirected !== true;
    if (!mayArrive) {
      this.put({ ...delivery, state: 'recalled' });
      return { line: 'not wanted any more', took: false };
    }
    const decision = this.decideOn(referral);
    if (decision.outcome !== 'permit') {
      this.put({ ...delivery, state: 'parked' });
      return { line: `parked: ${decision.outcome}`, took: false };
    }
    this.left.push({
      way: 'message',
      referral: referral.id,
      desk: referral.to,
      members: this.redacted(referral, decision.members),
    });
    this.goes(referral.id, decision);
    this.put({ ...delivery, state: fails ? 'out' : 'taken' });
    if (fails) return { line: 'sent, and no receipt', took: true };
    this.arrived(referral.id);
    return { line: 'delivered', took: true };
  }

  private arrived(id: string): void {
    const referral = this.get(id);
    if (referral.state === 'sent')
      this.move(id, this.rule.takeStep(referral, { action: 'deliver', by: 'core', facts: {} }), core, {});
  }

  private answer(move: Extract<Move, { do: 'answer' }>, id: string): Done {
    const delivery = pick(
      [...this.deliveries.values()].filter((d) => d.state === 'taken' || d.state === 'out').reverse(),
      move.which,
    );
    if (!delivery) return { line: 'nothing to answer', took: false };
    const plugin = move.stranger ? 'kosodate' : delivery.plugin;
    return this.answering(id, () => this.respond(delivery, plugin, move));
  }

  private respond(
    delivery: Delivery,
    plugin: string,
    { code, reason }: { readonly code: string; readonly reason: string },
  ): Done {
    const referral = this.get(delivery.referral);
    const serving = party(referral.to);
    const line = `${plugin} answers ${code}: `;
    if (serving.plugin !== plugin) return { line: `${line}rejected`, took: false, bySystem: { mayAnswer: false } };
    this.arrived(referral.id);
    const bySystem = { mayAnswer: true };
    try {
      const on = domain.japaneseDay(this.now);
      const said = { code: code as domain.ResponseCode, reason, on, worker: '試験　二郎', outcome: '011' };
      const desk = { returnsWithoutSupervisor: serving.returnsBySystem === true };
      const { steps, returnAsked } = this.rule.planAnswer(this.get(referral.id), said, desk);
      for (const { taken, reasons, wakeOn } of steps) {
        const also = {
          ...(wakeOn !== undefined && { wakeOn }),
          ...(reasons.includes('103') && { shortOfCapacity: true }),
        };
        this.move(referral.id, taken, { actor: `plugin:${plugin}`, function: referral.to }, { reasons }, also);
      }
      this.afterProposal(referral.id);
      if (returnAsked) this.change(referral.id, { returnAsked: true });
      return { line: `${line}${this.get(referral.id).state}`, took: true, bySystem };
    } catch (error) {
      if (!(error instanceof domain.DomainError)) throw error;
      return { line: `${line}${error.code}`, took: false, bySystem };
    }
  }

  private recall(id: string): void {
    this.gone.delete(id);
    for (const d of this.deliveries.values()) if (d.referral === id) this.put({ ...d, state: 'recalled' });
  }

  // The lead

  private lead(move: Extract<Move, { do: 'lead' }>): Done {
    const referral = this.chosen(move.referral);
    const unit = [...this.units.values()].find((u) => u.members.some((m) => m.person === referral?.members[0]?.person));
    if (!unit) return { line: 'no unit', took: false };
    const others = desks.filter((d) => d.function !== this.onlooker);
    const leading = unit.tenures.find((t) => t.until === undefined)?.function;
    const actors = [leading, unit.offeredTo, pick(others, move.who)!.function];
    const by = pick(actors, move.who);
    const to = move.step === 'agree' ? String(by) : pick(others, move.to)!.function;
    const told = { by: '試験', at: this.now.toISOString(), how: '電話' };
    const said = { worker: '試験　一郎', ...(move.informed && { personInformed: told }) };
    const conference = { reference: '試験', heldOn: domain.japaneseDay(this.now) };
    const steps = {
      propose: { step: 'propose', to },
      agree: { step: 'agree', ...said },
      by_conference: { step: 'by_conference', to, conference, ...said },
    } as const;
    const convenes = by !== undefined && party(by).functionType === takikan;
    const actor = { function: by, convenes, met: this.metBy(by, unit) };
    const at = { inForce: () => true, takePart: this.atWorkIn(unit) };
    try {
      this.units.set(unit.id, this.rule.takeLeadStep(unit, steps[move.step], actor, at, this.now));
    } catch (error) {
      if (!(error instanceof domain.DomainError)) throw error;
      return { line: `the lead, ${move.step}: ${error.code}`, took: false };
    }
    return { line: `the lead, ${move.step}`, took: true, lead: { step: move.step, to, informed: move.informed } };
  }

  /** What has gone out about who is in it. */
  private goneOutAbout(unit: SupportUnit): InHand[] {
    const here = domain.personsHere(unit);
    return [...this.referrals.values()].filter(
      (r) =>
        r.sentAt !== undefined &&
        r.state !== 'entered_in_error' &&
        !domain.hiddenKinds.includes(r.kind) &&
        r.members.some((m) => here.includes(m.person)),
    );
  }

  private metBy(desk: string | undefined, unit: SupportUnit): Set<string> {
    const own = this.goneOutAbout(unit).filter((r) => r.from === desk || (r.to === desk && this.hasIt(r)));
    return new Set(own.flatMap((r) => [r.from, r.to]));
  }

  private atWorkIn(unit: SupportUnit): Set<string> {
    return new Set(this.goneOutAbout(unit).flatMap((r) => [r.from, ...(this.hasIt(r) ? [r.to] : [])]));
  }

  private hasIt(r: InHand): boolean {
    return this.gone.has(r.id) && !outOfReach.has(r.state) && r.misdirected !== true;
  }

  // Deciding and writing down

  private decideOn(referral: InHand): DisclosureDecision {
    const [subject, ...others] = referral.members.map(({ person, content }) => ({
      ref: content.ref,
      person,
      present: presentIn(content),
    }));
    const { consents, refusals } = this;
    return this.rule.decide({
      now: this.now,
      kind: referral.kind,
      purpose,
      sender: party(referral.from),
      recipient: party(referral.to),
      subject: subject!,
      others,
      consents,
      refusals,
      authorities,
      statute: 'elder_abuse',
    });
  }

  private move(id: string, taken: StepTaken, by: Acting, facts: object, also: Partial<InHand> = {}): void {
    const before = this.get(id);
    const telling = this.rule.tellingOf(before.kind, { ...taken, action: taken.arrow.action });
    const mayTell = telling === 'always' || (telling === 'as_permitted' && this.mayTell(before));
    const moved = taken.arrow.to !== 'same';
    const due = domain.dueAfter(
      before,
      taken,
      { urgency: before.urgency, today: domain.japaneseDay(this.now) },
      workingDays,
    );
    const changed = {
      ...(moved && { ...due, wakeOn: undefined, returnAsked: false, shortOfCapacity: false, stateAt: this.now }),
      ...also,
      ...(moved && mayTell && { toldState: taken.to }),
    };
    this.lived.push({ id, taken, also: changed });
    this.referrals.set(id, { ...this.rule.livedOn(before, taken), ...changed });
    const { action } = taken.arrow;
    this.note(id, { action, from: taken.from, to: taken.to }, by, facts);
  }

  private mayTell(referral: InHand): boolean {
    const [subject] = referral.members;
    if (!subject || !referral.permit) return false;
    const { consents, refusals, now } = this;
    const parties = { sender: party(referral.from), recipient: party(referral.to) };
    const { kind, permit } = referral;
    const said = { person: subject.person, consents, refusals, authorities };
    const question = { now, purpose, kind, permit, ...said, ...parties } as const;
    return this.rule.decideFeedback(question).feedback !== 'none';
  }

  private note(
    id: string,
    { action, from, to }: { action: string; from?: ReferralState; to: ReferralState },
    by: Acting,
    facts: object,
  ): void {
    const version = this.get(id).version + 1;
    this.change(id, { version });
    this.events.push({
      referral: id,
      version,
      action,
      from,
      to,
      actor: by.actor,
      function: by.function,
      at: this.now,
      reasons: this.rule.reasonsOf(facts),
      said: Object.keys(facts).length > 0,
    });
  }

  private change(id: string, to: Partial<InHand>): void {
    this.referrals.set(id, { ...this.get(id), ...to });
  }

  private put(delivery: Delivery): void {
    this.deliveries.set(delivery.id, delivery);
  }

  private get(id: string): InHand {
    return this.referrals.get(id)!;
  }

  /** The last ones first: a sequence goes on with what it has begun. */
  private chosen(which: number): InHand | undefined {
    return pick([...this.referrals.values()].reverse(), which);
  }

  private newId = () => uuid(++this.count);

  // What can be seen

  private goes(id: string, permit: Permit): void {
    const gone = this.gone.get(id) ?? new Set();
    for (const { ref, categories } of permit.members) for (const c of categories) gone.add(`${ref}:${c}`);
    this.gone.set(id, gone);
  }

  private redacted({ members }: InHand, permitted: Permit['members'], redact = this.rule.redactForSystem) {
    return permitted.flatMap(({ ref, categories }) => {
      const member = members.find((m) => m.content.ref === ref);
      return member ? [{ ref, categories: domain.presentCategories(redact(member.content, categories)) }] : [];
    });
  }

  /** What the recipient has of it, and may go on using: that is what it can pass on. */
  private seenBy(referral: InHand): InHand['members'] {
    const seen = this.onScreen(referral) ?? [];
    return referral.members.flatMap(({ person, content }) => {
      const categories = seen.find((s) => s.ref === content.ref)?.categories;
      return categories || content.ref === 'subject'
        ? [{ person, content: domain.redactMember(content, categories ?? []) }]
        : [];
    });
  }

  private onScreen(referral: InHand, decision = this.decideOn(referral)) {
    const gone = this.gone.get(referral.id);
    if (!gone || decision.outcome !== 'permit' || outOfReach.has(referral.state) || referral.misdirected === true)
      return undefined;
    const still = decision.members.map((m) => ({
      ...m,
      categories: m.categories.filter((c) => gone.has(`${m.ref}:${c}`)),
    }));
    return this.redacted(referral, still, this.rule.redactForScreen);
  }

  private inTime(r: InHand): domain.ReferralInTime {
    const { plugin, functionType } = party(r.to);
    return {
      ...r,
      withdrawalAsked: r.withdrawalAsked === true,
      misdirected: r.misdirected === true,
      routed: true,
      worksHere: plugin === undefined || !domain.kindRules[r.kind].channels.includes('plugin'),
      carried: false,
      staysUntil: domain.staysUntil(r.kind, functionType),
      sentBack: r.sentBack === true,
      returnAsked: r.returnAsked === true,
      shortOfCapacity: r.shortOfCapacity === true,
      phoneConfirmed: r.phoneConfirmed === true,
      followUpOn: r.followUps?.[0],
      confirmedByMunicipality: functionType === takikan,
    };
  }

  private todos(referrals: readonly InHand[]): Seen['todos'] {
    return referrals.flatMap((r) =>
      this.rule.listed(this.rule.lookAt(this.inTime(r), workingDays, this.now).todos).map((t) => ({
        referral: r.id,
        function: t.at === 'sender' ? r.from : r.to,
        role: t.role,
        kind: t.kind,
      })),
    );
  }

  async look(): Promise<Seen> {
    const referrals = [...this.referrals.values()];
    const shown = referrals.flatMap((r): Shown[] => {
      const decision = this.decideOn(r);
      const at = { referral: r.id, desk: r.to };
      const screen = this.onScreen(r, decision);
      const would = decision.outcome === 'permit' ? this.redacted(r, decision.members, this.rule.redactForPreview) : [];
      return [
        { ...at, way: 'preview', members: would },
        ...(screen ? [{ ...at, way: 'screen' as const, members: screen }] : []),
      ];
    });
    return {
      now: this.now,
      referrals: referrals.map((r) => ({
        ...r,
        purpose,
        members: r.members.map(({ person, content }) => ({ ref: content.ref, person })),
      })),
      events: [...this.events],
      todos: this.todos(referrals),
      units: [...this.units.values()].map((unit) => {
        const lead = this.rule.leadOf(unit, { inForce: () => true, takePart: this.atWorkIn(unit) });
        return {
          id: unit.id,
          persons: unit.members.flatMap((m) => (m.movedTo === undefined ? m.person : [])),
          leads: unit.tenures.flatMap((t) => (t.until === undefined ? t.function : [])),
          alarm: lead !== undefined && 'alarm' in lead,
        };
      }),
      shown,
      left: [...this.left],
      onlooker: this.toldTo(this.onlooker),
    };
  }

  /** Everything this desk is told: what it has in hand itself, and what it finds of others. */
  private toldTo(desk: string): Record<string, unknown> {
    const viewer: Viewer = {
      kind: 'staff',
      holdings: [
        { role: 'caseworker', function: desk },
        { role: 'supervisor', function: desk },
      ],
      functions: [desk],
    };
    const all = [...this.referrals.values()];
    const found = all.filter((r) => this.rule.hatsOf(viewer, matterOf(r)).length > 0);
    const lists = domain.todoListsOf(viewer);
    const mine = this.todos([this.own, ...all]).filter((t) =>
      lists.some((l) => l.role === t.role && l.function === t.function),
    );
    const knows = (unit: SupportUnit) => domain.membersSeen(unit, new Set(), () => false);
    return {
      referrals: found.map((r) => [r.id, r.kind, r.state, r.version]),
      todos: mine.map((t) => `${t.referral} ${t.role} ${t.kind}`),
      own: this.decideOn(this.own),
      units: [...this.units.values()].flatMap(knows),
    };
  }

  /** Where each referral is in its life, and what waits for whom. */
  lives(referrals: ReadonlyMap<string, InHand> = this.referrals): Record<string, unknown> {
    const line = (r: InHand) => {
      const { state, toldState, stateBefore, everAccepted, sentBack, returnsInJourney, followUps } = r;
      // What a system has asked for is no step.
      const returnAsked = this.get(r.id).returnAsked === true;
      const todos = this.todos([{ ...r, returnAsked }]);
      return { state, toldState, stateBefore, everAccepted, sentBack, returnsInJourney, followUps, todos };
    };
    return Object.fromEntries([...referrals.values()].map((r) => [r.id, line(r)]));
  }

  /** The same, when every step is lived once more from the beginning. */
  livedAgain(): Record<string, unknown> {
    const again = new Map(this.begun);
    for (const { id, taken, also } of this.lived)
      again.set(id, { ...this.rule.livedOn(again.get(id)!, taken), ...also });
    return this.lives(again);
  }
}

/** Of the same few members it is asked over and over. */
const present = new WeakMap<Member, domain.ItemCategory[]>();
function presentIn(member: Member): domain.ItemCategory[] {
  const categories = present.get(member) ?? domain.presentCategories(member);
  present.set(member, categories);
  return categories;
}

const party = (id: string) => desks.find((d) => d.function === id)!;

interface Facts {
  readonly wakeOn?: string;
  readonly code?: string;
  readonly outcome?: string;
  readonly result?: string;
  readonly to?: { readonly function: string };
  readonly referredTo?: { readonly function: string };
}

const matterOf = ({ from, to, kind, state, sentAt }: InHand): domain.Matter => ({
  kind,
  state,
  from,
  to,
  released: sentAt !== undefined,
  toCoordinators: party(to).functionType === takikan,
});

function viewerOf(role: RoleInPlay, { from, to }: InHand, onlooker: string): Viewer {
  const at = (id: string, ...holds: domain.Role[]): Viewer => ({
    kind: 'staff',
    holdings: holds.map((r) => ({ role: r, function: id })),
    functions: [id],
  });
  switch (role) {
    case 'sender':
      return at(from, 'caseworker');
    case 'recipient':
      return at(to, 'caseworker');
    case 'recipient_supervisor':
      return at(to, 'caseworker', 'supervisor');
    case 'coordinator':
    case 'approver':
      return { kind: 'staff', holdings: [{ role }], functions: [] };
    case 'sender_program':
      return { ...at(from, 'caseworker'), kind: 'client' };
    case 'stranger':
      return at(onlooker, 'caseworker', 'supervisor');
    default:
      return role satisfies never;
  }
}

/** As which desk somebody acts. */
function actingAs(viewer: Viewer, by: Actor, { from, to }: InHand): Acting {
  const acting = by === 'sender' ? from : by.startsWith('recipient') ? to : viewer.functions[0];
  return { actor: viewer.kind, function: acting };
}
