// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { FunctionOutline } from '@tsunagi/contracts';
import {
  calendarOf,
  channelFor,
  DeliveryChannel,
  isRowInForce,
  isInForce,
  isOverridden,
  isOwnBody,
  japaneseDay,
  mayHoldForAll,
  multiAgency,
  operatorOn,
  standingOf,
  wayOf,
  whyOff,
  type AuthorityOff,
  type AuthorityRow,
  type AuthorityWay,
  type BusinessCalendar,
  type DeskTimes,
  type FunctionCalendar,
  type Party,
  type Permit,
  type Purpose,
  type ReferralKind,
  type Role,
} from '@tsunagi/domain';
import { DataSource, type EntityManager } from 'typeorm';
import { readAuthorities } from './authority.rows';
import { readAgeRules, readForms, type AgeRuleOnFile, type FormOnFile } from './consent-form.rows';
import { Desk, DeskFunction, FunctionOperator, Organization, Route } from './organization.entities';
import { FunctionUnknownError } from './organization.errors';
import { judgeRoutes, resolveRoute, type JudgedRoute, type RouteQuestion } from './resolve-route';
import type { HubConfig } from '../hub.config';
import { Clock, HUB_CONFIG, Log, municipalCalendar } from '../platform';

/** Days of a state, or (without `urgent`) a limit of the clock. */
export interface DueRule {
  readonly function: string | null;
  readonly name: string;
  readonly normal: number;
  readonly urgent: number | null;
}

/** What a desk has set of its own. */
export type OwnTimes = Pick<DeskTimes, 'dues' | 'limits'>;
const standardTimes: OwnTimes = { dues: {}, limits: {} };

interface Snapshot {
  readonly organizations: readonly Organization[];
  readonly desks: readonly Desk[];
  readonly functions: ReadonlyMap<string, DeskFunction>;
  /** By function. */
  readonly operators: ReadonlyMap<string, readonly FunctionOperator[]>;
  readonly routes: readonly Route[];
  readonly forms: readonly FormOnFile[];
  readonly ageRules: readonly AgeRuleOnFile[];
  readonly authorities: readonly AuthorityRow[];
  readonly dueRules: readonly DueRule[];
  /** By function; `null` = the municipality's, for those that have set none. */
  readonly ownTimes: ReadonlyMap<string | null, OwnTimes>;
}

const nothing: Snapshot = {
  organizations: [],
  desks: [],
  functions: new Map(),
  operators: new Map(),
  routes: [],
  forms: [],
  ageRules: [],
  authorities: [],
  dueRules: [],
  ownTimes: new Map(),
};

/** A function as it is on this day. */
interface Today {
  readonly function: DeskFunction;
  /** The same, as it will be once secrecy is acknowledged. */
  readonly registered: DeskFunction;
  readonly operator: FunctionOperator | undefined;
  readonly inForce: boolean;
}

/** What depends on the day, reckoned once a day and whenever master data have changed. */
interface OfDay {
  readonly day: string;
  readonly functions: ReadonlyMap<string, Today>;
  readonly authorities: readonly AuthorityRow[];
}

/** The code of a desk where its name gives a protected person's town away. */
const unnamed = 'SEALED';

export const isUnnamed = ({ code }: FunctionOutline): boolean => code === unnamed;

/** Another instance's change arrives here within this time; our own at once, by `refresh()`. */
const refreshMs = 2_000;

/**
 * Who is who: organizations, desk functions and who operates them, routes, consent forms and the rows of 利用目的. Master data
 * is small and read at every decision, so it is held in memory; `now` is asked again for every answer that depends on the day.
 */
