// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useRef, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import type { Filters } from './filters';
import { idOf } from './query';
import { Button } from '../../parts/button';
import { deskLabel, useDesks } from '../../parts/desks';
import { CheckBox, choicesOf, SelectField, TextField, type Choice } from '../../parts/fields';
import { useKey } from '../../parts/keys';
import { Lacking } from '../../parts/states';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';

const narrowing = ['state', 'kind', 'urgency', 'from', 'to', 'function', 'lead', 'journey', 'overdue', 'q'] as const;

/** Narrows the list; each choice is in force at once, and in the address. */
export function FilterForm({ filters, onChange }: { readonly filters: Filters; onChange(changed: Filters): void }) {
  const { queue } = useTexts();
  const names = useNames();
  const search = useRef<HTMLInputElement>(null);
  const isNarrowed = narrowing.some((name) => filters[name] !== undefined);
  const [wasNarrowed, setWasNarrowed] = useState(isNarrowed);
  const [open, setOpen] = useState(isNarrowed);
  const [cleared, setCleared] = useState(0);
  // Why there are so few is seen; it is closed by hand alone, so that nobody's hand is in it.
  if (wasNarrowed !== isNarrowed) {
    setWasNarrowed(isNarrowed);
    if (isNarrowed) setOpen(true);
  }
  useKey('/', queue.keys.search, () => {
    flushSync(() => setOpen(true));
    search.current?.focus();
  });
  const select = (name: 'state' | 'kind' | 'urgency', label: string, of: Readonly<Record<string, string>>) => (
    <SelectField
      label={label}
      value={filters[name] ?? ''}
      empty={queue.allOf}
      choices={choicesOf(of)}
      onChange={(e) => onChange({ [name]: e.target.value })}
    />
  );
  return (
    <details className="no-print" open={open} onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{queue.filters}</summary>
      <div className="filters">
        {select('state', queue.state, names.stateNames)}
        {select('kind', queue.kind, names.kindNames)}
        {select('urgency', queue.urgency, names.urgencyNames)}
        {open && <Desks filters={filters} onChange={onChange} />}
        <SelectField
          label={queue.sort}
          value={filters.sort ?? 'due'}
          choices={choicesOf(queue.sorts)}
          onChange={(e) => onChange({ sort: e.target.value })}
        />
        <Numbered key={cleared} q={filters.q} field={search} onChange={(q) => onChange({ q })} />
        <div className="row">
          <CheckBox
            label={queue.overdue}
            checked={filters.overdue === 'true'}
            onChange={(e) => onChange({ overdue: e.target.checked ? 'true' : '' })}
          />
          <Button
            look="text"
            onClick={() => {
              setCleared(cleared + 1);
              onChange(Object.fromEntries([...narrowing, 'sort'].map((name) => [name, ''])));
            }}
          >
            {queue.clear}
          </Button>
        </div>
      </div>
    </details>
  );
}

/** Where it comes from, where it goes, and who leads. */
function Desks({ filters, onChange }: { readonly filters: Filters; onChange(changed: Filters): void }) {
  const { queue, referral, common } = useTexts();
  const desks = useDesks();
  const choices = (desks.data ?? []).map((desk): Choice => ({ value: desk.id, name: deskLabel(desk) }));
  const select = (name: 'from' | 'to' | 'function' | 'lead', label: string) => (
    <SelectField
      label={label}
      value={filters[name] ?? ''}
      empty={queue.allOf}
      choices={choices}
      onChange={(e) => onChange({ [name]: e.target.value })}
    />
  );
  return (
    <>
      {select('from', queue.from)}
      {select('to', queue.to)}
      {select('function', queue.either)}
      {select('lead', referral.lead)}
      <Lacking of={desks} what={common.lists.desks} />
    </>
  );
}

/** One by its number. What stands in an address stands in logs: a name never comes there. */
function Numbered(props: {
  readonly q: string | undefined;
  readonly field: RefObject<HTMLInputElement | null>;
  onChange(q: string): void;
}) {
  const { queue } = useTexts();
  const [before, setBefore] = useState(props.q);
  const [typed, setTyped] = useState(props.q ?? '');
  const [wrong, setWrong] = useState(false);
  // The address has changed, by this form or by going back.
  if (before !== props.q) {
    setBefore(props.q);
    setTyped(props.q ?? '');
    setWrong(false);
  }
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        const q = typed.trim();
        const isWrong = q !== '' && idOf(q) === undefined;
        setWrong(isWrong);
        if (!isWrong) props.onChange(q);
      }}
    >
      <TextField
        ref={props.field}
        label={queue.number}
        hint={queue.numberHint}
        error={wrong ? queue.noNumber : undefined}
        value={typed}
        onChange={(e) => setTyped(e.target.value)}
      />
      <Button type="submit">{queue.search}</Button>
    </form>
  );
}
