// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import type { MemberItems } from '@tsunagi/domain';
import { waitFor } from '@tsunagi/testing';
import { seal } from '../../../test/her-matters';
import { signIn, type Api } from '../../../test/sign-in';
import { aSubmission } from '../../../test/submissions';
import { withoutConsent, type TwoDesks } from '../../../test/two-desks';

/** What there is to open, by what it is. */
export interface Something {
  /** Sent with the form's consent, arrived at 生活困窮. */
  readonly referral: string;
  readonly person: string;
  /** Waits for a consent. */
  readonly waits: string;
  /** Waits for the approver's word. */
  readonly grounded: string;
  /** Somebody who must not be found; a second person is asked whether her name may be seen. */
  readonly hidden: string;
  /** A write into the system of 生活困窮, which its desk has not seen yet. */
  readonly proposal: string;
  /** Open; 多機関協働 holds it, 介護 was called and has entered an item. */
  readonly conference: string;
  readonly incident: string;
  /** Two may be one, the desk says. */
  readonly doubted: string;
}

/** Words that stand nowhere else, so that they are known again wherever they come out. */
export interface Words {
  readonly items?: MemberItems;
  readonly insured?: string;
  readonly inConference: string;
  readonly ofGround: string;
  readonly ofReveal: string;
  /** Of the 個人情報保護担当 about the incident. */
  readonly ofNote: string;
  /** Of the sender's desk about the same. */
  readonly ofDesksNote: string;
}

/** Where nobody looks for them. */
export const plainWords: Words = {
  inConference: '家賃を三か月払っていない。',
  ofGround: '暖房がなく、様子がおかしい。',
  ofReveal: 'ご本人から電話があり、折り返すため。',
  ofNote: '宛先を取り違えた。',
  ofDesksNote: 'お二人とも来所されていた。',
};

const must = async (asked: Promise<{ status: number; body: any }>, what: string) => {
  const { status, body } = await asked;
  if (status >= 300) throw new Error(`${what}: ${status} ${body?.code} ${body?.errors?.[0]?.pointer ?? ''}`);
  return body;
};

/** A municipality in which every page has something to show, made as those who work there make it. */
export async function somethingEverywhere(desks: TwoDesks, words: Words): Promise<Something> {
  const { under, sender, recipient, konkyu } = desks;
  const { items, insured } = words;
  const own = { ...(items && { items }), ...(insured !== undefined && { insured }) };
  const arrived = async (over: Parameters<typeof aSubmission>[0] = {}) => {
    const { referralId } = await desks.submit(aSubmission(over));
    await konkyu.takeNext('referral.sent.v1', referralId);
    return referralId;
  };
  const referral = await arrived(own);
  const person = await desks.personOf(referral);
  const waits = (await desks.submit(withoutConsent(own))).referralId;
  const grounded = (await desks.submit(withoutConsent())).referralId;
  const ground = {
    ...{ code: 'emergency', persons: ['subject'], categories: ['identity', 'concern'] },
    ...{ reason: words.ofGround, whyNoConsent: 'not_reached' },
  };
  await must(sender('POST', `/referrals/${grounded}/grounds`, ground), 'ground');
  await konkyu.takeNext('referral.sent.v1', grounded);
  const single = {
    ...{ code: 'benefit_of_person', persons: ['subject'], categories: ['identity'], harmsNobody: true },
    ...{ reason: words.ofGround, whyNoConsent: 'not_reached' },
  };
  const once = (await desks.submit(withoutConsent())).referralId;
  await must(sender('POST', `/referrals/${once}/grounds`, single), 'ground of a single case');

  const wrong = await arrived();
  const misdirected = { what: 'wrong_person', reason: '生年月日が違います。' };
  await must(desks.act(recipient, wrong, 'misdirected', misdirected), 'misdirected');
  const doubtful = await arrived();
  const doubted = await desks.personOf(doubtful);
  const doubt = { referrals: [doubtful], identifiers: [], reason: 'wrong_person' };
  await must(sender('POST', `/persons/${doubted}/doubt`, doubt), 'doubt');
  const officer = await under.as({ role: 'privacy_officer' });
  const incident = (await must(officer('GET', '/incidents'), 'incidents')).items[0].id as string;
  await must(officer('POST', `/incidents/${incident}/notes`, { text: words.ofNote }), 'note');
  await must(sender('POST', `/incidents/${incident}/notes`, { text: words.ofDesksNote }), 'note of the desk');
  const request = { person, askedBy: 'self', askedOn: '2026-11-01', identity: 'photo_document' };
  await must(sender('POST', '/disclosure-requests', request), 'disclosure request');

  const hidden = (await desks.submit(withoutConsent())).referralId;
  await must(seal(sender, await desks.personOf(hidden)), 'seal');
  const reveal = { purpose: 'contact', reason: words.ofReveal };
  await must(sender('POST', `/referrals/${hidden}/reveal-requests`, reveal), 'reveal request');

  return {
    ...{ referral, person, waits, grounded, hidden, incident, doubted },
    conference: await conferenceAbout(person, desks, words.inConference),
    // From here on nothing goes to 生活困窮 by itself.
    proposal: await machinesInTrouble(desks),
  };
}

