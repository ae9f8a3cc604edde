// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { roleNames } from '@tsunagi/contracts';
import { writeDemoAccess, type DemoAccess } from './demo-access';
import {
  demoForms,
  demoFunctionRoles,
  demoFunctions,
  demoMunicipalRoles,
  demoOrganizations,
  demoRoutes,
  staffedFunctions,
} from './demo-municipality';
import { addClient, addStaff, newSecret } from '../access';
import { audit } from '../audit';
import type { HubConfig } from '../hub.config';
import { newId, type Database, type Tx } from '../platform';

/** Contracts of the demo run since long ago, so that training may look back. */
const since = '2020-04-01';

/**
 * Loads 見本市 into an empty database and writes the way in. Idempotent: a database with any organization is left alone.
 * The file is written before the commit, because the secrets exist nowhere else.
 */
export async function seedDemo(
  database: Database,
  config: Pick<HubConfig, 'dataDir' | 'databaseUrl' | 'demoPlugins'>,
  baseUrl: string,
  now: Date,
): Promise<boolean> {
  return database.transaction(async (tx) => {
    // Instances that start side by side seed one after the other.
    await tx.query('lock table organization in share row exclusive mode');
    const [any] = await tx.query('select 1 from organization limit 1');
    if (any) return false;
    const withPlugins = reachedBy(Object.keys(config.demoPlugins ?? {}));
    const { functions, organizations } = seedDirectory(tx, demoFunctions.map(withPlugins), now);
    const staffed = staffedFunctions.map((f) => ({
      ...withPlugins(f),
      id: functions.get(f.key) ?? '',
      operator: organizations.get(f.organization) ?? '',
    }));
    const staff = await seedStaff(tx, staffed, organizations.get('city') ?? '');
    const clients = await seedClients(tx, staffed);
    audit(tx, {
      actor: 'hub',
      action: 'demo.loaded',
      objectKind: 'municipality',
      object: 'demo',
      details: { functions: functions.size, staff: staff.length, clients: clients.length },
      at: now,
    });
    writeDemoAccess(config.dataDir, { baseUrl, databaseUrl: config.databaseUrl, staff, clients });
    return true;
  });
}

type Functions = typeof demoFunctions;

/** A desk whose plugin the demo does not bring works on screen: nothing would ever arrive there otherwise. */
const reachedBy =
  (plugins: readonly string[]) =>
  (desk: Functions[number]): Functions[number] => {
    const plugin = pluginIn(desk.channel);
    if (plugin === undefined || plugins.includes(plugin)) return desk;
    const { system: _system, ...onScreen } = desk;
    return { ...onScreen, channel: 'web' };
  };

const pluginIn = (channel: string): string | undefined =>
  channel.startsWith('plugin:') ? channel.slice('plugin:'.length) : undefined;

type Ids = ReadonlyMap<string, string>;
type Staffed = (typeof staffedFunctions)[number] & { readonly id: string; readonly operator: string };

/** @returns the ids of the functions and organizations by key. */
function seedDirectory(tx: Tx, all: Functions, now: Date): { functions: Ids; organizations: Ids } {
  const organizations = new Map(demoOrganizations.map((o) => [o.key as string, newId()]));
  const functions = new Map(all.map((f) => [f.key, newId()]));
  const desks = new Map(all.map((f) => [f.key, newId()]));
  const of = (ids: Ids, key: string) => ids.get(key) ?? null;

  tx.insert(
    'organization',
    demoOrganizations.map((o) => ({ id: of(organizations, o.key), name: o.name, body_kind: o.bodyKind })),
  );
  tx.insert(
    'desk',
    all.map((f) => ({
      id: of(desks, f.key),
      organization: of(organizations, f.organization),
      name: f.desk,
    })),
  );
  tx.insert(
    'desk_function',
    all.map((f) => ({
      id: of(functions, f.key),
      desk: of(desks, f.key),
      code: f.code,
      name: f.name,
      domain: f.domain,
      function_type: f.functionType,
      body_kind: f.bodyKind,
      purposes: f.purposes,
      channel: f.channel,
      system: f.system ?? null,
      sends: f.sends ?? true,
      receives: f.receives ?? true,
      kinds: f.kinds ?? [],
      returns_without_supervisor: false,
      valid_from: since,
    })),
  );
  tx.insert(
    'function_operator',
    all.map((f) => ({
      id: newId(),
      function: of(functions, f.key),
      organization: of(organizations, f.organization),
      valid_from: since,
      secrecy_acknowledged_at: now.toISOString(),
      secrecy_acknowledged_by: 'hub',
      handed_over_at: now.toISOString(),
    })),
  );
  tx.insert(
    'route',
    demoRoutes.map((r) => ({
      id: newId(),
      priority: 100,
      domain: r.domain,
      function_type: r.functionType ?? null,
      function: of(functions, r.function),
      valid_from: since,
    })),
  );
  tx.insert(
    'consent_form',
    demoForms.map(({ plainWording, keepsPaper, ...f }) => ({
      ...f,
      id: newId(),
      function: of(functions, f.function),
      plain_wording: plainWording,
      keeps_paper: keepsPaper,
      approved_on: since,
    })),
  );
  return { functions, organizations };
}

async function seedStaff(tx: Tx, staffed: readonly Staffed[], city: string): Promise<DemoAccess['staff']> {
  const atFunctions = staffed.flatMap(({ key, id, operator }) =>
    demoFunctionRoles.map((role) => ({ role: role, login: `${role}.${key}`, functions: [id], organization: operator })),
  );
  const municipal = demoMunicipalRoles.map((role) => ({ role: role, login: role, functions: [], organization: city }));
  const made: DemoAccess['staff'] = [];
  for (const { role, login, functions, organization } of [...atFunctions, ...municipal]) {
    const password = newSecret();
    const held = functions.length > 0 ? functions.map((fn) => ({ role, function: fn })) : [{ role }];
    const memberships = held.map((m) => ({ ...m, validFrom: since }));
    const name = `見本 ${roleNames[role]}`;
    // The generated passwords of the demo are its way in, and stand in its file.
    await addStaff(tx, { login, name, organization, password, mustChangePassword: false, memberships });
    made.push({ role, name: login, password, functions });
  }
  return made;
}

async function seedClients(tx: Tx, staffed: readonly Staffed[]): Promise<DemoAccess['clients']> {
  const made: DemoAccess['clients'] = [];
  for (const { key, id: functionId, operator, channel } of staffed) {
    const id = `demo-${key}`;
    const plugin = pluginIn(channel);
    const client = { id, functions: [functionId], ...(plugin !== undefined && { plugin }) };
    made.push({ ...client, secret: await addClient(tx, { ...client, organization: operator, roles: ['caseworker'] }) });
  }
  const cli = { id: 'demo-cli', functions: [] };
  made.push({ ...cli, secret: await addClient(tx, { ...cli, roles: ['it_admin'] }) });
  return made;
}
