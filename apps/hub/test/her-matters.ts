// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { waitFor } from '@tsunagi/testing';
import type { Api } from './sign-in';
import { aSubmission } from './submissions';
import { withoutConsent, type Sent, type TwoDesks } from './two-desks';

const everything = ['identity', 'contact', 'contact_wishes', 'concern', 'education', 'narrative'];
/** What is on file of somebody who must not be found. */
export const herItems = {
  identity: { name: '見本　月子', birthDate: '1990-01-02' },
  contact: { address: '見本県見本市秘町一丁目1番', telephone: '000-000-0001' },
  contact_wishes: { number: '000-000-0002', letters: true, safe: true as const },
  concern: { boxes: [] },
  education: { school: '見本秘小学校', note: '送り迎えは母。' },
  narrative: { fact: '秘町に移った。' },
};
const whereabouts = ['秘町', '000-000-0001', '秘小学校'];

export const told = ({ status, body }: { status: number; body: any }) => [status, body?.code];
export const holdsNone = (what: unknown, words = whereabouts) =>
  expect(words.filter((w) => JSON.stringify(what).includes(w))).toEqual([]);
export const seal = (who: Api, person: string, more: object = {}) =>
  who('POST', `/persons/${person}/seal`, { ground: 'shien_sochi', from: '2026-01-01', ...more });
export const unseal = (who: Api, person: string, body: object) => who('POST', `/persons/${person}/unseal`, body);
export const todos = async (who: Api, kind: string) =>
  (await who('GET', `/todos?kind=${kind}`)).body.items as { id: string; person?: string; referralId?: string }[];

/** What is done with somebody who must not be found, at the desks of one suite. */
export function herMatters(desks: () => TwoDesks) {
  let count = 880000;
  const insured = () => `0000${(count += 1)}`;
  const about = (more: object = {}, over: Parameters<typeof aSubmission>[0] = {}) => {
    const submission = withoutConsent({ insured: insured(), ...over });
    return { ...submission, subject: { ...submission.subject, items: herItems, ...more } };
  };
  return {
    everything,
    insured,
    about,
    /** She waits at her desk for a consent. */
    async waits(submission = about()) {
      const { referralId, ...answer } = await desks().submit(submission);
      return { referralId, answer, person: await desks().personOf(referralId) };
    },
    next: async (type: 'referral.sent.v1' | 'referral.supplemented.v1', referral: string) =>
      (await desks().konkyu.takeNext(type, referral)).data as Sent,
    arrived: (referral: string) =>
      waitFor(async () => (await desks().view(desks().sender, referral)).state === 'received', {
        what: 'it to be there',
      }),
    allowed: (person: string) => desks().consent(person, { categories: everything as never }),
  };
}