@Injectable()
export class Directory implements OnModuleInit, OnApplicationShutdown {
  private snapshot = nothing;
  private timer: NodeJS.Timeout | undefined;
  private refreshing: Promise<void> | undefined;
  /** Built once a year and whenever a function says otherwise. */
  private calendars = new Map<string, { of: FunctionCalendar | null; year: string; calendar: BusinessCalendar }>();
  /** Which reading was begun last, and which is held. */
  private asked = 0;
  private held = 0;
  private ofDay: OfDay | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly log: Log,
    @Inject(HUB_CONFIG) private readonly config: HubConfig,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.refresh();
    this.timer = setInterval(() => {
      this.refreshing ??= this.refresh()
        .catch((error: unknown) => this.log.failure('directory', error))
        .finally(() => (this.refreshing = undefined));
    }, refreshMs);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.refreshing;
  }

  /**
   * Reads everything again; call it after changing master data. All as it was at one moment, so that no function goes the way
   * of one operator by the name of another; and never anything older than what is held already.
   */
  async refresh(): Promise<void> {
    const asked = ++this.asked;
    const snapshot = await this.dataSource.transaction('REPEATABLE READ', read);
    if (asked < this.held) return;
    this.held = asked;
    this.snapshot = snapshot;
    this.ofDay = undefined;
  }

  /** The function as it is today. @throws {FunctionUnknownError} */
  function(id: string): DeskFunction {
    return this.today(id).function;
  }

  find(id: string): DeskFunction | undefined {
    return this.functionsToday().get(id)?.function;
  }

  /** As it is registered, whether secrecy is acknowledged or not. */
  registered(id: string): DeskFunction | undefined {
    return this.functionsToday().get(id)?.registered;
  }

  /** The function with this code whose contract runs today. */
  byCode(code: string): DeskFunction | undefined {
    return this.all().find((f) => f.code === code && this.inForce(f.id));
  }

  all(): readonly DeskFunction[] {
    return [...this.functionsToday().values()].map((t) => t.function);
  }

  organizations(): readonly Organization[] {
    return this.snapshot.organizations;
  }

  desks(): readonly Desk[] {
    return this.snapshot.desks;
  }

  routes(): readonly Route[] {
    return this.snapshot.routes;
  }

  /** Everybody who has operated this function, does, or is going to; the earliest first. */
  operators(id: string): readonly FunctionOperator[] {
    return this.snapshot.operators.get(id) ?? [];
  }

  /** Who operates it today. */
  operator(id: string): FunctionOperator | undefined {
    return this.functionsToday().get(id)?.operator;
  }

  /** Changes of operator whose day has come, and that nobody has carried out yet. */
  dueHandovers(): readonly FunctionOperator[] {
    return [...this.functionsToday().values()].flatMap(({ operator }) =>
      operator && operator.handedOverAt === null ? [operator] : [],
    );
  }

  /** What members and clients of an organization are to a function today. */
  standing(id: string, organization: string | undefined): ReturnType<typeof standingOf> {
    const today = this.functionsToday().get(id);
    if (!today?.inForce || organization === undefined) return 'nobody';
    return standingOf(organization, today.operator, today.function.bodyKind);
  }

  /** The contract of this function runs today: its own days, and somebody operates it. */
  inForce(id: string): boolean {
    return this.functionsToday().get(id)?.inForce === true;
  }

  /** The function, or the body that runs it, is a contractor. */
  isEntrusted(id: string): boolean {
    const { function: found, operator } = this.today(id);
    return found.bodyKind === 'contractor' || (operator !== undefined && this.isContractor(operator.organization));
  }

  /** May members of this organization hold the role for the whole municipality today? Absent = the municipality's own. */
  holdsForAll(role: Role, organization: string | undefined): boolean {
    if (organization === undefined) return true;
    const found = this.snapshot.organizations.find((o) => o.id === organization);
    if (!found || !isInForce(found, this.day())) return false;
    const coordinates = this.all().some(
      (f) => f.functionType === multiAgency && this.standing(f.id, organization) === 'works',
    );
    return mayHoldForAll(role, { bodyKind: found.bodyKind, coordinates });
  }

  isOwnBody(organization: string): boolean {
    const found = this.snapshot.organizations.find((o) => o.id === organization);
    return found !== undefined && isOwnBody(found.bodyKind);
  }

  isContractor(organization: string): boolean {
    return this.snapshot.organizations.find((o) => o.id === organization)?.bodyKind === 'contractor';
  }

  /** @throws {FunctionUnknownError} */
  party(id: string): Party {
    const { function: found, operator, inForce } = this.today(id);
    const { functionType, domain, bodyKind, purposes, kinds, receives } = found;
    return {
      function: id,
      functionType,
      domain,
      bodyKind,
      purposes,
      receives: kinds,
      organization: operator?.organization,
      closed: !inForce,
      takesNobody: !receives,
    };
  }

  /**
   * The function as the other side may know it.
   *
   * @param hideTown somebody is protected: its name must not say in which town
   * @throws {FunctionUnknownError}
   */
  outline(id: string, { hideTown = false }: { readonly hideTown?: boolean } = {}): FunctionOutline {
    const { domain, code, name, givesTownAway } = this.function(id);
    return hideTown && givesTownAway ? { domain, code: unnamed, name: '（非公開の窓口）' } : { domain, code, name };
  }

  /** Do its name and place tell in which town it is? */
  givesTownAway(id: string): boolean {
    return this.find(id)?.givesTownAway === true;
  }

  /** The function a referral goes to, or nothing when no route leads there. */
  resolve(question: RouteQuestion): string | undefined {
    return resolveRoute(question, this.snapshot.routes, this.routing());
  }

  /** Every route that speaks of what is asked for, the one that counts first, and why the others do not. */
  explainRoute(question: Omit<RouteQuestion, 'from'> & { readonly from?: string | undefined }): JudgedRoute[] {
    return judgeRoutes(question, this.snapshot.routes, this.routing());
  }

  /** May things of this function still go by this plugin? Its operator may have changed since they were put in the queue. */
  isServedBy(id: string, plugin: string): boolean {
    return this.find(id)?.channel === `plugin:${plugin}`;
  }

  /** The functions a plugin speaks for today: with its contract a contractor's system falls silent. */
  servedByPlugin(plugin: string): readonly DeskFunction[] {
    return this.all().filter((f) => f.channel === `plugin:${plugin}` && this.inForce(f.id));
  }

  /** All consent forms; the ones without `approvedOn` stand for nothing yet. */
  forms(): readonly FormOnFile[] {
    return this.snapshot.forms;
  }

  /** Who decides at which age. */
  ageRules(): readonly AgeRuleOnFile[] {
    return this.snapshot.ageRules;
  }

  /** Every row on who decides at which age, with whether it stands today. */
  judgedAgeRules(): { readonly rule: AgeRuleOnFile; readonly inForce: boolean }[] {
    const day = this.day();
    return this.snapshot.ageRules.map((rule) => ({ rule, inForce: isRowInForce(rule, day) }));
  }

  /** Every row of the law, with why it does not count today. */
  judgedAuthorities(): { readonly row: AuthorityRow; readonly why: AuthorityOff | undefined }[] {
    const day = this.day();
    return this.snapshot.authorities.map((row) => ({ row, why: this.whyOff(row, day) }));
  }

  /** The rows of the law that count today; with TSUNAGI_LEGAL=checked one that nobody checked counts as off. */
  authorities(): readonly AuthorityRow[] {
    return this.onThisDay().authorities;
  }

  /** The next day on which a row of 利用目的 for this purpose begins to count. */
  purposeBegins(purpose: Purpose): string | undefined {
    const today = this.day();
    const days = this.snapshot.authorities
      .filter((r) => r.code === 'within_purpose' && r.purposes.includes(purpose) && r.validFrom > today)
      .filter((r) => this.whyOff(r, r.validFrom) === undefined)
      .map((r) => r.validFrom);
    return days.sort()[0];
  }

  /** By which ways may go what rests on these rows of the law? */
  wayOf(rows: Permit['rows'] = []): AuthorityWay {
    return wayOf(this.snapshot.authorities.filter((row) => rows.some(({ id }) => id === row.id)));
  }

  /**
   * How a referral of this kind reaches that function, when its sender has chosen a way or not. What was bound to the hub
   * stays in it.
   */
  channelTo(to: string, kind: ReferralKind, chosen: DeliveryChannel | undefined): DeliveryChannel {
    const { channel } = this.function(to);
    const way = chosen === 'hub_only' ? 'hub_only' : 'any';
    return channelFor(kind, chosen ?? (isPlain(channel) ? channel : 'plugin'), way);
  }

  /** The working days of a function: the municipality's, with what it says of its own. */
  calendar(id: string): BusinessCalendar {
    const { calendar: own } = this.function(id);
    const year = this.day().slice(0, 4);
    const known = this.calendars.get(id);
    if (known?.year === year && known.of === own) return known.calendar;
    const municipal = municipalCalendar(this.clock.now());
    const calendar = own ? calendarOf(own, municipal) : municipal;
    this.calendars.set(id, { of: own, year, calendar });
    return calendar;
  }

  /** Days and limits of its own that this function has set, before those of the municipality. */
  ownTimes(id: string): OwnTimes {
    return this.snapshot.ownTimes.get(id) ?? this.snapshot.ownTimes.get(null) ?? standardTimes;
  }

  dueRules(): readonly DueRule[] {
    return this.snapshot.dueRules;
  }

  private day(): string {
    return japaneseDay(this.clock.now());
  }

  private routing() {
    return {
      day: this.day(),
      inForce: (id: string) => this.inForce(id),
      receives: (id: string) => this.find(id)?.receives === true,
      typeOf: (id: string) => this.find(id)?.functionType,
    };
  }

  /** @throws {FunctionUnknownError} */
  private today(id: string): Today {
    const found = this.functionsToday().get(id);
    if (!found) throw new FunctionUnknownError();
    return found;
  }

  private functionsToday(): ReadonlyMap<string, Today> {
    return this.onThisDay().functions;
  }

  private onThisDay(): OfDay {
    const day = this.day();
    if (this.ofDay?.day !== day) {
      const { functions, operators, authorities } = this.snapshot;
      this.ofDay = {
        day,
        functions: new Map([...functions].map(([id, f]) => [id, functionOn(day, f, operators.get(id) ?? [])])),
        authorities: authorities.filter((row) => this.whyOff(row, day) === undefined),
      };
    }
    return this.ofDay;
  }

  /** Whether the municipality collects 出自. */
  get collectsOrigin(): boolean {
    return this.config.collectsOrigin;
  }

  private whyOff(row: AuthorityRow, day: string): AuthorityOff | undefined {
    if (isOverridden(row, this.snapshot.authorities, day)) return 'overridden';
    return whyOff(row, { day, checkedOnly: this.config.legal === 'checked' });
  }
}