async function conferenceAbout(person: string, { under, sender, functions }: TwoDesks, text: string): Promise<string> {
  const { items: all } = await must(sender('GET', '/desk-functions?limit=500'), 'desks');
  const takikan = all.find((f: { domain: string }) => f.domain === 'takikan').id as string;
  const host = await signIn(under.hub.baseUrl, under.access, { name: 'caseworker.takikan' });
  const staffOf = async (login: string) =>
    (await under.rows<{ id: string }>('select id from staff where login = $1', [login]))[0]!.id;
  const step = async (who: Api, action: string, facts: object = {}) => {
    const { version } = await must(who('GET', `/conferences/${id}`), 'conference');
    return must(who('POST', `/conferences/${id}/${action}`, facts, { 'if-match': String(version) }), action);
  };
  const proposed = {
    kind: 'shien_kaigi',
    to: takikan,
    persons: [person],
    reason: 'ご近所から心配の声があり、支援決定に要る。',
  };
  const { id } = await must(sender('POST', '/conferences', proposed), 'conference');
  const [chair, worker] = [await staffOf('caseworker.takikan'), await staffOf('caseworker.kaigo')];
  const seat = { mode: 'in_person' };
  await step(host, 'call', {
    members: [
      { ...seat, function: takikan, staff: chair, attendance: 'obligatory' },
      { ...seat, function: functions.kaigo, staff: worker, attendance: 'invited' },
    ],
    on: new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10),
    chair,
  });
  await step(host, 'acknowledge');
  await step(sender, 'acknowledge');
  await step(host, 'open');
  await step(sender, 'add-item', { person, category: 'concern', text });
  return id as string;
}

/** A row that waits, a delivery given up, a check that has found something, and a write that nobody has seen yet. */
async function machinesInTrouble(desks: TwoDesks): Promise<string> {
  const { under, kaigo, konkyu } = desks;
  const it = await under.as({ role: 'it_admin' });
  const file = 'a3'.repeat(32);
  const row = { file, row: 2, code: 'E-CD-HOKENSHA', field: 6 };
  await kaigo.say('rows.quarantined.v1', { items: [{ itemId: `${file}/2`, row }] });
  const { referralId: lost } = await desks.submit();
  const { deliveryId } = (await konkyu.next('referral.sent.v1', lost)).data as { deliveryId: string };
  await konkyu.receipt(deliveryId, 'failed', { code: 'TABLE_MISSING', retryable: false });
  konkyu.finds = [{ name: '接続', ok: false, code: 'NO_ROUTE', hint: 'サーバーの名前を確かめてください。' }];
  await must(it('POST', '/plugins/konkyu/check'), 'check');
  await waitFor(
    async () =>
      (await under.rows('select 1 from quarantined_row')).length === 1 &&
      (await under.rows(`select 1 from delivery where state = 'parked'`)).length === 1,
    { what: 'machines in trouble' },
  );
  const { configVersion } = await must(it('GET', '/plugins/konkyu'), 'konkyu');
  const writes = { writes: 'confirmed' };
  await must(it('PUT', '/plugins/konkyu/config', writes, { 'if-match': String(configVersion) }), 'settings');
  const { referralId } = await desks.submit(aSubmission({ key: `00990010/${randomUUID().slice(0, 8)}` }));
  await waitFor(async () => (await desks.recipient('GET', '/proposals')).body.items.length > 0, { what: 'a proposal' });
  return referralId;
}
