// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { formFor } from './consent-form';
import { oralRecord, whyNotOral, type OralRecord } from './oral-consent';
import { aForm, houkatsu, shogai } from '../../test/builders';

const konkyu = { domain: 'konkyu' as const };
const form = aForm({ script: 'これからお話しする内容を、くらしの相談窓口に伝えてよいですか。' });
const anOral = (over: Partial<OralRecord> = {}): OralRecord => ({
  by: '見本　太郎',
  at: '2026-11-20T10:00:00+09:00',
  categories: ['identity', 'concern', 'health'],
  recipients: [konkyu],
  recognisedBy: '生年月日と住所を言ってもらった',
  ...over,
});
const why = (of: Partial<Parameters<typeof whyNotOral>[0]>, oral: OralRecord | undefined = anOral(), on = form) =>
  whyNotOral({ categories: ['identity', 'concern'], recipients: [konkyu], ...of }, oral, on);

describe('a consent by word of mouth', () => {
  it('stands on a record of what was read out', () => {
    expect(oralRecord.safeParse(anOral()).success).toBe(true);
    expect(why({})).toBeUndefined();
  });

  it('does not stand without a record, nor on a form without a script', () => {
    expect(whyNotOral({ categories: ['identity'], recipients: [konkyu] }, undefined, form)).toBe('SCRIPT_MISSING');
    expect(why({}, anOral(), aForm())).toBe('SCRIPT_MISSING');
  });

  it('reaches no item and no desk that was not read out', () => {
    expect(why({ categories: ['identity', 'contact'] })).toBe('SCRIPT_MISSING');
    expect(why({ recipients: [konkyu, { domain: 'hogo' }] })).toBe('SCRIPT_MISSING');
  });

  it('needs a second listener for 要配慮 items, whoever calls them so', () => {
    expect(why({ categories: ['identity', 'health'] })).toBe('SECOND_LISTENER_MISSING');
    expect(why({ categories: ['identity', 'health'] }, anOral({ secondListener: '見本　次郎' }))).toBeUndefined();
    const ours = anOral({ categories: ['identity', 'care_level'] });
    expect(why({ categories: ['identity', 'care_level'] }, ours)).toBe('SECOND_LISTENER_MISSING');
  });
});

describe('the form that a consent stands on', () => {
  const of = { function: houkatsu.function, version: 'KAIGO-1', part: 'personal_data', day: '2026-11-20' } as const;

  it('is the function’s own, in this version', () => {
    expect(formFor([aForm()], of)?.id).toBe(aForm().id);
    expect(formFor([aForm()], { ...of, version: 'KAIGO-2' })).toBeUndefined();
    expect(formFor([aForm()], { ...of, function: shogai.function })).toBeUndefined();
  });

  it('is approved by that day, and not retired yet', () => {
    const { approvedOn: _, ...draft } = aForm();
    expect(formFor([draft], of)).toBeUndefined();
    expect(formFor([aForm({ approvedOn: '2026-11-21' })], of)).toBeUndefined();
    expect(formFor([aForm({ approvedOn: '2026-11-20' })], of)).toBeDefined();
    expect(formFor([aForm({ retiredOn: '2026-11-20' })], of)).toBeUndefined();
    expect(formFor([aForm({ retiredOn: '2026-11-21' })], of)).toBeDefined();
  });

  it('has the part that is asked for: an application is no consent', () => {
    expect(formFor([aForm({ parts: ['application'] })], of)).toBeUndefined();
    expect(formFor([aForm({ parts: ['application', 'personal_data'] })], of)).toBeDefined();
  });
});
