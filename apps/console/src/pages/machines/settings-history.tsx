// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQuery } from '@tanstack/react-query';
import type { ConfigVersions, PluginDetail, SettingChange } from '@tsunagi/contracts';
import { useRenewed } from './plugin-switch';
import { Told, useDoing } from './told';
import { call } from '../../api/call';
import { Button } from '../../parts/button';
import { Chip } from '../../parts/chip';
import { ListTable } from '../../parts/list-table';
import { Section } from '../../parts/page';
import { Answered } from '../../parts/states';
import { Moment } from '../../parts/time';
import { useTexts } from '../../texts';

/** Who changed which setting, when, from what to what; and back with one press. */
export function History({ of }: { readonly of: PluginDetail }) {
  const { machines } = useTexts();
  const { history: words } = machines;
  const { said, busy, act } = useDoing();
  const renewed = useRenewed(of.id);
  const versions = useQuery({
    queryKey: ['plugins', of.id, 'versions', of.configVersion],
    queryFn: () => call<ConfigVersions>(`/plugins/${of.id}/config/versions`),
  });
  const returnTo = (version: number) =>
    act('return', async () => {
      const now = await call<PluginDetail>(`/plugins/${of.id}/config/return`, {
        body: { version },
        ifMatch: of.configVersion,
      });
      await renewed();
      return { done: words.returnedDone(version, now.configVersion) };
    });
  return (
    <Section heading={words.heading}>
      <Told said={said} />
      <Answered of={versions}>
        {({ items }) => (
          <ol className="plain stack" data-gap="small" aria-label={words.heading}>
            {items.map(({ version, at, by, returnedTo, current, changes }) => (
              <li key={version} className="panel stack" data-gap="small">
                <div className="row">
                  <strong>{words.version(version)}</strong>
                  {current && <Chip color="green">{words.current}</Chip>}
                  <span className="grow dim">
                    <Moment at={at} /> {by ? (by.name === undefined ? by.actor : words.by(by.name)) : words.someone}
                    {returnedTo !== undefined && ` ― ${words.returned(returnedTo)}`}
                  </span>
                  {!current && (
                    <Button size="xs" onClick={() => void returnTo(version)} disabled={busy !== undefined}>
                      {words.returnTo(version)}
                    </Button>
                  )}
                </div>
                {changes.length === 0 ? (
                  <p className="dim">{words.same}</p>
                ) : (
                  <details>
                    <summary>{words.changes(changes.length)}</summary>
                    <Changes of={changes} name={words.version(version)} />
                  </details>
                )}
              </li>
            ))}
          </ol>
        )}
      </Answered>
    </Section>
  );
}

function Changes({ of, name }: { readonly of: readonly SettingChange[]; readonly name: string }) {
  const { machines } = useTexts();
  const { history: words } = machines;
  return (
    <ListTable list="settings-history" label={`${name} ${words.changes(of.length)}`}>
      <table className="grid" aria-label={`${name} ${words.changes(of.length)}`}>
        <thead>
          <tr>
            <th scope="col">{words.place}</th>
            <th scope="col">{words.before}</th>
            <th scope="col">{words.after}</th>
          </tr>
        </thead>
        <tbody>
          {of.map(({ pointer, before, after }) => (
            <tr key={pointer}>
              <th scope="row" className="id">
                {pointer}
              </th>
              <td className="json">{before ?? words.none}</td>
              <td className="json">{after ?? words.none}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ListTable>
  );
}
