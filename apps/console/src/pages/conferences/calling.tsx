// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQuery } from '@tanstack/react-query';
import type { CallableStaff } from '@tsunagi/contracts';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import { PartField } from './parts-of';
import { StepForm, type Seen } from './step-form';
import { call } from '../../api/call';
import { Button } from '../../parts/button';
import { deskLabel, useDesks } from '../../parts/desks';
import { choicesOf } from '../../parts/fields';
import { Lacking } from '../../parts/states';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';
import { said, todayInJapan, valueAt, type Draft } from '../desk/draft';
import { Line, Select, useForm } from '../desk/form-fields';

interface Called {
  readonly function?: string;
  readonly staff?: string;
  readonly part?: string;
  readonly attendance?: string;
  readonly mode?: string;
}

const newSeat: Called = { attendance: 'invited', mode: 'in_person' };

/** Whoever is called is called by name, from one desk after the other. */
export function CallForm({ seen }: { readonly seen: Seen }) {
  const { conferences } = useTexts();
  const [names, setNames] = useState<Readonly<Record<string, string>>>({});
  const learn = (staff: CallableStaff['items']) =>
    setNames((before) => ({ ...before, ...Object.fromEntries(staff.map((s) => [s.staff, s.name])) }));
  return (
    <StepForm
      seen={seen}
      action="call"
      heading={conferences.call}
      hint={conferences.callHint}
      submit={conferences.callSubmit}
      done={conferences.called}
      begin={{ members: [newSeat], on: seen.conference.heldOn ?? todayInJapan(), chair: seen.conference.chair }}
      body={bodyOf}
    >
      <Seats seen={seen} learn={learn} />
      <Line at="/on" label={conferences.on} type="date" />
      <Chair seen={seen} names={names} />
    </StepForm>
  );
}

const bodyOf = (draft: Draft) => ({
  ...(said({ on: draft['on'], chair: draft['chair'] }) as object | undefined),
  members: (draft['members'] as Called[]).map(({ part, ...seat }) => ({
    ...(said(seat) as object),
    ...(part !== undefined && { part: Number(part) }),
  })),
});

function Seats({ seen, learn }: { readonly seen: Seen; readonly learn: (staff: CallableStaff['items']) => void }) {
  const { conferences } = useTexts();
  const { draft, set } = useForm();
  const seats = draft['members'] as Called[];
  return (
    <>
      {seats.map((_, n) => (
        <Seat key={n} n={n} seen={seen} learn={learn} />
      ))}
      <div>
        <Button
          onClick={() => {
            flushSync(() => set('/members', [...seats, newSeat]));
            document.querySelector<HTMLElement>(`[data-at="/members/${seats.length}/function"]`)?.focus();
          }}
        >
          {conferences.oneMore}
        </Button>
      </div>
    </>
  );
}

function Seat(props: {
  readonly n: number;
  readonly seen: Seen;
  readonly learn: (staff: CallableStaff['items']) => void;
}) {
  const { conferences, common } = useTexts();
  const { attendanceNames, modeNames } = useNames();
  const { draft, set } = useForm();
  const { conference } = props.seen;
  const at = `/members/${props.n}`;
  const seat = valueAt(draft, at) as Called;
  const desks = useDesks();
  const callable = useQuery({
    queryKey: ['conference', conference.id, 'callable', seat.function],
    queryFn: async () => {
      const answer = await call<CallableStaff>(`/conferences/${conference.id}/callable`, {
        query: { function: seat.function },
      });
      props.learn(answer.items);
      return answer;
    },
    enabled: seat.function !== undefined,
  });
  // Who has no account has a seat without a name.
  const isNamed = seat.attendance !== 'person' && seat.attendance !== 'objective';
  return (
    <fieldset className="panel stack">
      <legend>{conferences.seat(props.n + 1)}</legend>
      <div className="pair">
        <Select at={`${at}/attendance`} label={conferences.attendance} choices={choicesOf(attendanceNames)} />
        <Select at={`${at}/mode`} label={conferences.mode} choices={choicesOf(modeNames)} />
        <PartField at={`${at}/part`} conference={conference} />
      </div>
      {isNamed && (
        <div className="pair">
          <Select
            at={`${at}/function`}
            label={conferences.desk}
            choices={(desks.data ?? []).map((d) => ({ value: d.id, name: deskLabel(d) }))}
          />
          <Select
            at={`${at}/staff`}
            label={conferences.staff}
            choices={(callable.data?.items ?? []).map((s) => ({ value: s.staff, name: s.name }))}
          />
          <Lacking of={desks} what={common.lists.desks} />
          {seat.function !== undefined && <Lacking of={callable} what={common.lists.staff} />}
        </div>
      )}
      {props.n > 0 && (
        <div>
          <Button onClick={() => set(at, undefined)}>{conferences.removeSeat(props.n + 1)}</Button>
        </div>
      )}
    </fieldset>
  );
}

/** One of those who are called, or were. */
function Chair({ seen, names }: { readonly seen: Seen; readonly names: Readonly<Record<string, string>> }) {
  const { conferences } = useTexts();
  const { draft } = useForm();
  const before = (seen.conference.members ?? []).flatMap((m) =>
    m.staff === undefined ? [] : [[m.staff, m.name ?? ''] as const],
  );
  const now = (draft['members'] as Called[]).flatMap((m) =>
    m.staff === undefined ? [] : [[m.staff, names[m.staff] ?? ''] as const],
  );
  const choices = [...new Map([...before, ...now])].map(([value, name]) => ({ value, name }));
  return <Select at="/chair" label={conferences.chair} choices={choices} />;
}
