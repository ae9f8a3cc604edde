// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { CountedDay, IntakePause, PluginDetail } from '@tsunagi/contracts';
import { useState } from 'react';
import { useRenewed } from './plugin-switch';
import { ReasonDialog } from './reason-dialog';
import { Told, useDoing } from './told';
import { call } from '../../api/call';
import { Banner } from '../../parts/banner';
import { Button } from '../../parts/button';
import { ListTable } from '../../parts/list-table';
import { Facts, Section } from '../../parts/page';
import { Empty } from '../../parts/states';
import { Day, dayText, Moment } from '../../parts/time';
import { useLanguage, useTexts } from '../../texts';

interface Of {
  readonly of: PluginDetail;
}

/** How what comes is watched; and when it is paused, the numbers on which somebody decides. */
export function Intake({ of: { id, intake } }: Of) {
  const { machines } = useTexts();
  const { intake: words } = machines;
  const { said, busy, act } = useDoing();
  const [asking, setAsking] = useState(false);
  const renewed = useRenewed(id);
  const confirm = async (reason: string) => {
    setAsking(false);
    await act('confirm', async () => {
      await call(`/plugins/${id}/confirm`, { body: { reason } });
      await renewed();
      return { done: words.confirmed };
    });
  };
  const { pause } = intake;
  const goOn = pause?.reason === 'FLOOD_VIEW' ? words.readOn : words.confirm;
  return (
    <Section heading={words.heading}>
      <Told said={said} />
      {pause && (
        <Banner
          kind="warning"
          heading={words.pausedHeading}
          actions={
            <Button look="solid-fill" onClick={() => setAsking(true)} disabled={busy !== undefined}>
              {goOn}
            </Button>
          }
        >
          <Paused {...pause} />
        </Banner>
      )}
      {intake.guard === 'off' ? (
        <Empty>{words.off}</Empty>
      ) : (
        <Facts
          of={[
            intake.startsOn === undefined ? undefined : [words.startsOn, <Day key="d" on={intake.startsOn} />],
            intake.perFile === undefined ? undefined : [words.perFile, words.limit(intake.perFile)],
            intake.perHour === undefined ? undefined : [words.perHour, words.limit(intake.perHour)],
            intake.lastFileAt === undefined ? undefined : [words.lastFile, <Moment key="m" at={intake.lastFileAt} />],
          ]}
        />
      )}
      {asking && pause && (
        <ReasonDialog
          heading={goOn}
          lead={pause.sentence}
          confirm={goOn}
          onClose={() => setAsking(false)}
          onReason={(reason) => void confirm(reason)}
        />
      )}
    </Section>
  );
}

function Paused({ sentence, since, newReferrals, limit, rehearsed, trial, quarantined }: IntakePause) {
  const { machines } = useTexts();
  const { intake: words } = machines;
  return (
    <div className="stack" data-gap="small">
      <p>
        {sentence} (<Moment at={since} />)
      </p>
      {newReferrals !== undefined && (
        <p>{limit === undefined ? words.newOnes(newReferrals) : words.newOnesOf(newReferrals, limit)}</p>
      )}
      {rehearsed.length > 0 && (
        <ListTable list="intake-rehearsal" label={words.rehearsed}>
          <table className="grid" aria-label={words.rehearsed}>
            <thead>
              <tr>
                <th scope="col">{words.outcome}</th>
                <th scope="col">{words.code}</th>
                <th scope="col">{words.desk}</th>
                <th scope="col" className="number">
                  {words.rows}
                </th>
              </tr>
            </thead>
            <tbody>
              {rehearsed.map(({ outcome, code, desk, count }) => (
                <tr key={`${outcome} ${code} ${desk}`}>
                  <th scope="row">{machines.outcomes[outcome]}</th>
                  <td>{code}</td>
                  <td>{desk}</td>
                  <td className="number">{machines.count(count)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ListTable>
      )}
      {trial && <p>{words.trials[trial]}</p>}
      {quarantined > 0 && <p>{words.alsoQuarantined(quarantined)}</p>}
    </div>
  );
}

/** The numbers of the legacy system beside those of the hub, day by day. */
export function Days({ of: { id, days } }: Of) {
  const { machines } = useTexts();
  const { language } = useLanguage();
  const { days: words } = machines;
  const { said, busy, act } = useDoing();
  const [settling, setSettling] = useState<string>();
  const renewed = useRenewed(id);
  const settle = async (day: string, reason: string) => {
    setSettling(undefined);
    await act('settle', async () => {
      await call(`/plugins/${id}/counts/settle`, { body: { day, reason } });
      await renewed();
      return { done: words.settled };
    });
  };
  return (
    <Section heading={words.heading}>
      <Told said={said} />
      {days.length === 0 ? (
        <Empty>{words.empty}</Empty>
      ) : (
        <ListTable list="counts-of-days" label={words.heading}>
          <table className="grid" aria-label={words.heading}>
            <thead>
              <tr>
                <th scope="col">{words.day}</th>
                <th scope="col">{words.what}</th>
                <th scope="col">{words.verdict}</th>
                <th scope="col" className="number">
                  {words.system}
                </th>
                <th scope="col" className="number">
                  {words.hub}
                </th>
              </tr>
            </thead>
            <tbody>
              {days.map((day) => (
                <CountsOf key={day.day} {...{ day, busy: busy !== undefined }} onSettle={() => setSettling(day.day)} />
              ))}
            </tbody>
          </table>
        </ListTable>
      )}
      {settling !== undefined && (
        <ReasonDialog
          heading={words.settle(dayText(settling, language))}
          lead={words.settle(dayText(settling, language))}
          confirm={words.settleShort}
          onClose={() => setSettling(undefined)}
          onReason={(reason) => void settle(settling, reason)}
        />
      )}
    </Section>
  );
}

function CountsOf(props: { readonly day: CountedDay; readonly busy: boolean; onSettle(): void }) {
  const { machines } = useTexts();
  const { language } = useLanguage();
  const { days: words } = machines;
  const { day, counts, code, differsSince } = props.day;
  const name = (
    <>
      <Day on={day} />
      {differsSince !== undefined && (
        <p>
          <Button
            size="xs"
            onClick={props.onSettle}
            disabled={props.busy}
            aria-label={words.settle(dayText(day, language))}
          >
            {words.settleShort}…
          </Button>
        </p>
      )}
    </>
  );
  if (counts.length === 0)
    return (
      <tr>
        <th scope="row">{name}</th>
        <td colSpan={4} className="dim">
          {words.notCounted}
          {code !== undefined && ` (${code})`}
        </td>
      </tr>
    );
  return counts.map(({ what, verdict, system, hub }, index) => (
    <tr key={what}>
      {index === 0 && (
        <th scope="rowgroup" rowSpan={counts.length}>
          {name}
        </th>
      )}
      <td>{machines.counted[what]}</td>
      <td className={verdict === 'differs' ? 'late' : undefined}>{machines.verdicts[verdict]}</td>
      <td className="number">{system ?? '-'}</td>
      <td className="number">{hub ? words.between(hub.fewest, hub.most) : '-'}</td>
    </tr>
  ));
}
