// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReferralView } from '@tsunagi/contracts';
import {
  careLevelNames,
  categoryNames,
  concernNames,
  interpreterNames,
  itemNames,
  relativeNames,
  sexNames,
  type DataCategory,
} from '@tsunagi/contracts/words';
import { Facts } from '../../parts/page';
import { dayText } from '../../parts/time';
import { useTexts } from '../../texts';

type Member = NonNullable<ReferralView['members']>[number];

/** Codes inside items that have words. */
const wordsOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sex: sexNames,
  interpreter: interpreterNames,
  boxes: concernNames,
  mostPressing: concernNames,
  level: careLevelNames,
};

export function Members({ members }: { readonly members: readonly Member[] }) {
  return members.map((member) => <OneMember key={member.ref} member={member} />);
}

function OneMember({ member: { role, relation, identifiers, items } }: { readonly member: Member }) {
  const { referral } = useTexts();
  const who = relativeNames[role];
  const numbers = identifiers.map(({ system, value }) => `${system} ${value}`).join('、');
  return (
    <section className="panel stack" aria-label={who}>
      <h3>{relation === undefined ? who : `${who}(${relation})`}</h3>
      {(Object.keys(categoryNames) as DataCategory[]).map((category) => {
        const values = category === 'household' ? undefined : items[category];
        if (category === 'household' || !values) return null;
        return (
          <div key={category}>
            <h4>{categoryNames[category]}</h4>
            <Facts
              of={[
                ...Object.entries<string>(itemNames[category]).map(([field, name]) => {
                  const value: unknown = (values as Readonly<Record<string, unknown>>)[field];
                  return [name, value !== undefined && <Value key={field} field={field} of={value} />] as const;
                }),
                [referral.identifiers, category === 'identity' && numbers],
              ]}
            />
          </div>
        );
      })}
    </section>
  );
}

function Value({ field, of }: { readonly field: string; readonly of: unknown }) {
  const { common } = useTexts();
  const said = (value: unknown): string => {
    if (typeof value === 'boolean') return value ? common.yes : common.no;
    if (Array.isArray(value)) return value.map(said).join('、');
    if (typeof value === 'object' && value !== null) {
      const { name = '', validFrom, validTo } = value as { name?: string; validFrom?: string; validTo?: string };
      const period =
        (validFrom ?? validTo) ? `(${[validFrom, validTo].map((d) => (d ? said(d) : '')).join('〜')})` : '';
      return name + period;
    }
    const text = String(value);
    return /^\d{4}-\d{2}-\d{2}$/.test(text) ? dayText(text, 'ja') : (wordsOf[field]?.[text] ?? text);
  };
  return said(of);
}
