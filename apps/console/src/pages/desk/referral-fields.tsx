// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQuery } from '@tanstack/react-query';
import type { ConferencePage, DeskFunctionView } from '@tsunagi/contracts';
import type { Domain } from '@tsunagi/contracts/words';
import { flushSync } from 'react-dom';
import { localOf, valueAt, type Draft } from './draft';
import { Check, ItemField, Line, OneOf, Prose, Select, useForm } from './form-fields';
import { CategoryFields, IdentityFields, MoreItems, OtherPerson } from './member-fields';
import { askedOf, emptyPerson, kindOf } from './written';
import { call } from '../../api/call';
import { useSession } from '../../api/session';
import { Button } from '../../parts/button';
import { ChoiceGroup, choicesOf, SelectField } from '../../parts/fields';
import { deskLabel, useOwnDesks } from '../../parts/desks';
import { DutyNumbers, isOnDuty } from '../../parts/duty-numbers';
import { Facts, Section } from '../../parts/page';
import { Lacking } from '../../parts/states';
import { dayText } from '../../parts/time';
import { useLanguage, useTexts } from '../../texts';
import { useNames } from '../../texts/names';

/** Everything that is asked of a referral, in the order in which one tells it. */
export function ReferralFields(props: {
  readonly desks: readonly DeskFunctionView[];
  readonly system: string | undefined;
  /** What was handed in once keeps its kind and its sender. */
  readonly isEdit: boolean;
}) {
  const { desk } = useTexts();
  const { chosenChannelNames } = useNames();
  const { draft } = useForm();
  const asked = askedOf[kindOf(draft)];
  const isSameDay = draft['urgency'] === 'same_day';
  return (
    <>
      <Section heading={desk.toWhom}>
        {!props.isEdit && <Sender />}
        <Kind isEdit={props.isEdit} />
        <Addressee desks={props.desks} />
      </Section>
      <Section heading={desk.howItGoes}>
        <HowItGoes />
        {(isSameDay || asked.includes('phoned')) && <Phoned desks={props.desks} />}
        {asked.includes('statute') && <StatuteFields />}
        {asked.includes('agreedIn') && <AgreedIn />}
        {asked.includes('question') && <Prose at="/question" label={desk.question} hint={desk.questionHint} rows={5} />}
      </Section>
      {asked.includes('persons') && (
        <>
          <Section heading={desk.person}>
            <IdentityFields member="/subject" required />
            {props.system !== undefined && (
              <Line at="/subject/identifiers/0/value" label={desk.number} hint={desk.numberHint} />
            )}
            <Check at="/subject/sealed" label={desk.sealed} />
            <ItemField member="/subject" category="concern" field="boxes" />
            <ItemField member="/subject" category="concern" field="mostPressing" />
            <CategoryFields member="/subject" category="narrative" />
            <p className="dim">{desk.thirdParties}</p>
            <h3>{desk.moreItems}</h3>
            <MoreItems member="/subject" apart={['identity', 'concern', 'narrative']} />
          </Section>
          <Section heading={desk.others}>
            <Others />
          </Section>
        </>
      )}
      {asked.includes('told') && (
        <Section heading={desk.told}>
          <Told />
          {asked.includes('asked') && (
            <>
              <Prose at="/asked" label={desk.asked} />
              <Check at="/anxious" label={desk.anxious} />
            </>
          )}
        </Section>
      )}
      {asked.includes('keeps') && (
        <Section heading={desk.keeps}>
          <Line at="/keepsDoing" label={desk.keepsDoing} hint={desk.keepsDoingHint} />
          <Line at="/nextContactOn" label={desk.nextContactOn} type="date" />
        </Section>
      )}
      {!props.isEdit && asked.includes('channel') && (
        <Section heading={desk.channel}>
          <Select
            at="/channel"
            label={desk.channel}
            hint={desk.channelHint}
            choices={choicesOf(chosenChannelNames)}
            empty={desk.channelUsual}
          />
        </Section>
      )}
    </>
  );
}

function Sender() {
  const { desk } = useTexts();
  const own = useOwnDesks();
  if (own.length < 2) return null;
  return <Select at="/fromFunction" label={desk.from} choices={own.map(({ id, name }) => ({ value: id, name }))} />;
}

