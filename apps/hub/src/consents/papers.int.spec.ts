// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices } from '@tsunagi/testing';
import { addDays, japaneseDay } from '@tsunagi/domain';
import type { Api } from '../../test/sign-in';
import { twoDesks, withoutConsent, type TwoDesks } from '../../test/two-desks';

const today = japaneseDay(new Date());
const tomorrow = addDays(today, 1);

describeWithServices(['postgres'], 'papers that people sign', () => {
  let desks: TwoDesks;
  let officer: Api;
  let insured = 890000;
  beforeAll(async () => {
    desks = await twoDesks();
    officer = await desks.under.as({ role: 'privacy_officer' });
  });
  afterAll(() => desks?.close());

  const aForm = (version: string, more: object = {}) => ({
    version,
    title: '個人情報の提供に関する同意書',
    profile: { categories: ['identity', 'care_level'], purposes: ['consultation'], days: 90, feedback: 'state' },
    parts: ['personal_data'],
    wording: '私は、下の項目を伝えることに同意します。',
    plainWording: 'あなたの ことを 伝(つた)えて いいですか。',
    ...more,
  });
  const draft = async (version: string, more: object = {}) => {
    const { status, body } = await desks.sender('POST', '/consent-forms', aForm(version, more));
    expect([status, body.code]).toEqual([201, undefined]);
    return body as { id: string; revision: number };
  };
  const at = (revision: number) => ({ 'if-match': `"${revision}"` });
  const approve = async ({ id, revision }: { id: string; revision: number }, who = officer) =>
    who('POST', `/consent-forms/${id}/approve`, undefined, at(revision));
  const retire = async (id: string, revision: number, from?: string) =>
    officer('POST', `/consent-forms/${id}/retire`, from === undefined ? {} : { from }, at(revision));
  const someone = async (more: object = {}) => {
    const { referralId } = await desks.submit(withoutConsent({ insured: `0000${(insured += 1)}`, ...more }));
    return { referral: referralId, person: await desks.personOf(referralId) };
  };
  const consents = (person: string, formVersion: string, more: object = {}) =>
    desks.consent(person, {}, { formVersion, ...more });
  const stateOf = async (referral: string) => (await desks.view(desks.sender, referral)).state as string;
  const arrived = () => desks.konkyu.takeNext('referral.sent.v1');

  it('bear no consent before the 個人情報保護担当 has approved them', async () => {
    const { person } = await someone();
    const form = await draft('T-1');
    await expect(consents(person, 'T-1')).rejects.toThrow('422 FORM_NOT_APPROVED');
    const sheet = await desks.sender('GET', `/consent-forms/${form.id}/sheet`);
    expect([sheet.status, sheet.body.code]).toEqual([422, 'FORM_NOT_APPROVED']);
    expect((await approve(form, desks.sender)).status).toBe(403);
    const approved = await approve(form);
    expect([approved.status, approved.body]).toMatchObject([
      200,
      { approvedOn: today, inForce: true, keepsPaper: false, revision: 2 },
    ]);
    expect((await approve(form)).body.code).toBe('VERSION_CONFLICT');
    await consents(person, 'T-1');
    await arrived();
  });

  it('are drafted by a desk for itself and by IT for any, each version once', async () => {
    const it = await desks.under.as({ role: 'it_admin' });
    expect((await it('POST', '/consent-forms', aForm('T-2'))).body.code).toBe('FUNCTION_NEEDED');
    const its = await it('POST', '/consent-forms', aForm('T-2', { function: desks.functions.konkyu }));
    expect([its.status, its.body.function]).toEqual([201, desks.functions.konkyu]);
    const theirs = await desks.sender('POST', '/consent-forms', aForm('T-2', { function: desks.functions.konkyu }));
    expect([theirs.status, theirs.body.code]).toEqual([404, 'NOT_FOUND']);
    await draft('T-2');
    expect((await desks.sender('POST', '/consent-forms', aForm('T-2'))).body.code).toBe('ALREADY_THERE');
  });

  it('are not approved by whoever has drafted them', async () => {
    const form = await draft('T-3');
    const [{ id }] = (await desks.under.rows<{ id: string }>(
      `select id from staff where login = 'privacy_officer'`,
    )) as [{ id: string }];
    await desks.under.rows('update consent_form set drafted_by = $2 where id = $1', [form.id, `staff:${id}`]);
    const own = await approve(form);
    expect([own.status, own.body.code]).toEqual([403, 'OWN_DRAFT']);
  });

  it('say on the sheet what the person is asked, in plain Japanese as well', async () => {
    const form = await draft('T-4', { script: '読み上げます。', givers: ['self', 'legal_guardian'] });
    await approve(form);
    expect((await desks.recipient('GET', `/consent-forms/${form.id}/sheet`)).body).toEqual({
      version: 'T-4',
      title: '個人情報の提供に関する同意書',
      function: expect.objectContaining({ domain: 'kaigo' }),
      parts: [{ code: 'personal_data', name: '個人情報の取扱い' }],
      wording: '私は、下の項目を伝えることに同意します。',
      plainWording: 'あなたの ことを 伝(つた)えて いいですか。',
      script: '読み上げます。',
      categories: [
        { code: 'identity', name: '氏名・生年月日・性別', sensitive: false },
        { code: 'care_level', name: '要介護度', sensitive: true },
      ],
      purposes: [expect.objectContaining({ code: 'consultation' })],
      feedback: expect.objectContaining({ code: 'state' }),
      givers: [
        { code: 'self', name: '本人' },
        { code: 'legal_guardian', name: '親権者・未成年後見人' },
      ],
      days: 90,
      approvedOn: today,
    });
  });

  it('are borne by those alone for whom they are', async () => {
    const { person } = await someone();
    await approve(await draft('T-5', { givers: ['adult_guardian'] }));
    await expect(consents(person, 'T-5')).rejects.toThrow('422 GIVER_NOT_ENTITLED');
    await consents(person, 'T-5', { giver: 'adult_guardian', capacity: { document: '登記事項証明書' } });
    await arrived();
  });

  it('without a script are nothing to read out', async () => {
    const { person } = await someone();
    await approve(await draft('T-6'));
    const oral = {
      by: '見本　太郎',
      at: `${today}T00:00:00+09:00`,
      categories: ['identity', 'concern'],
      recipients: [{ domain: 'konkyu' }],
      recognisedBy: '面談',
    };
    await expect(consents(person, 'T-6', { manner: 'oral_recorded', oral })).rejects.toThrow('422 SCRIPT_MISSING');
  });

  it('end for what is said from then on, and what was said on them stands', async () => {
    const { person } = await someone();
    const form = await draft('T-7');
    await approve(form);
    expect((await retire(form.id, 2, addDays(today, -1))).body.code).toBe('PERIOD_PAST');
    expect((await retire(form.id, 2, tomorrow)).body).toMatchObject({ inForce: true, retiredOn: tomorrow });
    await consents(person, 'T-7');
    await arrived();
    expect((await retire(form.id, 3)).body).toMatchObject({ inForce: false, retiredOn: today });
    expect((await retire(form.id, 4, tomorrow)).body.code).toBe('PERIOD_PAST');
    const other = await someone();
    await expect(consents(other.person, 'T-7')).rejects.toThrow('422 FORM_NOT_APPROVED');
    // It was signed while the form was in force.
    const { consents: onFile } = (await desks.sender('GET', `/persons/${person}/consents`)).body;
    expect(onFile).toMatchObject([{ status: 'active', formVersion: 'T-7' }]);
  });

  it('stand for the code of a system only where the desk keeps them', async () => {
    await approve(await draft('T-8', { parts: ['application', 'personal_data'] }));
    await approve(await draft('T-9', { keepsPaper: true }));
    const asserted = (formVersion: string) => ({ asserted: { code: '1', formVersion, on: today } });
    const loose = await desks.submit(
      withoutConsent({ insured: `0000${(insured += 1)}`, ...asserted('T-8') } as object),
    );
    expect(loose).toMatchObject({ outcome: 'held', codes: expect.arrayContaining(['ASSERTED_FORM_UNKNOWN']) });
    const kept = await desks.submit(withoutConsent({ insured: `0000${(insured += 1)}`, ...asserted('T-9') } as object));
    expect(kept.outcome).toBe('accepted');
    await arrived();
  });

  it('of a child are signed by a guardian, as far as a code may stand for them; file and row are the evidence', async () => {
    await approve(await draft('T-11', { keepsPaper: true }));
    await approve(await draft('T-12', { keepsPaper: true, givers: ['legal_guardian'] }));
    const born = addDays(today, -3 * 365);
    const file = 'ab'.repeat(32);
    const child = (formVersion: string) => {
      const submission = withoutConsent({
        insured: `0000${(insured += 1)}`,
        items: { identity: { name: '見本　一子', birthDate: born } },
        asserted: { code: '1', formVersion, on: today },
      });
      return desks.submit({ ...submission, source: { ...submission.source, file, row: 12 } });
    };
    const own = await child('T-11');
    expect(own).toMatchObject({ outcome: 'held', codes: expect.arrayContaining(['GIVER_NOT_ENTITLED']) });
    const signed = await child('T-12');
    expect(signed.outcome).toBe('accepted');
    await arrived();
    const person = await desks.personOf(signed.referralId);
    expect((await desks.sender('GET', `/persons/${person}/consents`)).body.consents).toMatchObject([
      {
        giver: 'legal_guardian',
        manner: 'asserted_by_system',
        evidence: { reference: '12行目', sha256: file },
        entitledUntil: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
      },
    ]);
  });

  describe('申込', () => {
    const apply = (who: Api, person: string, more: object = {}) =>
      who('POST', `/persons/${person}/applications`, { service: '多機関協働', ...more });

    it('is no consent: it permits nothing, and its withdrawal takes nothing back', async () => {
      await approve(await draft('T-10', { parts: ['application'] }));
      const { person, referral } = await someone();
      const evidence = { reference: '申込書綴 2026-11' };
      const applied = await apply(desks.sender, person, { formVersion: 'T-10', evidence });
      expect(applied.status).toBe(201);
      expect(await stateOf(referral)).toBe('awaiting_authority');
      await expect(consents(person, 'T-10')).rejects.toThrow('422 FORM_NOT_APPROVED');
      const { decision } = (await desks.sender('POST', '/disclosures/preview', { referralId: referral })).body;
      expect(decision).toMatchObject({ outcome: 'hold', reasons: expect.arrayContaining(['CONSENT_MISSING']) });

      await desks.consent(person);
      await arrived();
      expect((await desks.sender('POST', `/applications/${applied.body.id}/withdraw`, {})).status).toBe(204);
      const { consents: onFile } = (await desks.sender('GET', `/persons/${person}/consents`)).body;
      expect(onFile).toMatchObject([{ status: 'active' }]);
      const { items } = (await desks.sender('GET', `/persons/${person}/applications`)).body;
      expect(items).toEqual([
        {
          id: applied.body.id,
          service: '多機関協働',
          appliedOn: today,
          formVersion: 'T-10',
          evidence,
          recordedAt: expect.any(String),
          withdrawnOn: today,
        },
      ]);
    });

    it('is the function’s own, of persons whom it knows', async () => {
      const { person } = await someone();
      const { body } = await apply(desks.sender, person);
      const foreign = await apply(desks.recipient, person);
      expect([foreign.status, foreign.body.code]).toEqual([404, 'NOT_FOUND']);
      expect((await desks.recipient('GET', `/persons/${person}/applications`)).body.items).toEqual([]);
      expect((await desks.recipient('POST', `/applications/${body.id}/withdraw`, {})).status).toBe(404);
    });

    it('speaks of a 在留資格 only where whoever may clear it has written it', async () => {
      const { person } = await someone();
      const supervisor = await desks.under.as({ role: 'supervisor', function: desks.functions.kaigo });
      for (const [said, pointer] of [
        [{ service: '在留資格の相談' }, '/service'],
        [{ evidence: { reference: '在留カードの写しと同じ綴り' } }, '/evidence/reference'],
      ] as const) {
        const refused = await apply(desks.sender, person, said);
        expect([refused.status, refused.body.errors]).toMatchObject([
          422,
          [{ code: 'RESIDENCE_STATUS_TEXT', pointer }],
        ]);
        expect((await apply(supervisor, person, said)).status).toBe(201);
      }
      expect((await desks.sender('GET', `/persons/${person}/applications`)).body.items).toHaveLength(2);
    });

    it('stands on a form that has such a part, where it names one', async () => {
      const { person } = await someone();
      expect((await apply(desks.sender, person, { formVersion: 'D-2026-1' })).body.code).toBe('FORM_NOT_APPROVED');
    });
  });
});
