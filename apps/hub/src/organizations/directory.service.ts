// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { FunctionOutline } from '@tsunagi/contracts';
import {
  calendarOf,
  channelFor,
  DataCategory,
  DeliveryChannel,
  japaneseDay,
  Statute,
  type BusinessCalendar,
  type ConsentForm,
  type DeskTimes,
  type FunctionCalendar,
  type Party,
  type Purpose,
  type ReferralKind,
  type StatuteRow,
  type WithinPurposeRow,
} from '@tsunagi/domain';
import { DataSource } from 'typeorm';
import { Desk, DeskFunction, Organization, Route } from './organization.entities';
import { FunctionUnknownError } from './organization.errors';
import { resolveRoute, type RouteQuestion } from './resolve-route';
import type { HubConfig } from '../hub.config';
import { Clock, Database, HUB_CONFIG, Log, municipalCalendar } from '../platform';

interface AuthorityRow {
  code: 'within_purpose' | Statute;
  purpose: Purpose;
  categories: string[];
  valid_from: string;
  valid_to: string | null;
  checked: boolean;
}

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
  readonly routes: readonly Route[];
  readonly forms: readonly ConsentForm[];
  readonly authorities: readonly AuthorityRow[];
  readonly dueRules: readonly DueRule[];
  /** By function; `null` = the municipality's, for those that have set none. */
  readonly ownTimes: ReadonlyMap<string | null, OwnTimes>;
}

const nothing: Snapshot = {
  organizations: [],
  desks: [],
  functions: new Map(),
  routes: [],
  forms: [],
  authorities: [],
  dueRules: [],
  ownTimes: new Map(),
};

/** Another instance's change arrives here within this time; our own at once, by `refresh()`. */
const refreshMs = 2_000;

/**
 * Who is who: organizations, desk functions, routes, consent forms and the rows of 利用目的. Master data is small and read
 * at every decision, so it is held in memory; `now` is asked again for every answer that depends on the day.
 */
@Injectable()
export class Directory implements OnModuleInit, OnApplicationShutdown {
  private snapshot = nothing;
  private timer: NodeJS.Timeout | undefined;
  private refreshing: Promise<void> | undefined;
  /** Built once a year and whenever a function says otherwise. */
  private calendars = new Map<string, { of: FunctionCalendar | null; year: string; calendar: BusinessCalendar }>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly database: Database,
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

  /** Reads everything again; call it after changing master data. */
  async refresh(): Promise<void> {
    const { manager } = this.dataSource;
    const functions = await manager.find(DeskFunction, { order: { code: 'asc' } });
    const dueRules = await this.database.query<DueRule>(
      'select function, name, normal, urgent from due_rule order by name, function',
    );
    this.snapshot = {
      organizations: await manager.find(Organization, { order: { id: 'asc' } }),
      desks: await manager.find(Desk, { order: { id: 'asc' } }),
      functions: new Map(functions.map((f) => [f.id, f])),
      routes: await manager.find(Route, { order: { priority: 'asc', id: 'asc' } }),
      forms: await this.readForms(),
      authorities: await this.database.query<AuthorityRow>(
        `select code, purpose, categories, valid_from, valid_to, checked_on is not null and checked_by is not null as checked
         from authority_row where code = any($1::text[]) and active order by id`,
        [['within_purpose', ...Statute.options]],
      ),
      dueRules,
      ownTimes: ownTimesOf(dueRules),
    };
  }

  /** @throws {FunctionUnknownError} */
  function(id: string): DeskFunction {
    const found = this.snapshot.functions.get(id);
    if (!found) throw new FunctionUnknownError();
    return found;
  }

  find(id: string): DeskFunction | undefined {
    return this.snapshot.functions.get(id);
  }

  /** The function with this code whose contract runs today. */
  byCode(code: string): DeskFunction | undefined {
    return this.all().find((f) => f.code === code && this.inForce(f.id));
  }

