// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQuery } from '@tanstack/react-query';
import type { ConsentFormView, Page as PageOf, ReferralView } from '@tsunagi/contracts';
import { useParams } from 'react-router';
import { Wizard } from './wizard/wizard';
import { call } from '../../api/call';
import { useDesks } from '../../parts/desks';
import { useSession } from '../../api/session';
import { ButtonLink } from '../../parts/button';
import { Page } from '../../parts/page';
import { Answered, Empty } from '../../parts/states';
import { useTexts } from '../../texts';
import '../../look/consents.css';

export default function ConsentPage() {
  const { frame, consents } = useTexts();
  const { id = '' } = useParams();
  const { caller, actingFor } = useSession();
  const referral = useQuery({
    queryKey: ['referral', id],
    queryFn: ({ signal }) => call<ReferralView>(`/referrals/${id}`, { signal }),
  });
  const forms = useQuery({
    queryKey: ['consent-forms'],
    queryFn: ({ signal }) => call<PageOf<ConsentFormView>>('/consent-forms', { query: { limit: 500 }, signal }),
  });
  const desks = useDesks();
  const mine = caller.functions.map((f) => f.id).filter((f) => actingFor === undefined || f === actingFor);
  return (
    <Page
      title={frame.pages.consent}
      lead={consents.lead}
      actions={<ButtonLink to={`/referrals/${id}`}>{consents.toReferral}</ButtonLink>}
    >
      <Answered of={referral}>
        {(of) => (
          <Answered of={desks}>
            {(all) => (
              <Answered of={forms}>
                {({ items }) => {
                  const usable = items.filter(
                    (f) => f.inForce && f.parts.includes('personal_data') && mine.includes(f.function),
                  );
                  return usable.length === 0 ? (
                    <Empty>{consents.noForm}</Empty>
                  ) : (
                    <Wizard key={id} referral={of} forms={usable} desks={all} />
                  );
                }}
              </Answered>
            )}
          </Answered>
        )}
      </Answered>
    </Page>
  );
}
