// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ConferenceItemView } from '@tsunagi/contracts';
import { useState } from 'react';
import { partOf, PartField, usePersonWords } from './parts-of';
import { StepButton, StepForm, type Seen } from './step-form';
import { Button } from '../../parts/button';
import { Chip } from '../../parts/chip';
import { useDesks } from '../../parts/desks';
import { Dialog } from '../../parts/dialog';
import { choicesOf } from '../../parts/fields';
import { Empty, Lacking } from '../../parts/states';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';
import { said, valueAt, type Draft } from '../desk/draft';
import { Check, Line, Prose, Select } from '../desk/form-fields';
import { ItemsShown } from '../../parts/item-words';
import { CategoryFields } from '../desk/member-fields';
import { Addressee } from '../desk/referral-fields';
import { addresseeOf } from '../desk/written';

/** What was brought to this part and may be seen, each with what one may do with it. */
export function Items({ seen, part }: { readonly seen: Seen; readonly part: number }) {
  const { conferences } = useTexts();
  const items = (seen.conference.items ?? []).filter((i) => i.part === part);
  if (items.length === 0) return <Empty>{conferences.noItems}</Empty>;
  return (
    <ul className="plain">
      {items.map((item) => (
        <li key={item.id} className="panel stack" data-gap="small">
          <Item seen={seen} item={item} />
        </li>
      ))}
    </ul>
  );
}

function Item({ seen, item }: { readonly seen: Seen; readonly item: ConferenceItemView }) {
  const { conferences, common } = useTexts();
  const { categoryNames } = useNames();
  const person = usePersonWords(seen.conference);
  const [erasing, setErasing] = useState(false);
  const isOpenOrHeld = ['open', 'held'].includes(seen.conference.state);
  return (
    <>
      <div className="row">
        <strong>{categoryNames[item.category]}</strong>
        <span className="dim">{person(item.person)}</span>
        <span className="dim">{item.mine ? conferences.mine : item.function?.name}</span>
        {item.informant && <Chip color="orange">{conferences.informant}</Chip>}
        {item.promotion && <Chip color="blue">{conferences.promotion[item.promotion]}</Chip>}
      </div>
      <p className="prose">{item.text}</p>
      {item.leaving && <Agreement seen={seen} item={item} leaving={item.leaving} />}
      {isOpenOrHeld && !item.informant && item.promotion === undefined && <Promotion seen={seen} item={item} />}
      {isOpenOrHeld && item.mine && (
        <div className="no-print">
          <Button size="xs" onClick={() => setErasing(true)}>
            {conferences.erase}
          </Button>
        </div>
      )}
      {erasing && (
        <Dialog heading={conferences.eraseAsk} onClose={() => setErasing(false)}>
          <p>{conferences.eraseHint}</p>
          <div className="row" data-end>
            <Button onClick={() => setErasing(false)}>{common.cancel}</Button>
            <StepButton seen={seen} action="erase" body={{ item: item.id }} done={conferences.erased}>
              {conferences.erase}
            </StepButton>
          </div>
        </Dialog>
      )}
    </>
  );
}

/** On a consent, in words that name nobody who told. */
function Promotion({ seen, item }: { readonly seen: Seen; readonly item: ConferenceItemView }) {
  const { conferences, common } = useTexts();
  const desks = useDesks();
  return (
    <StepForm
      seen={seen}
      action="promote"
      heading={conferences.promote}
      hint={conferences.promoteHint}
      submit={conferences.promoteSubmit}
      done={conferences.promoted}
      body={(draft) => ({ item: item.id, to: addresseeOf(draft), items: (said(draft['items']) as object) ?? {} })}
    >
      <Addressee desks={desks.data ?? []} />
      <Lacking of={desks} what={common.lists.desks} />
      <CategoryFields member="" category={item.category} />
    </StepForm>
  );
}