function Kind({ isEdit }: { readonly isEdit: boolean }) {
  const { desk } = useTexts();
  const { kindNames } = useNames();
  const { draft } = useForm();
  const hints: Readonly<Record<string, string>> = desk.kindHints;
  if (isEdit) return <p>{kindNames[kindOf(draft)]}</p>;
  return <Select at="/kind" label={desk.kind} hint={hints[kindOf(draft)]} choices={choicesOf(kindNames)} />;
}

/** What has been said of the addressee, and which desks it may still become. */
function addressed(draft: Draft, desks: readonly DeskFunctionView[]) {
  const nobodyKnows = valueAt(draft, '/form/nobodyKnows') === true;
  const to = valueAt(draft, '/to') as { domain?: Domain; function?: string } | undefined;
  const chosen = nobodyKnows ? undefined : desks.find((d) => d.id === to?.function);
  const domain = nobodyKnows ? 'takikan' : (to?.domain ?? chosen?.domain);
  // Where desks are named for a kind, it goes to no other.
  const named = desks.filter((d) => d.kinds?.includes(kindOf(draft)));
  const offered = (named.length > 0 ? named : desks.filter((d) => d.receives)).filter(
    (d) => domain === undefined || d.domain === domain,
  );
  return { nobodyKnows, to, chosen, domain, offered };
}

/** A field of welfare, and perhaps one desk of it; or nobody knows. */
export function Addressee({ desks }: { readonly desks: readonly DeskFunctionView[] }) {
  const { desk } = useTexts();
  const { domainNames } = useNames();
  const { draft, set, error } = useForm();
  const own = useOwnDesks();
  const { nobodyKnows, to, domain, ...among } = addressed(draft, desks);
  const offered = among.offered.filter((d) => own.length !== 1 || d.id !== own[0]?.id);
  return (
    <div className="stack" data-at="/to">
      <ChoiceGroup
        label={desk.addressee}
        error={error('/to', 'below')}
        several={false}
        choices={[
          { value: 'known', name: desk.known },
          { value: 'unknown', name: desk.nobodyKnows },
        ]}
        value={[nobodyKnows ? 'unknown' : 'known']}
        onChange={([value]) => set('/form/nobodyKnows', value === 'unknown' ? true : undefined)}
      />
      {nobodyKnows ? (
        <p className="dim">{desk.nobodyKnowsHint}</p>
      ) : (
        <div className="pair">
          <SelectField
            label={desk.domain}
            choices={choicesOf(domainNames)}
            value={domain ?? ''}
            onChange={(e) => set('/to', e.target.value === '' ? undefined : { domain: e.target.value })}
          />
          <SelectField
            label={desk.desk}
            hint={desk.deskHint}
            empty={desk.anyDesk}
            choices={offered.map((d) => ({ value: d.id, name: deskLabel(d) }))}
            value={to?.function ?? ''}
            onChange={(e) => set('/to', { domain, ...(e.target.value !== '' && { function: e.target.value }) })}
          />
        </div>
      )}
    </div>
  );
}

function HowItGoes() {
  const { desk } = useTexts();
  const { urgencyNames, purposeNames, meetingNames } = useNames();
  const { draft } = useForm();
  const isMeeting = askedOf[kindOf(draft)].includes('meeting');
  return (
    <>
      <OneOf at="/urgency" label={desk.urgency} choices={choicesOf(urgencyNames)} />
      {isMeeting && <OneOf at="/howTheyMeet" label={desk.meeting} choices={choicesOf(meetingNames)} />}
      <Select at="/purpose" label={desk.purpose} choices={choicesOf(purposeNames)} />
    </>
  );
}

function Phoned({ desks }: { readonly desks: readonly DeskFunctionView[] }) {
  const { desk } = useTexts();
  const { draft } = useForm();
  const { chosen, domain, offered } = addressed(draft, desks);
  const toCall = chosen ? [chosen] : domain === undefined ? [] : offered.filter(isOnDuty);
  return (
    <fieldset className="panel stack" data-at="/phoned">
      <legend>{desk.phoned}</legend>
      <p className="dim">{desk.phonedHint}</p>
      {toCall.length > 0 && (
        <section aria-label={desk.duty}>
          <Facts of={toCall.map((one) => [deskLabel(one), <DutyNumbers key={one.id} of={one} />] as const)} />
        </section>
      )}
      <div className="pair">
        <Line at="/phoned/whom" label={desk.phonedWhom} alsoAt="/phoned" />
        <Line at="/phoned/at" label={desk.when} type="datetime-local" />
        <Line at="/phoned/by" label={desk.phonedBy} />
      </div>
    </fieldset>
  );
}

