// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { japaneseDay } from '@tsunagi/domain';
import type { ManyDesks } from './many-desks';
import type { Api } from './sign-in';

export const today = japaneseDay(new Date());
export const reason = 'ご近所から心配の声があり、ご本人は会うことを望まない。支援決定に要る。';
export const refusal = ({ status, body }: { status: number; body: any }) => [
  status,
  body?.errors?.[0]?.code ?? body?.code,
];
export const item = (person: string, over: object = {}) => ({
  person,
  category: 'concern',
  text: '家賃を三か月払っていない。',
  ...over,
});

const places = ['kaigo', 'konkyu', 'shogai', 'kosodate', 'takikan', 'hogo'] as const;
type Place = (typeof places)[number];

/** Conferences that 介護 proposes to 多機関協働, and what those who sit there do. */
export function conferring(desks: () => ManyDesks) {
  /** Ids of the caseworkers who are signed in, by desk. */
  const staff: Record<string, string> = {};

  async function seated(): Promise<void> {
    for (const place of places) {
      const { under, functions } = desks();
      const { name } = under.access.staff.find(
        (s) => s.role === 'caseworker' && s.functions.includes(functions[place]),
      )!;
      const [row] = await under.rows<{ id: string }>('select id from staff where login = $1', [name]);
      staff[place] = row!.id;
    }
  }
  const seat = (place: Place, over: object = {}) => ({
    function: desks().functions[place],
    staff: staff[place],
    attendance: 'invited',
    mode: 'in_person',
    ...over,
  });
  /** A referral of 介護 that waits for a consent, so that nobody else knows of him. */
  async function somebody(): Promise<{ referral: string; person: string }> {
    const { kaigo } = desks().at;
    const { body } = await desks().send(kaigo, 'referral', 'konkyu');
    return { referral: body.id, person: (await desks().view(kaigo, body.id)).body.person };
  }
  async function act(who: Api, id: string, action: string, facts: object = {}, version?: number) {
    const seen = version ?? (await who('GET', `/conferences/${id}`)).body?.version ?? 1;
    return who('POST', `/conferences/${id}/${action}`, facts, { 'if-match': String(seen) });
  }
  async function must(...asked: Parameters<typeof act>): Promise<any> {
    const answer = await act(...asked);
    expect([asked[2], answer.status, answer.body?.code]).toEqual([asked[2], 200, undefined]);
    return answer.body;
  }
  const propose = (person: string | undefined, over: object = {}) =>
    desks().at.kaigo('POST', '/conferences', {
      kind: 'shien_kaigi',
      to: desks().functions.takikan,
      ...(person !== undefined && { persons: [person] }),
      reason,
      ...over,
    });
  /** Proposed, called and opened; each of these has acknowledged secrecy. */
  async function opened(
    person: string | undefined,
    called: readonly Place[] = ['kaigo', 'konkyu', 'shogai'],
    over: object = {},
  ): Promise<string> {
    const { at } = desks();
    const { body, status } = await propose(person, over);
    expect([status, body.code]).toEqual([201, undefined]);
    const members = [seat('takikan', { attendance: 'obligatory' }), ...called.map((p) => seat(p))];
    await must(at.takikan, body.id, 'call', { members, on: today, chair: staff['takikan'] });
    for (const place of ['takikan', ...called] as const) await must(at[place], body.id, 'acknowledge');
    await must(at.takikan, body.id, 'open');
    return body.id as string;
  }
  const seen = async (who: Api, id: string) => (await who('GET', `/conferences/${id}`)).body;
  const itemsSeen = async (who: Api, id: string) => (await seen(who, id)).items?.map((i: { text: string }) => i.text);

  return { staff, seated, seat, somebody, act, must, propose, opened, seen, itemsSeen };
}