async function read(manager: EntityManager): Promise<Snapshot> {
  const functions = await manager.find(DeskFunction, { order: { code: 'asc' } });
  const operators = await manager.find(FunctionOperator, { order: { validFrom: 'asc' } });
  const dueRules = await manager.query<DueRule[]>(
    'select function, name, normal, urgent from due_rule order by name, function',
  );
  return {
    organizations: await manager.find(Organization, { order: { id: 'asc' } }),
    desks: await manager.find(Desk, { order: { id: 'asc' } }),
    functions: new Map(functions.map((f) => [f.id, f])),
    operators: byFunction(operators),
    routes: await manager.find(Route, { order: { priority: 'asc', id: 'asc' } }),
    forms: await readForms(manager),
    ageRules: await readAgeRules(manager),
    authorities: await readAuthorities(manager),
    dueRules,
    ownTimes: ownTimesOf(dueRules),
  };
}

function ownTimesOf(rules: readonly DueRule[]): Snapshot['ownTimes'] {
  const of = (id: string | null): OwnTimes => {
    const own = rules.filter((r) => r.function === id);
    const days = own.flatMap(({ name, normal, urgent }) =>
      urgent === null ? [] : [[name, { normal, urgent }] as const],
    );
    const limits = own.flatMap(({ name, normal, urgent }) => (urgent === null ? [[name, normal] as const] : []));
    return { dues: Object.fromEntries(days), limits: Object.fromEntries(limits) };
  };
  const municipal = of(null);
  return new Map(
    [null, ...rules.map((r) => r.function)].map((id) => {
      const { dues, limits } = of(id);
      return [id, { dues: { ...municipal.dues, ...dues }, limits: { ...municipal.limits, ...limits } }];
    }),
  );
}
const plainChannels: ReadonlySet<string> = new Set(DeliveryChannel.options);
/** Not `plugin:<id>`. */
const isPlain = (channel: string): channel is DeliveryChannel => plainChannels.has(channel);

/**
 * A new operator's ways count from its first day on, also before the change has been carried out in the table. Until
 * secrecy is acknowledged nothing goes to its system: it waits at the desk, where nobody sees it yet either.
 */
function functionOn(day: string, found: DeskFunction, operators: readonly FunctionOperator[]): Today {
  const operator = operatorOn(operators, day);
  const isDue = operator !== undefined && operator.handedOverAt === null;
  const registered: DeskFunction = isDue
    ? {
        ...found,
        desk: operator.desk ?? found.desk,
        bodyKind: operator.bodyKind ?? found.bodyKind,
        ...(operator.channel !== null && { channel: operator.channel, system: operator.system }),
      }
    : found;
  const waits = operator && standingOf(operator.organization, operator, registered.bodyKind) === 'must_acknowledge';
  return {
    function: waits ? { ...registered, channel: 'web', system: null } : registered,
    registered,
    operator,
    inForce: operator !== undefined && isInForce(found, day),
  };
}

function byFunction(operators: readonly FunctionOperator[]): Map<string, FunctionOperator[]> {
  const found = new Map<string, FunctionOperator[]>();
  for (const o of operators) found.set(o.function, [...(found.get(o.function) ?? []), o]);
  return found;
}