function StatuteFields() {
  const { desk } = useTexts();
  const { statuteNames } = useNames();
  const { draft } = useForm();
  return (
    <>
      <Select at="/statute" label={desk.statute} choices={choicesOf(statuteNames)} />
      {draft['statute'] === 'child_abuse_request' && (
        <fieldset className="panel stack">
          <legend>{desk.request}</legend>
          <div className="pair">
            <Line at="/request/from" label={desk.requestFrom} />
            <Line at="/request/on" label={desk.requestOn} type="date" />
            <Line at="/request/number" label={desk.requestNumber} />
          </div>
        </fieldset>
      )}
    </>
  );
}

/** The conference that has agreed; those that one's own desk was at, and that were held. */
function AgreedIn() {
  const { desk, common } = useTexts();
  const { conferenceKindNames } = useNames();
  const { language } = useLanguage();
  const { draft, set, error } = useForm();
  const held = useQuery({
    queryKey: ['conferences', 'held'],
    queryFn: () => call<ConferencePage>('/conferences', { query: { state: 'held', limit: 200 } }),
  });
  const conferences = (held.data?.items ?? []).filter((c) => c.heldOn !== undefined);
  return (
    <>
      <SelectField
        label={desk.agreedIn}
        hint={desk.agreedInHint}
        error={error('/agreedIn', 'below')}
        data-at="/agreedIn"
        choices={conferences.map((c) => ({
          value: c.id,
          name: `${dayText(c.heldOn!, language)} ${conferenceKindNames[c.kind]}`,
        }))}
        value={(valueAt(draft, '/agreedIn/conference') as string | undefined) ?? ''}
        onChange={(e) => {
          const chosen = conferences.find((c) => c.id === e.target.value);
          set('/agreedIn', chosen && { on: chosen.heldOn, conference: chosen.id });
        }}
      />
      <Lacking of={held} what={common.lists.conferences} />
    </>
  );
}

function Others() {
  const { desk } = useTexts();
  const { draft, set } = useForm();
  const others = draft['others'] as { ref: string }[];
  const add = () => {
    const taken = new Set(others.map((o) => o.ref));
    let n = others.length + 1;
    while (taken.has(`m${n}`)) n += 1;
    flushSync(() => set('/others', [...others, emptyPerson(`m${n}`)]));
    document.querySelector<HTMLElement>(`[data-at="/others/${others.length}/role"]`)?.focus();
  };
  const addButton = 'add-other';
  return (
    <>
      <p className="dim">{desk.othersHint}</p>
      {others.map(({ ref }, n) => (
        <OtherPerson
          key={ref}
          n={n}
          onRemove={() => {
            flushSync(() => set(`/others/${n}`, undefined));
            document.getElementById(addButton)?.focus();
          }}
        />
      ))}
      <div>
        <Button id={addButton} onClick={add}>
          {desk.addOther}
        </Button>
      </div>
    </>
  );
}

/** R11: the person was told, or it is said why not yet and until when. */
function Told() {
  const { desk } = useTexts();
  const { caller } = useSession();
  const form = useForm();
  const told = valueAt(form.draft, '/form/told');
  const choose = (value: string) => {
    form.set('/form/told', value);
    if (value === 'yes' && valueAt(form.draft, '/personInformed') === undefined)
      form.set('/personInformed', { by: caller.name ?? '', at: localOf(new Date()) });
  };
  return (
    <>
      <div data-at="/personInformed">
        <ChoiceGroup
          label={desk.toldWhether}
          error={told === 'no' ? undefined : form.error('/personInformed')}
          several={false}
          choices={[
            { value: 'yes', name: desk.toldYes },
            { value: 'no', name: desk.toldNo },
          ]}
          value={[typeof told === 'string' ? told : '']}
          onChange={([value]) => choose(value ?? '')}
        />
      </div>
      {told === 'yes' && (
        <div className="pair">
          <Line at="/personInformed/by" label={desk.toldBy} />
          <Line at="/personInformed/at" label={desk.when} type="datetime-local" />
          <Line at="/personInformed/how" label={desk.toldHow} hint={desk.toldHowHint} />
        </div>
      )}
      {told === 'no' && (
        <div className="pair" data-at="/notInformed">
          <Line at="/notInformed/reason" label={desk.notToldReason} />
          <Line at="/notInformed/by" label={desk.notToldUntil} type="date" />
        </div>
      )}
    </>
  );
}
