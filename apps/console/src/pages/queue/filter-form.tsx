// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useRef, useState } from 'react';
import type { Filters } from './filters';
import { isNumber } from './query';
import { Button } from '../../parts/button';
import { CheckBox, choicesOf, SelectField, TextField } from '../../parts/fields';
import { useKey } from '../../parts/keys';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';

/** Narrows the list; each choice is in force at once, and in the address. */
export function FilterForm({ filters, onChange }: { readonly filters: Filters; onChange(changed: Filters): void }) {
  const { queue } = useTexts();
  const names = useNames();
  const search = useRef<HTMLInputElement>(null);
  const [q, setQ] = useState(filters.q ?? '');
  const [wrong, setWrong] = useState(false);
  useKey('/', queue.keys.search, () => search.current?.focus());
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
    <details
      className="no-print"
      open={Boolean(filters.state ?? filters.kind ?? filters.urgency ?? filters.overdue ?? filters.q)}
    >
      <summary>{queue.filters}</summary>
      <form
        className="filters"
        onSubmit={(event) => {
          event.preventDefault();
          // What stands in an address stands in logs: a name never comes there.
          const typed = q.trim();
          setWrong(typed !== '' && !isNumber(typed));
          if (typed === '' || isNumber(typed)) onChange({ q: typed });
        }}
      >
        {select('state', queue.state, names.stateNames)}
        {select('kind', queue.kind, names.kindNames)}
        {select('urgency', queue.urgency, names.urgencyNames)}
        <SelectField
          label={queue.sort}
          value={filters.sort ?? 'due'}
          choices={choicesOf(queue.sorts)}
          onChange={(e) => onChange({ sort: e.target.value })}
        />
        <TextField
          ref={search}
          label={queue.number}
          hint={queue.numberHint}
          error={wrong ? queue.noNumber : undefined}
          value={q}
          onChange={(e) => setQ(e.target.value)}
        />
        <div className="row">
          <CheckBox
            label={queue.overdue}
            checked={filters.overdue === 'true'}
            onChange={(e) => onChange({ overdue: e.target.checked ? 'true' : '' })}
          />
          <Button type="submit">{queue.search}</Button>
          <Button
            look="text"
            onClick={() => {
              setQ('');
              onChange({ state: '', kind: '', urgency: '', overdue: '', q: '', sort: '' });
            }}
          >
            {queue.clear}
          </Button>
        </div>
      </form>
    </details>
  );
}
