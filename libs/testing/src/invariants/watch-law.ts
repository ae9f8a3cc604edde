// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Seen, SeenReferral } from './seen';
import type { Words } from './words';

/** What DOMAIN §6 and §7 say beside what leaves: by which way, to whose eyes, out of which conference. */
export function contraryToLaw(words: Words, before: Seen, after: Seen): string[] {
  return [
    ...outOfTheHub(before, after),
    ...seenByWhoIsShutOut(words, after),
    ...atTheTable(words, after),
    ...promoted(words, before, after),
  ];
}

/** "hub only": what a statute or a conference lets out comes to no system. */
function outOfTheHub(before: Seen, after: Seen): string[] {
  return after.left.slice(before.left.length).flatMap(({ referral: id, way }) => {
    const referral = after.referrals.find((r) => r.id === id);
    const staysIn = referral?.kind === 'notification' || referral?.conference !== undefined;
    return staysIn && (way === 'message' || way === 'written')
      ? [`a ${referral?.kind} that stays in the hub left it`]
      : [];
  });
}

/** "desks or staff who must not see it"; "the other's worker sees nothing of it". */
function seenByWhoIsShutOut(words: Words, { referrals, events }: Seen): string[] {
  const together = (one: string) =>
    new Set(referrals.flatMap(({ members }) => (isIn(one)({ members }) ? members.map((m) => m.person) : [])));
  const found: string[] = [];
  for (const staff of new Set(referrals.flatMap((r) => r.finders))) {
    const excluded = words.excludedBy(staff);
    const worked = new Set(
      events.flatMap((e) =>
        e.staff === staff ? [referrals.find((r) => r.id === e.referral)?.members[0]?.person] : [],
      ),
    );
    for (const referral of referrals.filter((r) => r.finders.includes(staff))) {
      if (referral.members.some((m) => excluded.has(m.person))) found.push('somebody whom a consent excludes finds it');
      for (const feared of worked) {
        if (feared === undefined || referral.members[0]?.person === feared) continue;
        const dangers = words.protection.endangeredBy(feared, together(feared));
        if (dangers.some((d) => d.staff !== staff && isIn(d.person)(referral)))
          found.push('the worker of somebody dangerous finds it');
      }
    }
  }
  return found;
}

const isIn =
  (person: string) =>
  ({ members }: Pick<SeenReferral, 'members'>): boolean =>
    members.some((m) => m.person === person);

/** DOMAIN §7: members by name, secrecy acknowledged; "until covered that attendee sees no item"; "end and erase". */
function atTheTable(words: Words, { agendas, kept, now }: Seen): string[] {
  const found: string[] = [];
  for (const agenda of agendas) {
    const { conference, function: desk, items } = agenda;
    if (items.length === 0) continue;
    if (!words.conferences.isAtTable(agenda)) found.push('somebody who does not sit there reads what was brought');
    const told = (id: string) => {
      const item = words.conferences.item(id);
      return item !== undefined && words.mayBeTold(item, desk, now);
    };
    if (items.some((id) => !told(id))) found.push('what was brought is read by whom nothing permits it');
    const isWhole = words.conferences.onTheTable(conference).every((i) => told(i.id));
    const ofOthers = items.filter((id) => words.conferences.item(id)?.function !== desk);
    if (!words.conferences.isOpen(conference) && ofOthers.length > 0)
      found.push('what others have brought is read while the conference is not open');
    if (words.conferences.needsConsent(conference) && !isWhole && ofOthers.length > 0)
      found.push('somebody whom the consent does not cover reads something');
  }
  if (kept.some((id) => words.conferences.item(id)?.isErased === true)) found.push('what was erased is still there');
  return found;
}

/** "On consent, chosen items are promoted, with the contributor's agreement and without what identifies an informant." */
function promoted(words: Words, before: Seen, after: Seen): string[] {
  const known = new Set(before.referrals.map((r) => r.id));
  return after.referrals.flatMap(({ id, promoted: from, members }) => {
    if (from === undefined || known.has(id)) return [];
    const item = words.conferences.item(from);
    if (!item) return ['nobody has brought what was promoted'];
    return [
      ...(item.informant ? ['what names an informant was promoted'] : []),
      ...(item.agreedBy !== item.staff ? ['what was promoted its contributor has not agreed to'] : []),
      ...(words.mayBePromoted(item) ? [] : ['what was promoted the person has not consented to']),
      ...(members.some((m) => m.person === item.person) ? [] : ['what was promoted is of somebody else']),
    ];
  });
}
