// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQuery } from '@tanstack/react-query';
import type { ReferralView, SupportUnits, SupportUnitView } from '@tsunagi/contracts';
import { useState } from 'react';
import { call } from '../../api/call';
import { codeOf } from '../../api/problem';
import { useSession } from '../../api/session';
import { Banner } from '../../parts/banner';
import { Button } from '../../parts/button';
import { Facts, Section } from '../../parts/page';
import { Answered, Empty } from '../../parts/states';
import { Moment } from '../../parts/time';
import { useTexts } from '../../texts';

/** Who leads for those whom a referral is about. It is looked up when somebody asks: to be asked makes a support unit of them. */
export function Lead({ of }: { readonly of: ReferralView }) {
  const { referral } = useTexts();
  const { roles } = useSession();
  const [asked, setAsked] = useState(false);
  const atDesk = roles.has('caseworker') || roles.has('supervisor');
  // A report is nobody's support, and what has not left has brought no two desks together.
  if (!atDesk || of.kind === 'notification' || of.state === 'draft' || of.state === 'awaiting_authority') return null;
  return (
    <Section heading={referral.lead}>
      {asked ? (
        <Units id={of.id} />
      ) : (
        <div>
          <Button onClick={() => setAsked(true)}>{referral.askLead}</Button>
        </div>
      )}
    </Section>
  );
}

function Units({ id }: { readonly id: string }) {
  const { referral } = useTexts();
  const units = useQuery({
    queryKey: ['referral', id, 'lead'],
    queryFn: async ({ signal }) => {
      try {
        return (await call<SupportUnits>('/support-units', { signal, query: { referral: id } })).items;
      } catch (failed) {
        if (codeOf(failed) === 'NOT_FOUND') return [];
        throw failed;
      }
    },
  });
  return (
    <Answered of={units}>
      {(items) =>
        items.length === 0 ? <Empty>{referral.noLead}</Empty> : items.map((u) => <One key={u.id} unit={u} />)
      }
    </Answered>
  );
}

function One({ unit }: { readonly unit: SupportUnitView }) {
  const { referral } = useTexts();
  const { lead, alarm, offeredTo } = unit;
  return (
    <>
      {alarm && <Banner kind="warning" heading={referral.leadMissing} />}
      <Facts
        of={[
          [referral.leadDesk, lead?.function.name],
          [referral.leadWorker, lead?.worker],
          [referral.leadSince, lead && <Moment key="since" at={lead.since} />],
          [referral.leadOffered, offeredTo?.name],
        ]}
      />
    </>
  );
}
