// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ConsentOnFile, WithdrawalProof } from '@tsunagi/contracts';
import { useState } from 'react';
import { useParams } from 'react-router';
import { Protection } from './protection';
import { ConsentCard, RefusalCard, type Refusal } from './wish-cards';
import { WithdrawDialog } from './withdraw-dialog';
import { Proof } from './withdrawal-proof';
import { call } from '../../api/call';
import { AskDisclosures } from '../../parts/ask-disclosures';
import { useDesks } from '../../parts/desks';
import { Page, Section } from '../../parts/page';
import { Answered, Empty, Lacking } from '../../parts/states';
import { useTexts } from '../../texts';
import '../../look/consents.css';

interface Wishes {
  readonly consents: readonly ConsentOnFile[];
  readonly refusals: readonly Refusal[];
}

const newestFirst = <T,>(list: readonly T[], at: (one: T) => string) =>
  list.toSorted((a, b) => at(b).localeCompare(at(a)));

/** What the person has said to this desk, and what is done about it. */
export default function PersonPage() {
  const { frame, consents, common } = useTexts();
  const { id = '' } = useParams();
  const queries = useQueryClient();
  const desks = useDesks();
  const [withdrawing, setWithdrawing] = useState<ConsentOnFile>();
  const [shown, setShown] = useState<{ readonly consent: string; readonly fresh: boolean }>();
  const wishes = useQuery({
    queryKey: ['person', id, 'consents'],
    queryFn: ({ signal }) => call<Wishes>(`/persons/${id}/consents`, { signal }),
    // To read them is a line of the ledger: once when the page is opened, not whenever the window is.
    refetchOnWindowFocus: false,
  });
  const done = (proof: WithdrawalProof) => {
    queries.setQueryData(['person', id, 'withdrawal', proof.consent], proof);
    setWithdrawing(undefined);
    setShown({ consent: proof.consent, fresh: true });
    void queries.invalidateQueries({ queryKey: ['person', id, 'consents'] });
    for (const about of ['queue', 'referral', 'todos']) void queries.invalidateQueries({ queryKey: [about] });
  };
  return (
    <Page title={frame.pages.person} lead={consents.personLead} actions={<AskDisclosures person={id} />}>
      <Answered of={wishes}>
        {({ consents: given, refusals }) => (
          <>
            <Lacking of={desks} what={common.lists.deskNames} />
            {shown && <Proof key={shown.consent} person={id} {...shown} />}
            <Section heading={consents.given}>
              {given.length === 0 && <Empty>{consents.noneGiven}</Empty>}
              {newestFirst(given, (c) => c.grantedAt).map((consent) => (
                <ConsentCard
                  key={consent.id}
                  consent={consent}
                  person={id}
                  onWithdraw={() => setWithdrawing(consent)}
                  onProof={() => setShown({ consent: consent.id, fresh: false })}
                />
              ))}
            </Section>
            <Section heading={consents.refusals}>
              {refusals.length === 0 && <Empty>{consents.noneRefused}</Empty>}
              {newestFirst(refusals, (r) => r.at).map((refusal) => (
                <RefusalCard key={refusal.id} refusal={refusal} />
              ))}
            </Section>
            <Protection person={id} />
          </>
        )}
      </Answered>
      {withdrawing && <WithdrawDialog consent={withdrawing} onClose={() => setWithdrawing(undefined)} onDone={done} />}
    </Page>
  );
}
