// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReferralView } from '@tsunagi/contracts';
import { Banner } from './banner';
import { ItemsShown } from './item-words';
import { Facts } from './page';
import { useTexts } from '../texts';
import { useNames } from '../texts/names';

/** One person of a referral: who it is, that she is protected, her numbers and the items that may be shown. */
export function MemberShown({ member }: { readonly member: NonNullable<ReferralView['members']>[number] }) {
  const { desk, referral, common } = useTexts();
  const { relativeNames } = useNames();
  const { role, relation, sealed, identifiers, items } = member;
  const who = relation === undefined ? relativeNames[role] : common.aside(relativeNames[role], relation);
  return (
    <section className="panel stack" data-gap="small" aria-label={who}>
      <h3>{who}</h3>
      {sealed && <Banner kind="warning" heading={desk.isSealed} />}
      <Facts
        of={[[referral.identifiers, identifiers.map(({ system, value }) => `${system} ${value}`).join(common.comma)]]}
      />
      <ItemsShown items={items} />
    </section>
  );
}
