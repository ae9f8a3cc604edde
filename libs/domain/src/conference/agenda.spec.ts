// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  basisAt,
  coverage,
  itemsFor,
  mayReadMinutes,
  mayReadOfAll,
  type AgendaQuestion,
  type Attendee,
} from './agenda';
import {
  aConsent,
  anAuthority,
  aSittingRow,
  dayIn,
  houkatsu,
  jiritsu,
  mother,
  now,
  shogai,
  son,
  uuid,
} from '../../test/builders';
import {
  aConference,
  aConferenceItem,
  aSeat,
  atHoukatsu,
  atJiritsu,
  chairOfCase,
  fukushika,
} from '../../test/conference-builders';
import type { Party } from '../disclosure/party';
import type { DataCategory } from '../member/data-category';

const parties = [houkatsu, jiritsu, shogai, fukushika];
const question = (over: Partial<AgendaQuestion> = {}): AgendaQuestion => ({
  now,
  consents: [],
  refusals: [],
  authorities: [aSittingRow()],
  party: (id) => parties.find((p) => p.function === id) as Party,
  ...over,
});
const attendee = (seat: { staff: string; function: string }, over: Partial<Attendee> = {}): Attendee => ({
  ...seat,
  part: 0,
  acknowledged: true,
  ...over,
});
const items = [aConferenceItem(), aConferenceItem({ id: uuid(931), category: 'contact' })];
const seen = (...asked: Parameters<typeof itemsFor>) => itemsFor(...asked).map((i) => i.id);
/** 自立相談 may have what 地域包括 has said of these items. */
const consentTo = (...categories: DataCategory[]) => [
  aConsent({ scope: { ...aConsent().scope, categories, recipients: [{ function: jiritsu.function }] } }),
];

describe('the items of a 支援会議', () => {
  const conference = aConference({ items });

  it('are seen without a consent by members who have acknowledged secrecy, on the law of the sitting', () => {
    expect(seen(attendee(atJiritsu), conference, question())).toEqual([uuid(930), uuid(931)]);
    expect(seen(attendee(atJiritsu, { acknowledged: false }), conference, question())).toEqual([]);
  });

  it('are seen by nobody but their own desk while the row of its law is off', () => {
    const off = question({ authorities: [] });
    expect(seen(attendee(atJiritsu), conference, off)).toEqual([]);
    expect(seen(attendee(atHoukatsu), conference, off)).toEqual([uuid(930), uuid(931)]);
  });

  it('are not shared on a common purpose, which asks for no sitting', () => {
    const purpose = anAuthority({ kinds: ['inquiry'], categories: ['identity', 'concern', 'contact'] });
    expect(seen(attendee(atJiritsu), conference, question({ authorities: [purpose] }))).toEqual([]);
  });

  it('are shared no more once the day of the review has passed', () => {
    const at = (on: string) => seen(attendee(atJiritsu), { ...conference, reviewOn: on }, question());
    expect(at(dayIn(0))).toHaveLength(2);
    expect(at(dayIn(-1))).toEqual([]);
  });

  it('leave out, item by item, what gives a protected person’s whereabouts away', () => {
    const sealed = question({ seals: [{ id: uuid(960), person: mother }] });
    expect(seen(attendee(atJiritsu), conference, sealed)).toEqual([]);
    const checked = { ...conference, items: items.map((i) => ({ ...i, whereaboutsChecked: true })) };
    expect(seen(attendee(atJiritsu), checked, sealed)).toEqual([uuid(930)]);
  });

  it('are those of the attendee’s own part, and of these what was not erased', () => {
    const parted = aConference({
      kind: 'juso',
      parts: ['shien_chosei'],
      items: [aConferenceItem({ part: 1 }), aConferenceItem({ id: uuid(931), erased: true })],
    });
    expect(seen(attendee(atHoukatsu), parted, question())).toEqual([]);
    expect(seen(attendee(atHoukatsu, { part: 1 }), parted, question())).toEqual([uuid(930)]);
    expect(seen(attendee(atHoukatsu, { part: 2 }), parted, question())).toEqual([]);
  });
});

