// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQuery } from '@tanstack/react-query';
import type { AuditCheckpoints } from '@tsunagi/contracts';
import { AuditLines } from './audit-lines';
import { call } from '../../api/call';
import { Facts, Page, Section } from '../../parts/page';
import { Answered } from '../../parts/states';
import { Moment } from '../../parts/time';
import { useTexts } from '../../texts';

export default function AuditPage() {
  const { frame, privacy } = useTexts();
  return (
    <Page title={frame.pages.audit} lead={privacy.auditLead}>
      <Chain />
      <AuditLines />
    </Page>
  );
}

function Chain() {
  const { privacy } = useTexts();
  const checkpoints = useQuery({
    queryKey: ['audit', 'checkpoints'],
    queryFn: ({ signal }) => call<AuditCheckpoints>('/audit/checkpoints', { signal, query: { limit: 1 } }),
    refetchInterval: 30_000,
  });
  return (
    <Section heading={privacy.chain}>
      <Answered of={checkpoints}>
        {({ chain: { sealedUpTo, lagSeconds, lastCheckpoint, secondPlace } }) => (
          <div className="panel">
            <Facts
              of={[
                [privacy.sealedUpTo, String(sealedUpTo)],
                [privacy.lag, privacy.seconds(lagSeconds)],
                [
                  privacy.lastCheckpoint,
                  lastCheckpoint && (
                    <span key="last">
                      <Moment at={lastCheckpoint.at} /> {privacy.verified[lastCheckpoint.verified]}
                    </span>
                  ),
                ],
                [privacy.secondPlace, privacy.secondPlaceNames[secondPlace]],
              ]}
            />
          </div>
        )}
      </Answered>
    </Section>
  );
}
