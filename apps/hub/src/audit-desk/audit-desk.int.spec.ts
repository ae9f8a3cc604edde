// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  actionNames,
  auditActionNames,
  auditDetailNames,
  auditKindNames,
  besideStepsNames,
  coreStepNames,
  type AuditCheckpoints,
  type AuditLine,
  type AuditPage,
} from '@tsunagi/contracts';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import { refer } from '../../test/a-town-of-desks';
import { manyDesks, phoned, type ManyDesks } from '../../test/many-desks';
import type { Api } from '../../test/sign-in';

jest.setTimeout(60_000);

describeWithServices(['postgres'], 'what those who audit read', () => {
  let desks: ManyDesks;
  let auditor: Api;
  let officer: Api;
  /** Lines of the audit on what both are allowed to know, and on what neither is. */
  let open: { referral: string; person: string };
  let held: { referral: string; person: string };
  let notified: { referral: string; person: string };

  beforeAll(async () => {
    desks = await manyDesks(
      {
        hogo: {
          functionType: 'disability_abuse_desk',
          kinds: ['notification'],
          purposes: ['consultation', 'abuse_response'],
        },
      },
      { timings: { seal: 40, checkpoint: 100 } },
    );
    [auditor, officer] = [await desks.under.as({ role: 'auditor' }), await desks.under.as({ role: 'privacy_officer' })];
    const between = (from: string, to: string, consented: boolean) =>
      refer(desks.at[from as 'kaigo'], {
        ...{ from: desks.functions[from as 'kaigo'], to: desks.functions[to as 'kaigo'], consented },
      });
    const personOf = async (referral: string) =>
      (await desks.under.rows<{ subject: string }>('select subject from referral where id = $1', [referral]))[0]
        ?.subject ?? '';
    const { referral } = await between('kosodate', 'hogo', true);
    open = { referral, person: await personOf(referral) };
    const waiting = await between('kosodate', 'hogo', false);
    held = { referral: waiting.referral, person: await personOf(waiting.referral) };
    const { body } = await desks.send(desks.at.shogai, 'notification', 'hogo', {
      ...{ purpose: 'abuse_response', statute: 'disability_abuse', howTheyMeet: undefined, personInformed: undefined },
      phoned: phoned(),
      subject: { ref: 'subject', role: 'subject', identifiers: [], items: { abuse: { note: 'あざがある。' } } },
    });
    notified = { referral: body.id as string, person: await personOf(body.id as string) };
    // Each is looked at by its own desk.
    const looks = [
      ['kosodate', open],
      ['kosodate', held],
      ['shogai', notified],
    ] as const;
    for (const [desk, of] of looks)
      await desks.under.rows(
        `insert into audit_entry (at, actor, function, action, object_kind, object, details)
         select now(), 'staff:01900000-0000-7000-8000-000000000009', $1, kind || '.read', kind, object, '{"what": "facts"}'
         from (values ('referral', $2), ('person', $3)) as v (kind, object)`,
        [desks.functions[desk], of.referral, of.person],
      );
  });
  afterAll(() => desks?.close());

  const page = async (by: Api, query = '') => {
    const { status, body } = await by('GET', `/audit${query}`);
    expect(status).toBe(200);
    return body as AuditPage;
  };
  const on = async (by: Api, object: string) => (await page(by, `?object=${object}&limit=200`)).items;
  const written = async (object: string) =>
    (
      await desks.under.rows<{ n: number }>(
        `select count(*)::int as n from audit_entry where object = $1 and object_kind <> 'audit'`,
        [object],
      )
    )[0]?.n;

  it('is that somebody has looked, by ids', async () => {
    for (const by of [auditor, officer]) {
      const lines = await on(by, open.referral);
      expect(lines.map((l) => l.action)).toEqual(expect.arrayContaining(['referral.read']));
      const looks = (await on(by, open.person)).filter((l) => l.action === 'person.read');
      expect(looks[0]).toMatchObject({ actor: expect.stringMatching(/^staff:/), function: desks.functions.kosodate });
    }
  });

  it.each(['held', 'notified'] as const)('is nothing of what is %s, nor of whoever it is about', async (what) => {
    const { referral, person } = what === 'held' ? held : notified;
    // There is something.
    expect(await written(referral)).toBeGreaterThan(0);
    expect(await written(person)).toBeGreaterThan(0);
    for (const by of [auditor, officer]) {
      const found = [...(await on(by, referral)), ...(await on(by, person))].filter((l) => l.objectKind !== 'audit');
      expect(found).toEqual([]);
    }
  });

  it('is of seals only for whoever unseals', async () => {
    await desks.under.rows(
      `insert into audit_entry (at, actor, function, action, object_kind, object, details)
       select now(), 'staff:test', $2, a, 'person', $1, '{}' from unnest(array['person.sealed', 'person.endangered', 'person.reminded']) a`,
      [open.person, desks.functions.kosodate],
    );
    const kinds = async (by: Api) => (await on(by, open.person)).map((l) => l.action);
    expect(await kinds(officer)).toContain('person.sealed');
    expect(await kinds(auditor)).not.toContain('person.sealed');
    for (const by of [auditor, officer])
      for (const never of ['person.endangered', 'person.reminded']) expect(await kinds(by)).not.toContain(never);
  });

  it('has no text in it, whatever was written beside', async () => {
    await desks.under.rows(
      `insert into audit_entry (at, actor, action, object_kind, object, details)
       values (now(), 'staff:test', 'plugin.row_closed', 'quarantined_row', 'a-row', $1)`,
      [{ code: 'E-DATE', reason: '見本 花子さんの件', plugin: '見本 花子', row: '090-1234-5678' }],
    );
    expect((await on(auditor, 'a-row'))[0]?.details).toEqual({ code: 'E-DATE' });
  });

  it('is newest first, page by page, by what was done, by whom, to what and when', async () => {
    const all: AuditLine[] = [];
    let next: string | undefined;
    do {
      const { items, next: more }: AuditPage = await page(
        auditor,
        `?limit=7${next === undefined ? '' : `&cursor=${next}`}`,
      );
      all.push(...items);
      next = more;
    } while (next !== undefined);
    const numbers = all.map((l) => l.line);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => b - a));
    const seen = (await page(auditor, '?group=seen&limit=200')).items;
    expect(new Set(seen.map((l) => l.action))).toEqual(new Set(['referral.read', 'person.read']));
    const actor = seen[0]?.actor ?? '';
    expect((await page(auditor, `?actor=${actor}`)).items.every((l) => l.actor === actor)).toBe(true);
    expect((await page(auditor, '?objectKind=person')).items.every((l) => l.objectKind === 'person')).toBe(true);
    expect((await page(auditor, '?to=2020-01-01')).items).toEqual([]);
    expect((await page(auditor, '?from=2020-01-01&action=person.read')).items.length).toBeGreaterThan(0);
  });

  it('has words for everything that is shown', async () => {
    const steps = Object.keys({ ...actionNames, ...coreStepNames, ...besideStepsNames }).map((s) => `referral.${s}`);
    const acts = new Set([...Object.keys(auditActionNames), ...steps]);
    const { items } = await page(officer, '?limit=200');
    expect(items.length).toBeGreaterThan(20);
    expect(items.map((l) => l.action).filter((action) => !acts.has(action))).toEqual([]);
    expect(items.map((l) => l.objectKind).filter((kind) => !(kind in auditKindNames))).toEqual([]);
    expect(items.flatMap((l) => Object.keys(l.details)).filter((name) => !(name in auditDetailNames))).toEqual([]);
  });

  it('says who it was by the name of today, and keeps the id', async () => {
    const [one] = await desks.under.rows<{ id: string; login: string }>(
      `select id, login from staff where login = 'caseworker.kaigo'`,
    );
    const actor = `staff:${one?.id}`;
    await desks.under.rows(
      `insert into audit_entry (at, actor, action, object_kind, object, details) select now(), a, 'audit.read', 'audit', 'called', '{}'
       from unnest(array[$1, 'staff:nobody', 'client:kaigo', 'hub']) a`,
      [actor],
    );
    const called = async () =>
      new Map((await on(auditor, 'called')).filter((l) => 'called' === l.object).map((l) => [l.actor, l.actorName]));
    await desks.under.rows(`update staff set name = '試験　一' where id = $1`, [one?.id]);
    expect((await called()).get(actor)).toBe('試験　一');
    await desks.under.rows(`update staff set name = '試験　二' where id = $1`, [one?.id]);
    const names = await called();
    expect(names.get(actor)).toBe('試験　二');
    for (const unknown of ['staff:nobody', 'client:kaigo', 'hub'])
      expect([unknown, names.has(unknown), names.get(unknown)]).toEqual([unknown, true, undefined]);
    const written = await desks.under.rows<{ n: number }>(
      `select count(*)::int as n from audit_entry where to_jsonb(audit_entry)::text like '%試験%'`,
    );
    expect(written[0]?.n).toBe(0);
  });

  it('is a line itself: whoever audits is audited', async () => {
    await page(auditor, `?object=${open.person}`);
    const [last] = (await page(officer, '?action=audit.read')).items;
    expect(last).toMatchObject({ objectKind: 'audit', object: open.person });
  });

  it('is for nobody else', async () => {
    for (const who of ['coordinator', 'it_admin', 'approver']) {
      const other = await desks.under.as({ role: who });
      for (const path of ['/audit', '/audit/checkpoints']) expect((await other('GET', path)).status).toBe(403);
    }
  });

  it('is how far the chain stands, and whether it was signed by this hub', async () => {
    const stands = async () => (await auditor('GET', '/audit/checkpoints?limit=2')).body as AuditCheckpoints;
    const last = async () => (await desks.under.rows<{ n: string }>('select max(id) as n from audit_entry'))[0]?.n;
    await waitFor(async () => (await stands()).chain.sealedUpTo === Number(await last()), {
      what: 'the chain to be at its end',
    });
    await waitFor(async () => (await stands()).items.length > 0, { what: 'a checkpoint' });
    const { chain, items } = await stands();
    expect(chain).toMatchObject({ lagSeconds: 0, secondPlace: 'ok', lastCheckpoint: { verified: 'good' } });
    const { body } = await desks.under.http().get('/.well-known/audit-keys.json');
    expect((body as { keys: { kid: string }[] }).keys.map((k) => k.kid)).toEqual([items[0]?.kid]);
    await desks.under.rows(
      `insert into audit_checkpoint select seal + 1000000, up_to, hash, at, kid, signature from audit_checkpoint order by seal desc limit 1`,
    );
    expect((await stands()).items[0]).toMatchObject({ verified: 'bad' });
  });
});
