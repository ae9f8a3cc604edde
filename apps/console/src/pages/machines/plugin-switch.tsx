// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQueryClient } from '@tanstack/react-query';
import type { CheckFinding, PluginCheck, PluginDetail } from '@tsunagi/contracts';
import { useState } from 'react';
import { Link } from 'react-router';
import { StateChip, stateOf } from './plugin-state';
import { ReasonDialog } from './reason-dialog';
import { Told, useDoing } from './told';
import { call } from '../../api/call';
import { codeOf } from '../../api/problem';
import { Banner } from '../../parts/banner';
import { Button } from '../../parts/button';
import { Chip } from '../../parts/chip';
import { ListTable } from '../../parts/list-table';
import { Facts, Section } from '../../parts/page';
import { Remedy } from '../../parts/remedy';
import { Empty } from '../../parts/states';
import { Moment, momentText } from '../../parts/time';
import { useLanguage, useTexts } from '../../texts';

interface Of {
  readonly of: PluginDetail;
}

/** Whatever was done, the page shows what is now. */
export function useRenewed(id: string) {
  const queries = useQueryClient();
  return async () => {
    await queries.invalidateQueries({ queryKey: ['plugins', id] });
    void queries.invalidateQueries({ queryKey: ['plugins'], exact: true });
  };
}

export function Switch({ of }: Of) {
  const { machines, common } = useTexts();
  const { language } = useLanguage();
  const { plugin: words, plugins, count } = machines;
  const { said, busy, act } = useDoing();
  const [asking, setAsking] = useState(false);
  const renewed = useRenewed(of.id);
  const post = (path: string, done: string, body: object = {}) =>
    act(path, async () => {
      await call(`/plugins/${of.id}/${path}`, { body });
      await renewed();
      return { done };
    });
  const check = () =>
    act('check', async () => {
      const { ok } = await call<PluginCheck>(`/plugins/${of.id}/check`, { method: 'POST' });
      await renewed();
      return { done: words.checkDone(ok), kind: ok ? 'success' : 'warning' };
    });
  const force = async (reason: string) => {
    setAsking(false);
    await post('enable', words.enabled, { force: true, reason });
  };
  const needsCheck = said && 'error' in said && codeOf(said.error) === 'CHECK_NEEDED';
  return (
    <Section heading={words.now}>
      <Told said={said}>
        {needsCheck && (
          <div className="row">
            <Button onClick={() => setAsking(true)}>{words.force}…</Button>
          </div>
        )}
      </Told>
      {busy === 'check' && <p role="status">{words.checking}…</p>}
      {stateOf(of) === 'troubled' && (
        <Banner kind="error" heading={of.host?.says ?? ''}>
          <p>
            <Remedy>{of.host?.remedy}</Remedy>({of.host?.code})
          </p>
        </Banner>
      )}
      <div className="row">
        <StateChip of={of} />
        <span className="grow" />
        <div className="row no-print">
          {of.enabled ? (
            <Button
              onClick={() => void post('disable', words.disabled)}
              disabled={busy !== undefined}
              title={words.disableLead}
            >
              {words.disable}
            </Button>
          ) : (
            <Button look="solid-fill" onClick={() => void post('enable', words.enabled)} disabled={busy !== undefined}>
              {words.enable}
            </Button>
          )}
          <Button onClick={() => void check()} disabled={busy !== undefined}>
            {words.check}
          </Button>
          {of.enabled && (
            <Button onClick={() => void post('poll', words.polled)} disabled={busy !== undefined}>
              {words.poll}
            </Button>
          )}
        </div>
      </div>
      <Facts
        of={[
          [plugins.heard, of.host ? <Moment at={of.host.lastSeen} /> : plugins.never],
          [plugins.last, of.lastMessageAt === undefined ? plugins.never : <Moment at={of.lastMessageAt} />],
          [
            plugins.waiting,
            [
              count(of.waiting),
              of.waitingSince !== undefined && `(${plugins.since(momentText(of.waitingSince, language))})`,
            ]
              .filter(Boolean)
              .join(' '),
          ],
          of.queueDepth === undefined ? undefined : [plugins.queue, count(of.queueDepth)],
          [plugins.parked, of.parked === 0 ? count(0) : <Link to="/dead-letters">{count(of.parked)}</Link>],
          [words.functions, of.functions.map(({ name }) => name).join(common.comma)],
          [words.settingsVersion, String(of.configVersion)],
          [words.sdk, of.sdkRange],
        ]}
      />
      {asking && (
        <ReasonDialog
          heading={words.force}
          lead={words.forceLead}
          confirm={words.force}
          onClose={() => setAsking(false)}
          onReason={(reason) => void force(reason)}
        />
      )}
    </Section>
  );
}

export function LastCheck({ of: { check } }: Of) {
  const { machines } = useTexts();
  const { plugin: words } = machines;
  if (!check)
    return (
      <Section heading={words.lastCheck}>
        <Empty>{words.noCheck}</Empty>
      </Section>
    );
  return (
    <Section heading={words.lastCheck}>
      <p className="row">
        <Chip color={check.ok ? 'green' : 'red'} filled>
          {check.ok ? words.checkOk : words.checkFailed}
        </Chip>
        <Moment at={check.at} />
        {check.outdated && <span className="soon">{words.checkOutdated}</span>}
      </p>
      <Findings of={check.findings} label={words.lastCheck} />
    </Section>
  );
}

/** What a check looked at, one by one. */
export function Findings({ of, label }: { readonly of: readonly CheckFinding[]; readonly label: string }) {
  const { machines } = useTexts();
  const { plugin: words } = machines;
  if (of.length === 0) return null;
  return (
    <ListTable list="plugin-check" label={label}>
      <table className="grid" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{words.findingName}</th>
            <th scope="col">{words.findingSays}</th>
            <th scope="col">{words.findingHint}</th>
          </tr>
        </thead>
        <tbody>
          {of.map(({ name, ok, code, hint }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className={ok ? undefined : 'late'}>
                {ok ? words.checkOk : words.checkFailed}
                {code !== undefined && ` ${code}`}
              </td>
              <td>{hint}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ListTable>
  );
}

export function Hosts({ of: { hosts } }: Of) {
  const { machines } = useTexts();
  const { plugin: words, plugins } = machines;
  return (
    <Section heading={words.hosts}>
      {hosts.length === 0 ? (
        <Empty>{words.noHosts}</Empty>
      ) : (
        <ListTable list="plugin-hosts" label={words.hosts}>
          <table className="grid" aria-label={words.hosts}>
            <thead>
              <tr>
                <th scope="col">{words.host}</th>
                <th scope="col">{plugins.state}</th>
                <th scope="col">{plugins.heard}</th>
                <th scope="col" className="number">
                  {words.inHand}
                </th>
                <th scope="col">{words.clock}</th>
              </tr>
            </thead>
            <tbody>
              {hosts.map(({ id, fresh, holds, lastSeen, inHand, clockAheadMs, code }) => (
                <tr key={id}>
                  <th scope="row" className="id">
                    {id}
                  </th>
                  <td>
                    {[fresh ? words.hostFresh : words.hostSilent, holds ? words.hostHolds : words.hostWaits, code]
                      .filter(Boolean)
                      .join(' / ')}
                  </td>
                  <td>
                    <Moment at={lastSeen} />
                  </td>
                  <td className="number">{machines.count(inHand)}</td>
                  <td>{clockAheadMs !== undefined && words.clockOf(Math.round(clockAheadMs / 1_000))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ListTable>
      )}
    </Section>
  );
}
