// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useState } from 'react';
import { useAuditWords } from './audit-words';
import '../../look/queue.css';
import { Button } from '../../parts/button';
import { choicesOf, SelectField, TextField } from '../../parts/fields';
import { useTexts } from '../../texts';

/** Ids and codes, as they stand in the lines; a name comes into no address. */
const ids = '[\\w.:\\-]+';
export const asked = ['group', 'action', 'actor', 'object', 'from', 'to'] as const;
export type Asked = Readonly<Partial<Record<(typeof asked)[number], string>>>;

/** What is asked for. It is in force once it is sent off, or at once where a line of the table was pressed. */
export function AuditNarrowing({ query, onNarrow }: { readonly query: Asked; onNarrow(query: Asked): void }) {
  const { privacy } = useTexts();
  const { acts } = useAuditWords();
  const [before, setBefore] = useState(query);
  const [typed, setTyped] = useState(query);
  // The address has changed: by this form, by a line that was pressed, or by going back.
  if (asked.some((name) => before[name] !== query[name])) {
    setBefore(query);
    setTyped(query);
  }
  const field = (name: (typeof asked)[number], label: string) => ({
    label,
    value: typed[name] ?? '',
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      setTyped({ ...typed, [name]: event.currentTarget.value }),
  });
  const { action } = query;
  // A code of before has no words, and is asked for all the same.
  const choices = choicesOf(action === undefined || action in acts ? acts : { ...acts, [action]: action });
  return (
    <form
      className="filters no-print"
      onSubmit={(event) => {
        event.preventDefault();
        onNarrow(typed);
      }}
    >
      <SelectField {...field('group', privacy.group)} empty={privacy.all} choices={choicesOf(privacy.groups)} />
      <SelectField {...field('action', privacy.action)} empty={privacy.all} choices={choices} />
      <TextField {...field('actor', privacy.actor)} pattern={ids} hint={privacy.actorHint} />
      <TextField {...field('object', privacy.object)} pattern={ids} hint={privacy.objectHint} />
      <TextField {...field('from', privacy.fromDay)} type="date" />
      <TextField {...field('to', privacy.toDay)} type="date" />
      <div>
        <Button type="submit">{privacy.narrow}</Button>
      </div>
    </form>
  );
}