  all(): readonly DeskFunction[] {
    return [...this.snapshot.functions.values()];
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

  /** The contract of this function runs today. */
  inForce(id: string): boolean {
    const found = this.snapshot.functions.get(id);
    const today = this.today();
    return found !== undefined && found.validFrom <= today && (found.validTo === null || today <= found.validTo);
  }

  /** The function, or the body that runs it, is a contractor. */
  isEntrusted(id: string): boolean {
    const { bodyKind, desk } = this.function(id);
    const { organization } = this.snapshot.desks.find((d) => d.id === desk) ?? {};
    const body = this.snapshot.organizations.find((o) => o.id === organization);
    return bodyKind === 'contractor' || body?.bodyKind === 'contractor';
  }

  /** @throws {FunctionUnknownError} */
  party(id: string): Party {
    const { functionType, domain, bodyKind, purposes, kinds } = this.function(id);
    return { function: id, functionType, domain, bodyKind, purposes, receives: kinds, closed: !this.inForce(id) };
  }

  /** The function as the other side may know it. @throws {FunctionUnknownError} */
  outline(id: string): FunctionOutline {
    const { domain, code, name } = this.function(id);
    return { domain, code, name };
  }

  /** The function a referral goes to, or nothing when no route leads there. */
  resolve(question: RouteQuestion): string | undefined {
    return resolveRoute(question, this.snapshot.routes, (id) => this.inForce(id));
  }

  /** The functions a plugin speaks for today: with its contract a contractor's system falls silent. */
  servedByPlugin(plugin: string): readonly DeskFunction[] {
    return this.all().filter((f) => f.channel === `plugin:${plugin}` && this.inForce(f.id));
  }

  /** All consent forms; the ones without `approvedOn` stand for nothing yet. */
  forms(): readonly ConsentForm[] {
    return this.snapshot.forms;
  }

  /** Rows of 利用目的 that count today. */
  withinPurpose(): readonly WithinPurposeRow[] {
    return this.authoritiesInForce().flatMap(({ code, purpose, categories }) =>
      code === 'within_purpose' ? [{ purpose, categories }] : [],
    );
  }

  /** Laws that command a 通報・通告 and count today. */
  statutes(): readonly StatuteRow[] {
    return this.authoritiesInForce().flatMap(({ code, categories }) =>
      code === 'within_purpose' ? [] : [{ statute: code, categories }],
    );
  }

  /** How a referral of this kind reaches that function, when its sender has chosen a way or not. */
  channelTo(to: string, kind: ReferralKind, chosen: DeliveryChannel | undefined): DeliveryChannel {
    const { channel } = this.function(to);
    return channelFor(kind, chosen ?? (isPlain(channel) ? channel : 'plugin'));
  }

  /** With TSUNAGI_LEGAL=checked a row that nobody checked counts as off. */
  private authoritiesInForce() {
    const today = this.today();
    return this.snapshot.authorities
      .filter((r) => r.valid_from <= today && (r.valid_to === null || today <= r.valid_to))
      .filter((r) => r.checked || this.config.legal === 'demo')
      .map((r) => ({ code: r.code, purpose: r.purpose, categories: r.categories.filter(isCategory) }));
  }

  /** The working days of a function: the municipality's, with what it says of its own. */
  calendar(id: string): BusinessCalendar {
    const { calendar: own } = this.function(id);
    const year = this.today().slice(0, 4);
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

  private today(): string {
    return japaneseDay(this.clock.now());
  }

  private async readForms(): Promise<ConsentForm[]> {
    const rows = await this.database.query<Omit<ConsentForm, 'approvedOn'> & { approved_on: string | null }>(
      'select id, function, version, title, profile, approved_on from consent_form order by id',
    );
    return rows.map(({ approved_on, ...form }) => ({
      ...form,
      ...(approved_on !== null && { approvedOn: approved_on }),
    }));
  }
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

const isCategory = (name: string): name is DataCategory => DataCategory.safeParse(name).success;
