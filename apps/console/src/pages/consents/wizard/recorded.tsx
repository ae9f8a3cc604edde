// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQuery } from '@tanstack/react-query';
import type { DecisionView, ReferralView } from '@tsunagi/contracts';
import { useEffect, useRef } from 'react';
import { call } from '../../../api/call';
import { Banner } from '../../../parts/banner';
import { ButtonLink } from '../../../parts/button';
import { Answered } from '../../../parts/states';
import { useTexts } from '../../../texts';
import { useNames } from '../../../texts/names';

/** What has become of the referral that waited: it has left by itself, with what, or why it still waits. */
export function Recorded(props: {
  readonly agreed: boolean;
  /** As it was before. */
  readonly before: ReferralView;
  readonly person: string;
}) {
  const { consents } = useTexts();
  const { agreed, before, person } = props;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    <div ref={place} tabIndex={-1} className="stack">
      <Banner
        kind="success"
        heading={agreed ? consents.recorded : consents.recordedNo}
        actions={
          <>
            <ButtonLink look="solid-fill" to={`/referrals/${before.id}`}>
              {consents.toReferral}
            </ButtonLink>
            <ButtonLink to={`/persons/${person}`}>{consents.toPerson}</ButtonLink>
          </>
        }
      >
        <WhatFollowed {...{ agreed, before }} />
      </Banner>
    </div>
  );
}

const waiting: readonly string[] = ['draft', 'awaiting_authority'];

function WhatFollowed({ agreed, before }: { readonly agreed: boolean; readonly before: ReferralView }) {
  const { consents, common } = useTexts();
  const { categoryNames, stateNames } = useNames();
  const referral = useQuery({
    queryKey: ['referral', before.id],
    queryFn: ({ signal }) => call<ReferralView>(`/referrals/${before.id}`, { signal }),
  });
  const decisions = useQuery({
    queryKey: ['referral', before.id, 'decision'],
    queryFn: ({ signal }) => call<{ items: DecisionView[] }>(`/referrals/${before.id}/decision`, { signal }),
  });
  if (!waiting.includes(before.state)) return <p>{consents.notWaiting}</p>;
  return (
    <Answered of={referral}>
      {({ state, to }) => (
        <Answered of={decisions}>
          {({ items }) => {
            const decided = items.find((d) => d.direction === 'referral');
            // It is on its way; the page hears of it when it has gone.
            if (waiting.includes(state) && decided?.outcome === 'permit') return <p>{consents.leaving}</p>;
            if (waiting.includes(state))
              return (
                <>
                  <p>{consents.stillWaits}</p>
                  <ul>
                    {decided?.reasons.map(({ code, sentence }) => (
                      <li key={code}>{sentence}</li>
                    ))}
                  </ul>
                  {!agreed && <p>{consents.refusedNext}</p>}
                </>
              );
            const went = new Set(decided?.members.flatMap((m) => m.categories));
            return (
              <>
                <p>
                  {consents.left(to?.name ?? '')} ({stateNames[state]})
                </p>
                {went.size > 0 && (
                  <p>
                    {consents.leftItems}: {[...went].map((c) => categoryNames[c]).join(common.comma)}
                  </p>
                )}
              </>
            );
          }}
        </Answered>
      )}
    </Answered>
  );
}
