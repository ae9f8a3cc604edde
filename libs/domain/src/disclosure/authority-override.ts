// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { OverRefusal, type AuthorityRow, type AuthorityWindow } from './authority-row';

/** Attributes of a row that a municipality's own may make narrower. */
export type Widened = keyof AuthorityRow;

/**
 * Why this row of the municipality may not stand for the one of the law: the first attribute that would widen it. It may
 * be switched off, made narrower or shorter, and ask for more.
 */
export function whyNotOverride(base: AuthorityRow, own: AuthorityRow): Widened | undefined {
  if (own.overrides !== base.id) return 'overrides';
  return (Object.keys(narrows) as (keyof typeof narrows)[]).find((name) => !narrows[name](base, own));
}

/**
 * From its first day on the municipality's newest own row stands for the one of the law, also when it is off, over or
 * not checked: nothing lets the wider one back.
 */
export function isOverridden(row: AuthorityRow, all: readonly AuthorityRow[], day: string): boolean {
  const law = row.overrides ?? row.id;
  return all.some((own) => own.overrides === law && own.validFrom <= day && isNewer(own, row));
}

const isNewer = (own: AuthorityRow, row: AuthorityRow): boolean =>
  own.id !== row.id &&
  (row.overrides === undefined ||
    own.validFrom > row.validFrom ||
    (own.validFrom === row.validFrom && own.id > row.id));

type Narrows = (base: AuthorityRow, own: AuthorityRow) => boolean;

/** Of a list, no more than the law's. */
const within =
  (of: (row: AuthorityRow) => readonly unknown[] | undefined): Narrows =>
  (base, own) => {
    const allowed = of(base);
    return allowed === undefined || of(own)?.every((each) => allowed.includes(each)) === true;
  };
/** Of what is asked for, no less. */
const keeps =
  (of: (row: AuthorityRow) => readonly unknown[]): Narrows =>
  (base, own) =>
    of(base).every((each) => of(own).includes(each));
/** An upper limit that stays or comes down; absent = none. */
const atMost =
  (of: (row: AuthorityRow) => number | string | undefined): Narrows =>
  (base, own) => {
    const limit = of(base);
    const set = of(own);
    return limit === undefined || (set !== undefined && set <= limit);
  };
/** Of steps in this order, the same or a later one. */
const noEarlier =
  <T>(steps: readonly T[], of: (row: AuthorityRow) => T): Narrows =>
  (base, own) =>
    steps.indexOf(of(own)) >= steps.indexOf(of(base));

const narrows = {
  code: (base, own) => own.code === base.code,
  senders: within((r) => r.senders),
  recipients: within((r) => r.recipients),
  recipientTypes: within((r) => r.recipientTypes),
  kinds: within((r) => r.kinds),
  purposes: within((r) => r.purposes),
  categories: within((r) => r.categories),
  needs: keeps((r) => r.needs),
  approval: noEarlier(['none', 'after', 'before'] as const, (r) => r.approval),
  approvers: keeps((r) => r.approvers.map(({ role, function: at }) => `${role} ${at ?? ''}`)),
  hours: atMost((r) => r.hours),
  overRefusal: noEarlier(OverRefusal.options, (r) => r.overRefusal),
  feedback: noEarlier(['state+note', 'state', 'arrival', 'none'] as const, (r) => r.feedback),
  way: noEarlier(['any', 'hub_only'] as const, (r) => r.way),
  conditions: keeps((r) => r.conditions),
  occasional: atMost((r) => r.occasional),
  // The law of disasters names no window: each municipality declares its own.
  windows: (base, own) =>
    base.windows === undefined ||
    base.windows.length === 0 ||
    own.windows?.every((w) => base.windows?.some((law) => isInside(w, law))) === true,
  validFrom: (base, own) => own.validFrom >= base.validFrom,
  validTo: atMost((r) => r.validTo),
  active: (base, own) => base.active || !own.active,
} satisfies Partial<Record<keyof AuthorityRow, Narrows>>;

const isInside = (one: AuthorityWindow, other: AuthorityWindow): boolean =>
  Date.parse(one.from) >= Date.parse(other.from) && Date.parse(one.until) <= Date.parse(other.until);
