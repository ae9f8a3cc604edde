// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import '../../look/machines.css';
import { useQuery } from '@tanstack/react-query';
import type { PluginView } from '@tsunagi/contracts';
import { Link } from 'react-router';
import { StateChip } from './plugin-state';
import { call } from '../../api/call';
import { ListTable } from '../../parts/list-table';
import { Page } from '../../parts/page';
import { Answered, Empty } from '../../parts/states';
import { Moment, momentText } from '../../parts/time';
import { useLanguage, useTexts } from '../../texts';

export const renewMs = 5_000;

/** All plugins: do they run, does anything pile up. */
export default function PluginsPage() {
  const { frame, machines } = useTexts();
  const plugins = useQuery({
    queryKey: ['plugins'],
    queryFn: () => call<{ items: PluginView[] }>('/plugins'),
    refetchInterval: renewMs,
  });
  return (
    <Page title={frame.pages.plugins} lead={`${machines.plugins.lead}${machines.refreshed}`}>
      <Answered of={plugins}>
        {({ items }) => (items.length === 0 ? <Empty>{machines.plugins.empty}</Empty> : <Plugins {...{ items }} />)}
      </Answered>
    </Page>
  );
}

function Plugins({ items }: { readonly items: readonly PluginView[] }) {
  const { frame, machines } = useTexts();
  const { language } = useLanguage();
  const { plugins: words, count } = machines;
  return (
    <ListTable list="plugins" label={frame.pages.plugins}>
      <table className="grid" aria-label={frame.pages.plugins}>
        <thead>
          <tr>
            {[words.name, words.state, words.heard, words.last].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            {[words.waiting, words.quarantined, words.parked, words.differs].map((name) => (
              <th key={name} scope="col" className="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((plugin) => (
            <tr key={plugin.id}>
              <th scope="row" className="named">
                <Link to={`/plugins/${plugin.id}`}>{plugin.title}</Link>
                <br />
                <span className="dim">
                  <span className="id">{plugin.id}</span> {words.version} {plugin.version}
                </span>
              </th>
              <td>
                <StateChip of={plugin} />
                {plugin.intake.missedSince !== undefined && (
                  <p className="late">{words.missed(momentText(plugin.intake.missedSince, language))}</p>
                )}
                {plugin.untakenSince !== undefined && (
                  <p className="late">{words.untaken(momentText(plugin.untakenSince, language))}</p>
                )}
              </td>
              <td>{plugin.host ? <Moment at={plugin.host.lastSeen} /> : words.never}</td>
              <td>{plugin.lastMessageAt === undefined ? words.never : <Moment at={plugin.lastMessageAt} />}</td>
              <td className="number">
                {count(plugin.waiting)}
                {plugin.queueDepth !== undefined && plugin.queueDepth > 0 && (
                  <p className="dim">
                    {words.queue} {count(plugin.queueDepth)}
                  </p>
                )}
                {plugin.waitingSince !== undefined && (
                  <p className="dim">{words.since(momentText(plugin.waitingSince, language))}</p>
                )}
              </td>
              <td className="number">
                <Number of={plugin.quarantined} to={`/plugins/${plugin.id}#quarantine`} />
              </td>
              <td className="number">
                <Number of={plugin.parked} to="/dead-letters" />
              </td>
              <td className="number">{words.days(plugin.intake.differsOn?.length ?? 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ListTable>
  );
}

/** What needs somebody leads there. */
function Number({ of, to }: { readonly of: number; readonly to: string }) {
  const { machines } = useTexts();
  return of === 0 ? machines.count(0) : <Link to={to}>{machines.count(of)}</Link>;
}