/** Whoever brought it decides whether it goes out, and reads first what would. */
function Agreement(props: {
  readonly seen: Seen;
  readonly item: ConferenceItemView;
  readonly leaving: NonNullable<ConferenceItemView['leaving']>;
}) {
  const { conferences } = useTexts();
  const { seen, item, leaving } = props;
  return (
    <section className="stack" data-gap="small" aria-label={conferences.leaving}>
      <h4>{conferences.leaving}</h4>
      {leaving.to && <p>{conferences.leavingTo(leaving.to.name)}</p>}
      <ItemsShown items={leaving.items} />
      <StepForm
        seen={seen}
        action="agree-promotion"
        heading={conferences.agree}
        hint={conferences.agreeHint}
        submit={conferences.agreeSubmit}
        done={conferences.agreed}
        body={(draft) => ({ item: item.id, agreed: true, ...(said({ identity: draft['identity'] }) as object) })}
      >
        <Identity />
      </StepForm>
      <StepButton
        seen={seen}
        action="agree-promotion"
        body={{ item: item.id, agreed: false }}
        done={conferences.disagreed}
      >
        {conferences.disagree}
      </StepButton>
    </section>
  );
}

/** What one brings, person by person and category by category. */
export function AddItem({ seen }: { readonly seen: Seen }) {
  const { conferences } = useTexts();
  const { categoryNames } = useNames();
  const { household: _, ...categories } = categoryNames;
  const { conference } = seen;
  return (
    <StepForm
      seen={seen}
      action="add-item"
      heading={conferences.addItem}
      submit={conferences.addItemSubmit}
      done={conferences.added}
      begin={only(conference.persons)}
      body={withPart}
    >
      <PartField at="/part" conference={conference} among={conference.acknowledged} />
      <PersonField seen={seen} />
      <Select at="/category" label={conferences.category} choices={choicesOf(categories)} />
      <Prose at="/text" label={conferences.text} hint={conferences.textHint} rows={4} />
      <Check at="/informant" label={conferences.informantCheck} />
      <Check at="/whereaboutsChecked" label={conferences.whereabouts} />
    </StepForm>
  );
}

/** An inquiry to another desk at the table, on the ground of the conference. */
export function RequestMaterial({ seen }: { readonly seen: Seen }) {
  const { conferences } = useTexts();
  const { conference } = seen;
  const desks = new Map(
    (conference.members ?? []).flatMap((m) =>
      m.functionId === undefined ? [] : [[m.functionId, m.function?.name ?? ''] as const],
    ),
  );
  return (
    <StepForm
      seen={seen}
      action="request"
      heading={conferences.request}
      hint={conferences.requestHint}
      submit={conferences.requestSubmit}
      done={conferences.requested}
      begin={only(conference.persons)}
      body={withPart}
    >
      <PartField at="/part" conference={conference} among={conference.acknowledged} />
      <Select at="/to" label={conferences.desk} choices={[...desks].map(([value, name]) => ({ value, name }))} />
      <PersonField seen={seen} />
      <Identity />
      <Prose at="/question" label={conferences.question} />
    </StepForm>
  );
}

const only = (persons: readonly string[] | undefined): Draft => (persons?.length === 1 ? { person: persons[0] } : {});
const withPart = (draft: Draft) => ({ ...(said(draft) as object), ...partOf(valueAt(draft, '/part')) });

/** Who it is: a conference names nobody, the referral that comes of it does. */
function Identity() {
  const { itemNames } = useNames();
  const { name, kana, birthDate } = itemNames.identity;
  return (
    <div className="pair">
      <Line at="/identity/name" label={name} />
      <Line at="/identity/kana" label={kana} />
      <Line at="/identity/birthDate" label={birthDate} type="date" />
    </div>
  );
}

function PersonField({ seen }: { readonly seen: Seen }) {
  const { conferences } = useTexts();
  const words = usePersonWords(seen.conference);
  const persons = seen.conference.persons ?? [];
  if (persons.length < 2) return null;
  return <Select at="/person" label={conferences.whose} choices={persons.map((p) => ({ value: p, name: words(p) }))} />;
}
