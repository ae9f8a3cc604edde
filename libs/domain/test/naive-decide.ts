// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Consent, DataCategory, DecisionInput, MemberInQuestion, Party, Refusal } from '../src';

/** What a decision comes to, in a shape that two implementations can be compared in. */
export interface Verdict {
  outcome: 'permit' | 'hold' | 'deny';
  authority?: string;
  feedback?: string;
  notAfter?: number | undefined;
  /** `<ref>:<category>`, sorted. */
  fields?: string[];
  /** `<ref>:<consent id>`, sorted. */
  reliedOn?: string[];
}

/**
 * The rules of consent a second time, sentence by sentence and without regard to speed: for each single item the
 * question "may just this leave?". It shares no code with `decide()`.
 */
export function naiveDecide(q: DecisionInput): Verdict {
  if (
    q.sender.function === q.recipient.function ||
    !goesBetween(q) ||
    ![q.kind === 'notification' ? [] : q.sender, q.recipient]
      .flat()
      .every((p) => p.purposes.some((x) => x === q.purpose))
  )
    return { outcome: 'deny' };

  const free = { feedback: 'none', reliedOn: [] };
  if (q.carried === true && q.kind !== 'notification' && q.kind !== 'advice')
    return { outcome: 'permit', authority: 'to_person', ...free, fields: named('subject', q.subject.present) };
  if (q.kind === 'advice') return { outcome: 'deny' };
  if (q.kind === 'notification') {
    const row = q.authorities.find((r) => r.code === q.statute);
    if (!row) return { outcome: 'deny' };
    const listed = (m: MemberInQuestion) => m.present.filter((c) => row.categories.some((x) => x === c));
    const fields = [q.subject, ...q.others].flatMap((m) => named(m.ref, listed(m))).sort();
    return { outcome: 'permit', authority: row.code, ...free, fields };
  }

  const asksForConsent = q.kind === 'referral' || q.kind === 'support_request' || q.kind === 'prefecture';
  if (!asksForConsent) {
    const isListed = (c: DataCategory) =>
      q.authorities.some(
        (row) =>
          row.code === 'within_purpose' &&
          row.purposes.some((x) => x === q.purpose) &&
          row.kinds.some((x) => x === q.kind) &&
          row.senders.some((x) => x === q.sender.bodyKind) &&
          row.recipients.some((x) => x === q.recipient.bodyKind) &&
          row.categories.some((x) => x === c),
      );
    const leaves = (c: DataCategory) => isListed(c === 'contact_wishes' ? 'contact' : c);
    const fields = q.subject.present.filter(leaves);
    if (fields.some((c) => c === 'identity'))
      return {
        outcome: 'permit',
        authority: 'within_purpose',
        feedback: 'state',
        fields: named('subject', fields),
        reliedOn: [],
      };
  }

  const subject = judge(q.subject, q);
  if (!subject.fields.includes('identity')) return { outcome: 'hold' };
  const asConsented =
    ['state+note', 'state'].find((f) => subject.reliedOn.some((c) => c.scope.feedback === f)) ?? 'none';
  const feedback = q.kind === 'protection' && asConsented === 'none' ? 'state' : asConsented;
  if (q.kind === 'prefecture' && feedback === 'none') return { outcome: 'hold' };
  const household = subject.reliedOn.some((c) => mayLeave('household', c, q));
  const others = household
    ? q.others.map((o) => ({ ref: o.ref, ...judge(o, q) })).filter((o) => o.fields.includes('identity'))
    : [];
  const all = [{ ref: q.subject.ref, ...subject }, ...others];
  return {
    outcome: 'permit',
    authority: 'consent',
    feedback,
    notAfter: all
      .flatMap((m) => m.reliedOn)
      .map(endOf)
      .sort((a, b) => a - b)[0],
    fields: all.flatMap((m) => named(m.ref, m.fields)).sort(),
    reliedOn: all.flatMap((m) => m.reliedOn.map((c) => `${m.ref}:${c.id}`)).sort(),
  };
}

/** Between these two desks this kind may go at all. */
function goesBetween({ kind, sender, recipient }: DecisionInput): boolean {
  const takikan = (p: Party) => p.functionType === 'multi_agency_coordination';
  const flagged = recipient.receives?.some((k) => k === kind) ?? false;
  switch (kind) {
    case 'referral':
      return true;
    case 'support_request':
    case 'advice':
      return takikan(recipient);
    case 'handback':
      return takikan(sender);
    case 'inquiry':
      return takikan(sender) || takikan(recipient);
    case 'prefecture':
      return sender.functionType === 'town_without_welfare_office' && flagged && recipient.bodyKind === 'public_body';
    case 'notification':
      return flagged;
    case 'protection':
      return flagged && recipient.bodyKind === 'agency';
  }
}