describe('on what an item of a conference is seen', () => {
  const brought = items[0] as (typeof items)[number];
  const basis = (over: Partial<AgendaQuestion>, state: ReturnType<typeof aConference>['state'] = 'open') =>
    basisAt(attendee(atJiritsu), aConference({ items, state }), question(over))(brought);

  it('is the law of its kind, whoever has consented beside it', () => {
    expect(basis({})).toBe('shien_kaigi');
    expect(basis({ consents: consentTo('identity', 'concern') })).toBe('shien_kaigi');
  });

  it('is the consent where the row of that law is off', () => {
    expect(basis({ authorities: [], consents: consentTo('identity', 'concern') })).toBe('consent');
  });

  it('is none of the two where nobody has consented and the law lets nothing out any more', () => {
    expect(basis({}, 'held')).toBeUndefined();
    expect(basis({ consents: consentTo('identity', 'concern') }, 'held')).toBe('consent');
  });
});

describe('what a tax desk brings to a 支援会議', () => {
  const taxDesk: Party = { ...houkatsu, functionType: 'tax' };
  const party = (id: string) =>
    id === houkatsu.function ? taxDesk : (parties.find((p) => p.function === id) as Party);
  const arrears = [aConferenceItem({ category: 'income_debt' })];
  const conference = aConference({ items: [...items, ...arrears].map((item, n) => ({ ...item, id: uuid(940 + n) })) });
  const row = aSittingRow({ categories: ['identity', 'concern', 'contact', 'income_debt'] });

  it('is seen on its law but for what 地方税法22条 keeps, which is seen on a consent', () => {
    const asked = question({ party, authorities: [row] });
    expect(seen(attendee(atJiritsu), conference, asked)).toEqual([uuid(940), uuid(941)]);
    const consents = consentTo('identity', 'concern', 'contact', 'income_debt');
    expect(seen(attendee(atJiritsu), conference, { ...asked, consents })).toEqual([uuid(940), uuid(941), uuid(942)]);
    expect(seen(attendee(atJiritsu), conference, question({ authorities: [row] }))).toHaveLength(3);
  });
});

describe('a conference that is not open', () => {
  const consents = consentTo('identity', 'concern', 'contact', 'narrative');

  it.each(['called', 'held'] as const)(
    '(%s) shows nobody what another desk has brought, on law or on consent',
    (state) => {
      const law = aConference({ items, state });
      expect(seen(attendee(atJiritsu), law, question({ consents }))).toEqual([]);
      expect(seen(attendee(atJiritsu), { ...law, kind: 'juso' }, question({ consents }))).toEqual([]);
      expect(seen(attendee(atHoukatsu), law, question())).toEqual([uuid(930), uuid(931)]);
    },
  );

  it('shows it again once it is open again', () => {
    const open = aConference({ items });
    expect(seen(attendee(atJiritsu), { ...open, state: 'called' }, question())).toEqual([]);
    expect(seen(attendee(atJiritsu), open, question())).toEqual([uuid(930), uuid(931)]);
  });

  it('says before it opens whom the consent does not cover', () => {
    const again = aConference({ kind: 'juso', items, state: 'called' });
    const uncovered = (q: AgendaQuestion) =>
      coverage(again, q).find((c) => c.attendee.function === jiritsu.function)?.uncovered;
    expect(uncovered(question())).toEqual([{ person: mother, categories: ['concern', 'contact'] }]);
    expect(uncovered(question({ consents }))).toEqual([]);
  });
});

