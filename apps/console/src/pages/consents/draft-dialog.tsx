// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useMutation } from '@tanstack/react-query';
import type { ConsentFormView, NewConsentForm } from '@tsunagi/contracts';
import type { DataCategory, Feedback, Purpose } from '@tsunagi/contracts/words';
import { useState } from 'react';
import { call } from '../../api/call';
import { useDesks } from '../../parts/desks';
import { ProblemError } from '../../api/problem';
import { useSession } from '../../api/session';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { CheckBox, choicesOf, ChoiceGroup, SelectField, TextArea, TextField } from '../../parts/fields';
import { Failure, Lacking } from '../../parts/states';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';

/** A draft counts for nothing until somebody else approves it. */
export function DraftDialog(props: { onClose(): void; onDone(version: string): void }) {
  const { consents, common } = useTexts();
  const names = useNames();
  const { caller, roles } = useSession();
  const desks = useDesks();
  const places = roles.has('it_admin') ? (desks.data ?? []) : caller.functions;
  const [desk, setDesk] = useState(places.length === 1 ? (places[0]?.id ?? '') : '');
  const [text, setText] = useState({ version: '', title: '', wording: '', plainWording: '', script: '', days: '90' });
  const [parts, setParts] = useState<string[]>(['personal_data']);
  const [categories, setCategories] = useState<string[]>([]);
  const [purposes, setPurposes] = useState<string[]>(['consultation']);
  const [feedback, setFeedback] = useState<Feedback>('state');
  const [keepsPaper, setKeepsPaper] = useState(false);
  const drafting = useMutation({
    mutationFn: () => {
      const { version, title, wording, plainWording, script, days } = text;
      const body: NewConsentForm = {
        ...(desk !== '' && { function: desk }),
        ...{ version, title, wording, keepsPaper },
        ...(plainWording !== '' && { plainWording }),
        ...(script !== '' && { script }),
        parts: parts as NewConsentForm['parts'],
        profile: {
          categories: categories as DataCategory[],
          purposes: purposes as Purpose[],
          days: Number(days),
          feedback,
        },
      };
      return call<ConsentFormView>('/consent-forms', { body });
    },
    onSuccess: ({ version }) => props.onDone(version),
  });
  const { error } = drafting;
  const errorAt = (pointer: string) => (error instanceof ProblemError ? error.at(pointer) : undefined);
  const field = (key: keyof typeof text, label: string, pointer = `/${key}`) => ({
    label,
    error: errorAt(pointer),
    value: text[key],
    onChange: (e: { target: { value: string } }) => setText({ ...text, [key]: e.target.value }),
  });
  return (
    <Dialog heading={consents.draft} onClose={props.onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          drafting.mutate();
        }}
      >
        {error && <Failure error={error} />}
        <SelectField
          label={consents.forDesk}
          error={errorAt('/function')}
          choices={places.map(({ id, name }) => ({ value: id, name }))}
          value={desk}
          onChange={(e) => setDesk(e.target.value)}
          required
        />
        {roles.has('it_admin') && <Lacking of={desks} what={common.lists.desks} />}
        <TextField {...field('version', consents.formColumns.version)} hint={consents.versionHint} required />
        <TextField {...field('title', consents.formColumns.title)} required />
        <TextArea {...field('plainWording', consents.plainWording)} />
        <TextArea {...field('wording', consents.wording)} required />
        <TextArea {...field('script', consents.scriptText)} />
        <ChoiceGroup
          label={consents.partsField}
          error={errorAt('/parts')}
          several
          required
          choices={choicesOf(names.formPartNames)}
          value={parts}
          onChange={setParts}
        />
        <ChoiceGroup
          label={consents.categories}
          error={errorAt('/profile/categories')}
          several
          required
          choices={choicesOf(names.categoryNames)}
          value={categories}
          onChange={setCategories}
        />
        <ChoiceGroup
          label={consents.purposes}
          error={errorAt('/profile/purposes')}
          several
          required
          choices={choicesOf(names.purposeNames)}
          value={purposes}
          onChange={setPurposes}
        />
        <ChoiceGroup
          label={consents.feedback}
          several={false}
          choices={choicesOf(names.feedbackNames)}
          value={[feedback]}
          onChange={([value]) => setFeedback(value as Feedback)}
        />
        <TextField {...field('days', consents.days, '/profile/days')} type="number" min={1} max={3660} required />
        <CheckBox label={consents.keepsPaper} checked={keepsPaper} onChange={(e) => setKeepsPaper(e.target.checked)} />
        <Button type="submit" look="solid-fill" size="md" disabled={drafting.isPending}>
          {consents.draftDo}
        </Button>
      </form>
    </Dialog>
  );
}