/** What a prefecture does not need for its business, of the categories of this small world. */
const notForPrefecture: DataCategory[] = ['care_level'];

const named = (ref: string, fields: readonly string[]) => fields.map((f) => `${ref}:${f}`).sort();
const day = 24 * 60 * 60 * 1000;
const isAsserted = (c: Consent) => c.manner === 'asserted_by_system';
const names = (to: Consent['scope']['recipients'][number], p: Party) =>
  ('function' in to && to.function === p.function) ||
  ('functionType' in to && to.functionType === p.functionType) ||
  ('domain' in to && to.domain === p.domain);

function endOf(c: Consent): number {
  const lastDay = Date.parse(`${c.scope.until}T00:00:00+09:00`) + day - 1;
  const unconfirmed = isAsserted(c) && c.confirmedAt === undefined;
  return unconfirmed ? Math.min(lastDay, Date.parse(c.grantedAt) + 30 * day - 1) : lastDay;
}

/** Does this consent stand, before anybody's objection? */
function stands(c: Consent, q: DecisionInput): boolean {
  const begins = Date.parse(`${c.scope.from}T00:00:00+09:00`);
  return (
    c.status === 'active' &&
    c.supersededBy === undefined &&
    c.givenTo === q.sender.function &&
    c.scope.recipients.some((r) => names(r, q.recipient)) &&
    !c.exclusions.some((x) => x === q.recipient.function) &&
    (c.namedOrganization === undefined || c.namedOrganization === q.recipient.organization) &&
    c.scope.purposes.some((p) => p === q.purpose) &&
    begins <= q.now.getTime() &&
    q.now.getTime() <= endOf(c)
  );
}

/** Every no of this person toward the recipient, with its date: refusals, and forms handed back refused. */
function noes(person: string, q: DecisionInput): Pick<Refusal, 'categories' | 'at'>[] {
  const forms = q.consents.filter(
    (c) =>
      c.person === person &&
      c.status === 'refused' &&
      !isAsserted(c) &&
      c.supersededBy === undefined &&
      c.scope.purposes.some((p) => p === q.purpose) &&
      c.scope.recipients.some((r) => names(r, q.recipient)),
  );
  return [
    ...q.refusals.filter(
      (r) => r.person === person && (r.recipients === undefined || r.recipients.some((x) => names(x, q.recipient))),
    ),
    ...forms.map((c) => ({ categories: c.scope.categories, at: c.grantedAt })),
  ];
}

/** May just this category leave on just this consent, which stands? */
function mayLeave(category: DataCategory, c: Consent, q: DecisionInput): boolean {
  if (!c.scope.categories.some((x) => x === category)) return false;
  const said = noes(c.person, q).filter((n) => n.categories === undefined || n.categories.some((x) => x === category));
  if (!isAsserted(c)) return said.every((n) => new Date(n.at) < new Date(c.grantedAt));
  const withdrawn = q.consents.some(
    (w) => w.person === c.person && w.status === 'withdrawn' && w.scope.recipients.some((r) => names(r, q.recipient)),
  );
  return said.length === 0 && !withdrawn;
}

function judge(m: MemberInQuestion, q: DecisionInput): { fields: DataCategory[]; reliedOn: Consent[] } {
  if (m.person === undefined) return { fields: [], reliedOn: [] };
  const person = m.person;
  const standing = q.consents.filter((c) => c.person === person && stands(c, q));
  const voices = standing.some((c) => !isAsserted(c)) ? standing.filter((c) => !isAsserted(c)) : standing;
  const reliedOn = voices.filter((c) => c.scope.categories.some((x) => mayLeave(x, c, q)));
  if (reliedOn.length === 0) return { fields: [], reliedOn: [] };
  const onSome = (category: DataCategory) => reliedOn.some((c) => mayLeave(category, c, q));
  const saidNoTo = (category: DataCategory) => noes(person, q).some((n) => n.categories?.some((x) => x === category));
  const fields = m.present.filter((category) => {
    if (q.kind === 'prefecture' && notForPrefecture.some((c) => c === category)) return false;
    if (category === 'contact_wishes') return onSome('contact') && (onSome(category) || !saidNoTo(category));
    if (category === 'wishes')
      return onSome(category) || !(saidNoTo(category) || noes(person, q).some((n) => n.categories === undefined));
    return onSome(category);
  });
  return { fields, reliedOn };
}