describe('what is written of everybody who is discussed', () => {
  const reads = (conference: Parameters<typeof mayReadOfAll>[2], q: AgendaQuestion, who = attendee(atJiritsu)) =>
    mayReadOfAll(who, houkatsu.function, conference, q);
  const onLaw = question({ authorities: [aSittingRow({ categories: ['identity', 'narrative'] })] });

  it('is read on the law of a 支援会議 while it is open, by whoever has acknowledged secrecy', () => {
    const c = aConference();
    expect(reads({ ...c, state: 'called' }, onLaw)).toBe(false);
    expect(reads({ ...c, state: 'held' }, onLaw)).toBe(false);
    expect(reads(c, onLaw, attendee(atJiritsu, { acknowledged: false }))).toBe(false);
    expect(reads(c, question({ authorities: [] }))).toBe(false);
    expect(reads(c, onLaw)).toBe(true);
  });

  it('is read on a consent that covers the narrative of everybody, also when it was held', () => {
    const juso = aConference({ kind: 'juso' });
    const covered = question({ consents: consentTo('identity', 'narrative') });
    expect(reads(juso, question({ consents: consentTo('identity', 'concern') }))).toBe(false);
    expect(reads({ ...juso, persons: [mother, son] }, covered)).toBe(false);
    for (const state of ['called', 'open', 'held'] as const) expect(reads({ ...juso, state }, covered)).toBe(true);
  });

  it('is read at the desk that wrote it, and of a protected person nowhere else: nobody has looked through it', () => {
    const sealed = { ...onLaw, seals: [{ id: uuid(960), person: mother }] };
    expect(reads(aConference(), sealed)).toBe(false);
    expect(reads(aConference(), sealed, attendee(atHoukatsu))).toBe(true);
  });

  it('as minutes is for whoever may see all that was talked about', () => {
    const juso = aConference({ kind: 'juso', items, state: 'held' });
    const minutes = (...categories: DataCategory[]) =>
      mayReadMinutes(attendee(atJiritsu), houkatsu.function, juso, question({ consents: consentTo(...categories) }));
    expect(minutes('identity', 'narrative', 'concern')).toBe(false);
    expect(minutes('identity', 'concern', 'contact')).toBe(false);
    expect(minutes('identity', 'narrative', 'concern', 'contact')).toBe(true);
  });
});

describe('the agenda of a 重層的支援会議', () => {
  const juso = aConference({ kind: 'juso', items });

  it('shows whom the consent does not cover, and for what', () => {
    const shown = coverage(juso, question({ consents: consentTo('identity', 'concern') }));
    const of = (desk: string) => shown.find((s) => s.attendee.function === desk)?.uncovered;
    expect(of(jiritsu.function)).toEqual([{ person: mother, categories: ['contact'] }]);
    expect(of(fukushika.function)).toEqual([{ person: mother, categories: ['concern', 'contact'] }]);
    expect(of(houkatsu.function)).toEqual([]);
    expect(shown).toHaveLength(juso.members.length);
  });

  it('lets an attendee see no item until the consent covers all of them', () => {
    const part = question({ consents: consentTo('identity', 'concern') });
    expect(seen(attendee(atJiritsu), juso, part)).toEqual([]);
    const whole = question({ consents: consentTo('identity', 'concern', 'contact') });
    expect(seen(attendee(atJiritsu), juso, whole)).toEqual([uuid(930), uuid(931)]);
    expect(seen(attendee(chairOfCase), juso, whole)).toEqual([]);
  });

  it('shows each desk what it has brought itself', () => {
    expect(seen(attendee(atHoukatsu), juso, question())).toEqual([uuid(930), uuid(931)]);
  });

  it('borrows nothing from the law of a 支援会議', () => {
    expect(seen(attendee(atJiritsu), juso, question({ authorities: [aSittingRow()] }))).toEqual([]);
  });

  it('shares on the row of its own law where a municipality has switched that on', () => {
    const row = aSittingRow({ code: 'chiiki_care_kaigi' });
    const care = aConference({ kind: 'chiiki_care_kobetsu', items: [aConferenceItem()] });
    expect(seen(attendee(atJiritsu), care, question({ authorities: [row] }))).toEqual([uuid(930)]);
    expect(seen(attendee(atJiritsu), care, question())).toEqual([]);
  });

  it('has no line for the person, who signs in to nothing', () => {
    const withPerson = { ...juso, members: [...juso.members, { ...aSeat(atJiritsu), seat: undefined }] };
    expect(coverage(withPerson, question())).toHaveLength(juso.members.length);
  });
});
