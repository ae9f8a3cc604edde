// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import '../../look/machines.css';
import { useQuery } from '@tanstack/react-query';
import type { PluginDetail } from '@tsunagi/contracts';
import { useState } from 'react';
import { useParams } from 'react-router';
import { DryRun } from './dry-run';
import { Intake, Days } from './plugin-intake';
import { Hosts, LastCheck, Switch } from './plugin-switch';
import { renewMs } from './plugins-page';
import { History } from './settings-history';
import { Settings } from './settings';
import { Quarantine } from './quarantine';
import { call } from '../../api/call';
import { ButtonLink } from '../../parts/button';
import { Page } from '../../parts/page';
import { Answered } from '../../parts/states';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';

/** One plugin: how it stands, its switch, what waits, its settings. */
export default function PluginPage() {
  const { id = '' } = useParams();
  const { frame, machines } = useTexts();
  const { domainNames } = useNames();
  const plugin = useQuery({
    queryKey: ['plugins', id],
    queryFn: () => call<PluginDetail>(`/plugins/${id}`),
    refetchInterval: renewMs,
  });
  const { data } = plugin;
  const [draft, setDraft] = useState<Record<string, unknown>>();
  return (
    <Page
      title={data?.title ?? frame.pages.plugin}
      lead={data && machines.plugin.lead(domainNames[data.domain], data.version)}
      actions={
        <ButtonLink to="/plugins" look="text">
          {machines.plugin.back}
        </ButtonLink>
      }
    >
      <Answered of={plugin}>
        {(detail) => (
          <>
            <Switch of={detail} />
            <LastCheck of={detail} />
            <Intake of={detail} />
            <Days of={detail} />
            <Quarantine plugin={id} />
            <Settings of={detail} onDraft={setDraft} />
            <History of={detail} />
            <DryRun plugin={id} draft={draft} />
            <Hosts of={detail} />
          </>
        )}
      </Answered>
    </Page>
  );
}
