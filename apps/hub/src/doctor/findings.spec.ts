// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { doctorView, type DoctorFinding, type PluginView } from '@tsunagi/contracts';
import { findingsOf, type DatabaseSeen, type Seen } from './findings';

const database: DatabaseSeen = {
  ...{ version: '15.14', embedded: false, forgetful: [], pending: 0, unknown: 0, aheadMs: 40 },
};
const host = {
  id: 'kaigo.a',
  lastSeen: '2026-12-01T09:00:00+09:00',
  fresh: true,
  holds: true,
  running: true,
  inHand: 0,
};
const refused = { code: 'SDK_RANGE', says: '版が合いません。', remedy: '入れ替えてください。' };
const plugin: PluginView = {
  ...{ id: 'kaigo', title: '介護保険', domain: 'kaigo', version: '0.1.0', enabled: true, laneOpen: true },
  ...{ configVersion: 1, host, waiting: 0, parked: 0, quarantined: 0, intake: { guard: 'on' } },
  check: { at: '2026-12-01T09:00:00+09:00', ok: true, findings: [{ name: 'フォルダー', ok: true }] },
};
const well: Seen = {
  ...{ missing: [], database, brokerConnected: true, keysMode: 0o600, dataMode: 0o700, free: 20 * 1024 ** 3 },
  ...{ legal: 'checked', demo: false, plugins: [plugin] },
};
const look = (over: Partial<Seen>, what: DoctorFinding['what']) => {
  const { findings } = doctorView.parse({ findings: findingsOf({ ...well, ...over }) });
  return findings.find((f) => f.what === what);
};

describe('what a running hub says of itself', () => {
  it('finds nothing wrong where nothing is', () => {
    expect(findingsOf(well).map(({ level }) => level)).toEqual(Array.from({ length: 10 }, () => 'ok'));
  });

  it.each<[string, DoctorFinding['what'], DoctorFinding['level'], Partial<Seen>]>([
    ['a start that is not complete', 'hub', 'warning', { missing: ['plugins'] }],
    ['a database that does not answer', 'database', 'failure', { database: undefined }],
    ['a database that forgets', 'database', 'failure', { database: { ...database, forgetful: ['fsync=off'] } }],
    ['older tables', 'migrations', 'failure', { database: { ...database, pending: 1 } }],
    ['newer tables', 'migrations', 'failure', { database: { ...database, unknown: 1 } }],
    ['a broker that is away', 'broker', 'failure', { brokerConnected: false }],
    ['a clock that is a little off', 'clock', 'warning', { database: { ...database, aheadMs: 5_000 } }],
    [
      'a clock that is far off',
      'clock',
      'failure',
      { plugins: [{ ...plugin, host: { ...host, clockAheadMs: -90_000 } }] },
    ],
    ['keys that others may read', 'keys', 'failure', { keysMode: 0o644 }],
    ['keys that are gone', 'keys', 'failure', { keysMode: undefined }],
    ['a folder that others may read', 'data', 'warning', { dataMode: 0o755 }],
    ['a disk that fills up', 'disk', 'warning', { free: 500 * 1024 ** 2 }],
    ['a full disk', 'disk', 'failure', { free: 1024 ** 2 }],
    ['unchecked law outside of a demo', 'legal', 'warning', { legal: 'demo' }],
    ['a plugin without a host', 'plugin', 'failure', { plugins: [{ ...plugin, host: { ...host, fresh: false } }] }],
    [
      'a plugin that a host has and cannot run',
      'plugin',
      'failure',
      { plugins: [{ ...plugin, host: { ...host, holds: false, running: false, ...refused } }] },
    ],
    [
      'a plugin that runs, and waits for somebody',
      'plugin',
      'warning',
      { plugins: [{ ...plugin, host: { ...host, ...refused } }] },
    ],
    ['a plugin that nobody has checked', 'plugin', 'warning', { plugins: [{ ...plugin, check: undefined }] }],
    [
      'days that differ',
      'plugin',
      'warning',
      { plugins: [{ ...plugin, intake: { guard: 'on', differsOn: ['2026-12-01'] } }] },
    ],
  ])('says how to mend %s', (_, what, level, over) => {
    const found = look(over, what);
    expect(found?.level).toBe(level);
    expect(found?.remedy).toMatch(/。$/);
  });

  it('names what a check found, with the plugin’s own hint', () => {
    const findings = [{ name: 'フォルダー', ok: false, code: 'NOT_THERE', hint: 'フォルダーを作ってください。' }];
    const found = look({ plugins: [{ ...plugin, check: { ...plugin.check!, ok: false, findings } }] }, 'plugin');
    expect(found).toMatchObject({
      level: 'failure',
      sentence: '最後の点検に合格していません:フォルダー(NOT_THERE)。',
      remedy: 'フォルダーを作ってください。',
    });
  });

  it('has nothing against a demo that goes by unchecked law, nor against a plugin that is off', () => {
    expect(look({ legal: 'demo', demo: true }, 'legal')?.level).toBe('ok');
    expect(look({ plugins: [{ ...plugin, enabled: false, host: undefined }] }, 'plugin')?.level).toBe('ok');
  });
});
