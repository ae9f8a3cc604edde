// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addDays } from '@tsunagi/domain';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import { conferring, item, refusal, today } from '../../test/conferring';
import { manyDesks, type ManyDesks } from '../../test/many-desks';
import type { Api } from '../../test/sign-in';

describeWithServices(['postgres'], 'a conference out of which something is promoted', () => {
  let desks: ManyDesks;
  const { seated, somebody, act, must, opened, seen } = conferring(() => desks);
  let takikan: Api;
  let kaigo: Api;
  let konkyu: Api;
  let shogai: Api;

  beforeAll(async () => {
    desks = await manyDesks({});
    await seated();
    ({ takikan, kaigo, konkyu, shogai } = desks.at);
  });
  afterAll(() => desks?.close());

  const promote = (itemId: string, over: object = {}) => ({
    item: itemId,
    to: { domain: 'konkyu' },
    items: { concern: { boxes: ['income_work'] } },
    ...over,
  });

  it('S6: waits for the consent, then for its contributor, and is an ordinary draft of that desk', async () => {
    const { person, referral } = await somebody();
    const id = await opened(person);
    const { itemId } = await must(kaigo, id, 'add-item', item(person));
    const neighbour = await must(shogai, id, 'add-item', item(person, { text: '隣の方から聞いた。', informant: true }));
    expect(refusal(await act(shogai, id, 'promote', promote(itemId)))).toEqual([409, 'CONSENT_NEEDED']);
    await desks.consent(kaigo, referral, { recipients: [{ domain: 'konkyu' }] });
    expect(refusal(await act(shogai, id, 'promote', promote(neighbour.itemId)))).toEqual([422, 'NOT_PROMOTABLE']);
    await must(shogai, id, 'promote', promote(itemId));
    const agree = { item: itemId, agreed: true, identity: { name: '見本　花子' } };
    expect(refusal(await act(shogai, id, 'agree-promotion', agree))).toEqual([403, 'NOT_YOUR_PART']);
    const { referralId } = await must(kaigo, id, 'agree-promotion', agree);
    const draft = (await desks.view(kaigo, referralId)).body;
    expect(draft).toMatchObject({ state: 'draft', kind: 'referral', person });
    expect(draft.members[0].items).toEqual({
      identity: { name: '見本　花子' },
      concern: { boxes: ['income_work'] },
    });
    const [row] = await desks.under.rows('select conference, from_function from referral where id = $1', [referralId]);
    expect(row).toEqual({ conference: null, from_function: desks.functions.kaigo });
    expect(JSON.stringify(draft)).not.toContain('隣の方');
    // The draft is nobody else's, whoever sat there.
    expect((await desks.view(shogai, referralId)).status).toBe(404);
  });

  it('goes no further when its contributor says no', async () => {
    const { person, referral } = await somebody();
    const id = await opened(person);
    const { itemId } = await must(kaigo, id, 'add-item', item(person));
    await desks.consent(kaigo, referral, { recipients: [{ domain: 'konkyu' }] });
    await must(shogai, id, 'promote', promote(itemId));
    await must(kaigo, id, 'agree-promotion', { item: itemId, agreed: false });
    const { items } = (await kaigo('GET', `/conferences/${id}`)).body;
    expect(items[0].promotion).toBeUndefined();
  });

  describe('shows whoever has brought it', () => {
    const wish = (itemId: string, wishes: string) => promote(itemId, { items: { wishes: { wishes } } });
    const asked = async () => {
      const { person, referral } = await somebody();
      const id = await opened(person);
      const scope = { recipients: [{ domain: 'konkyu' as const }], categories: ['identity', 'wishes'] as const };
      await desks.consent(kaigo, referral, { ...scope, categories: [...scope.categories] });
      const { itemId } = await must(kaigo, id, 'add-item', item(person, { category: 'wishes', text: '望み。' }));
      await must(shogai, id, 'promote', wish(itemId, '会いたい。〔障害の話。〕'));
      return { id, itemId, person };
    };

    it('what would leave, to the letter, and where it would go; and nobody else', async () => {
      const { id, itemId } = await asked();
      const [{ leaving }] = (await seen(kaigo, id)).items;
      expect(leaving).toMatchObject({ to: { domain: 'konkyu' }, items: { wishes: { wishes: '会いたい。〔…〕' } } });
      for (const who of [takikan, konkyu, shogai]) expect((await seen(who, id)).items[0].leaving).toBeUndefined();
      const identity = { name: '見本　花子' };
      const { referralId } = await must(kaigo, id, 'agree-promotion', { item: itemId, agreed: true, identity });
      expect((await desks.view(kaigo, referralId)).body.members[0].items).toEqual({ ...leaving.items, identity });
      expect((await seen(kaigo, id)).items[0].leaving).toBeUndefined();
    });

    it('the last words in which it was asked for, and lets out no others', async () => {
      const { id, itemId } = await asked();
      const { version } = await seen(kaigo, id);
      await must(takikan, id, 'promote', wish(itemId, '家に居たい。'));
      const agree = { item: itemId, agreed: true, identity: { name: '見本　花子' } };
      expect((await act(kaigo, id, 'agree-promotion', agree, version)).status).toBe(412);
      expect((await seen(kaigo, id)).items[0].leaving.items).toEqual({ wishes: { wishes: '家に居たい。' } });
      const { referralId } = await must(kaigo, id, 'agree-promotion', agree);
      expect((await desks.view(kaigo, referralId)).body.members[0].items.wishes).toEqual({ wishes: '家に居たい。' });
    });

    it('the words of another desk, which has a line of the ledger', async () => {
      const { id, person } = await asked();
      const lines = () =>
        desks.under.rows(
          'select sender_function, authority, members from disclosure where conference = $1 and recipient_function = $2',
          [id, desks.functions.kaigo],
        );
      expect(await lines()).toEqual([]);
      for (let n = 0; n < 2; n += 1) await seen(kaigo, id);
      expect(await lines()).toEqual([
        {
          sender_function: desks.functions.shogai,
          authority: 'shien_kaigi',
          members: [{ ref: 'subject', person, categories: ['wishes'], consents: [] }],
        },
      ]);
    });

    it('the words of another desk once it was held, as its own: they rest on no consent, so the person’s page has no conference', async () => {
      const { id, person } = await asked();
      const held = { record: '見守る。', heldOn: today, reviewOn: addDays(today, 30) };
      await must(takikan, id, 'record', held);
      expect((await seen(kaigo, id)).items[0].leaving.items).toEqual({ wishes: { wishes: '会いたい。〔…〕' } });
      const lines = await desks.under.rows(
        `select authority from disclosure where conference = $1 and recipient_function = $2 and members @> '[{"categories": ["wishes"]}]'`,
        [id, desks.functions.kaigo],
      );
      expect(lines).toEqual([{ authority: 'own_desk' }]);
      const officer = await desks.as('privacy_officer');
      const { items } = (await officer('GET', `/persons/${person}/disclosures?page=resident`)).body;
      expect(items).not.toContainEqual(expect.objectContaining({ way: 'conference' }));
    });

    it('no 在留資格, unless whoever writes it may clear such words', async () => {
      const { id, itemId } = await asked();
      const answer = await act(takikan, id, 'promote', wish(itemId, '在留期間が来月切れる。'));
      expect(refusal(answer)).toEqual([422, 'RESIDENCE_STATUS_TEXT']);
    });
  });

  it('is not there for a member who does not see it, because the consent does not cover them', async () => {
    const { person, referral } = await somebody();
    const id = await opened(person, ['kaigo', 'konkyu', 'shogai'], { kind: 'juso' });
    await desks.consent(kaigo, referral, { recipients: [{ domain: 'konkyu' }] });
    const { itemId } = await must(kaigo, id, 'add-item', item(person));
    expect((await seen(shogai, id)).items).toEqual([]);
    expect(refusal(await act(shogai, id, 'promote', promote(itemId)))).toEqual([404, 'NOT_FOUND']);
    await must(konkyu, id, 'promote', promote(itemId));
  });

  it('does not name to its contributor a desk that would give a protected person’s town away', async () => {
    const { person, referral } = await somebody();
    await desks.consent(kaigo, referral, { recipients: [{ domain: 'konkyu' }] });
    expect((await kaigo('POST', `/persons/${person}/seal`, { ground: 'own', from: '2026-01-01' })).status).toBe(201);
    const [row] = await desks.under.rows<{ name: string }>(
      'update desk_function set gives_town_away = true where id = $1 returning name',
      [desks.functions.konkyu],
    );
    const id = await opened(person, ['kaigo', 'shogai']);
    const { itemId } = await must(kaigo, id, 'add-item', item(person, { whereaboutsChecked: true }));
    await must(shogai, id, 'promote', promote(itemId));
    await waitFor(async () => (await seen(kaigo, id)).items[0].leaving.to.name !== row?.name, {
      what: 'the directory to know what gives the town away',
    });
    expect((await seen(kaigo, id)).items[0].leaving.to.domain).toBe('konkyu');
  });

  it('lets nothing out on a consent for another item, or for another desk', async () => {
    const { person, referral } = await somebody();
    const id = await opened(person);
    const { itemId } = await must(kaigo, id, 'add-item', item(person));
    await desks.consent(kaigo, referral, { recipients: [{ domain: 'konkyu' }], categories: ['identity', 'wishes'] });
    await desks.consent(kaigo, referral, { recipients: [{ domain: 'shogai' }] });
    expect(refusal(await act(shogai, id, 'promote', promote(itemId)))).toEqual([409, 'CONSENT_NEEDED']);
  });
});
