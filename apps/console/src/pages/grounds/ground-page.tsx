// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQuery } from '@tanstack/react-query';
import type { GroundList, GroundView, ReferralView } from '@tsunagi/contracts';
import { useEffect, useRef, useState } from 'react';
import { useParams } from 'react-router';
import { GroundCard } from './ground-facts';
import { GroundForm } from './ground-form';
import { call } from '../../api/call';
import { useSession } from '../../api/session';
import { Banner } from '../../parts/banner';
import { ButtonLink } from '../../parts/button';
import { Page, Section } from '../../parts/page';
import { Answered, Empty } from '../../parts/states';
import { useTexts } from '../../texts';
import '../../look/grounds.css';

/** An authority without consent, for this one referral; and what was recorded and decided before. */
export default function GroundPage() {
  const { frame, grounds } = useTexts();
  const { id = '' } = useParams();
  const { roles } = useSession();
  const [recorded, setRecorded] = useState(false);
  const list = useQuery({
    queryKey: ['referral', id, 'grounds'],
    queryFn: ({ signal }) => call<GroundList>(`/referrals/${id}/grounds`, { signal }),
    // Of an approver it is a line of the ledger.
    refetchOnWindowFocus: false,
  });
  const isDesk = roles.has('caseworker') || roles.has('supervisor');
  return (
    <Page
      title={frame.pages.ground}
      lead={grounds.lead}
      actions={
        isDesk && (
          <>
            <ButtonLink to={`/referrals/${id}/consent`}>{grounds.askConsentFirst}</ButtonLink>
            <ButtonLink to={`/referrals/${id}`}>{grounds.toReferral}</ButtonLink>
          </>
        )
      }
    >
      {recorded && <Recorded id={id} newest={list.data?.items.at(-1)} />}
      <Answered of={list}>
        {({ items, possible }) => (
          <>
            <Section heading={grounds.registered}>
              {items.length === 0 ? (
                <Empty>{grounds.none}</Empty>
              ) : (
                items.map((ground) => <GroundCard key={ground.id} ground={ground} />)
              )}
            </Section>
            {possible && (
              <Section heading={grounds.record}>
                {possible.length === 0 ? (
                  <Empty>{grounds.noBasis}</Empty>
                ) : (
                  <GroundForm key={items.length} id={id} possible={possible} onDone={() => setRecorded(true)} />
                )}
              </Section>
            )}
          </>
        )}
      </Answered>
    </Page>
  );
}

const waiting: readonly string[] = ['draft', 'awaiting_authority'];

function Recorded({ id, newest }: { readonly id: string; readonly newest: GroundView | undefined }) {
  const { grounds } = useTexts();
  const referral = useQuery({
    queryKey: ['referral', id],
    queryFn: ({ signal }) => call<ReferralView>(`/referrals/${id}`, { signal }),
  });
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    <div tabIndex={-1} ref={place}>
      <Banner kind="success" heading={grounds.recorded}>
        <Answered of={referral}>
          {({ state, to }) => (
            <p>
              {!waiting.includes(state)
                ? grounds.left(to?.name ?? '')
                : newest?.approval === 'before'
                  ? grounds.waits
                  : grounds.unwaiting}
            </p>
          )}
        </Answered>
      </Banner>
    </div>
  );
}
