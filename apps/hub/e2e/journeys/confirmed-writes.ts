// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { uuidToBase32 } from '@tsunagi/legacy';
import { waitFor } from '@tsunagi/testing';
import { act, stateOf, todosAbout, type People } from './people';

/** Nothing is written into the 介護 system that its desk has not seen. */
export function confirmedWrites({ town, kaigo, konkyu, it_ }: People): void {
  const setWrites = async (writes: 'confirmed' | 'unattended') => {
    const { config, configVersion } = (await it_('GET', '/plugins/kaigo')).body;
    const settings = { ...config, writes };
    const set = await it_('PUT', '/plugins/kaigo/config', settings, { 'if-match': String(configVersion) });
    expect([set.status, set.body.code]).toEqual([200, undefined]);
  };
  beforeAll(() => setWrites('confirmed'));
  afterAll(() => setWrites('unattended'));

  interface Waiting {
    readonly id: string;
    readonly kind: string;
  }
  const tray = async (): Promise<Waiting[]> => (await kaigo('GET', '/proposals')).body.items;
  const waits = (what: (p: Waiting) => boolean) =>
    waitFor(async () => (await tray()).find(what), { what: 'it to wait for the desk', timeoutMs: 30_000 });
  const look = async (id: string) => (await kaigo('GET', `/proposals/${id}`)).body;
  const approve = async (id: string, version: string) =>
    (await kaigo('POST', `/proposals/${id}/approve`, {}, { 'if-match': `"${version}"` })).status;
  const recordsOf = (id: string) => town.kaigo.referrals().filter((r) => r.values[2] === uuidToBase32(id));

  it('writes no file until the desk approves what it has seen, then one; a recall asks nobody', async () => {
    await town.konkyu.consult('KS-TRAY', { shimei: '見本　次郎' });
    const { id } = await waits(() => true);
    expect(await todosAbout(kaigo, id)).toContain('approve_write');
    const first = await look(id);
    expect(first).toMatchObject({ kind: 'referral', comparedWith: 'nothing' });
    expect(first.content.subject.items.identity.name).toBe('見本　次郎');

    // A correction comes before the desk has said anything: what it saw would not be what is written.
    await town.konkyu.rewrite('KS-TRAY', { shimei: '見本　三郎' });
    await waitFor(async () => (await look(id)).version !== first.version, {
      what: 'the correction',
      timeoutMs: 30_000,
    });
    expect(await approve(id, first.version)).toBe(412);
    expect(recordsOf(id)).toEqual([]);
    expect(await stateOf(konkyu, id)).toBe('sent');
    expect(await town.konkyu.results('KS-TRAY')).toEqual([]);

    expect(await approve(id, (await look(id)).version)).toBe(200);
    await town.konkyu.told('KS-TRAY', '10');
    await town.kaigo.referral(uuidToBase32(id));
    expect(recordsOf(id).map((r) => [r.values[4], r.values.includes('見本　三郎')])).toEqual([['1', true]]);
    expect(await tray()).toEqual([]);

    // Of what its system has, the desk sees what would change.
    await town.konkyu.rewrite('KS-TRAY', { shimei: '見本　四郎' });
    await waits((p) => p.id === id && p.kind === 'supplement');
    expect(await look(id)).toMatchObject({
      comparedWith: 'written',
      changes: [{ pointer: '/subject/items/identity/name', before: '"見本　三郎"', after: '"見本　四郎"' }],
    });
    await act(konkyu, id, 'withdraw', { reason: 'ご本人の希望' });
    await town.kaigo.referral(uuidToBase32(id), '3');
    expect(recordsOf(id).map((r) => r.values[4])).toEqual(['1', '3']);
    expect(await tray()).toEqual([]);
  });
}
