// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ConferenceView } from '@tsunagi/contracts';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';
import { Select } from '../desk/form-fields';

/** A conference is its first part. */
export const kindsOf = ({ kind, parts }: Pick<ConferenceView, 'kind' | 'parts'>) => [kind, ...parts];

/** Which part, where there are several. */
export function PartField(props: {
  readonly at: string;
  readonly conference: ConferenceView;
  /** Only these. */
  readonly among?: readonly number[];
}) {
  const { conferences } = useTexts();
  const { conferenceKindNames } = useNames();
  if (props.conference.parts.length === 0) return null;
  const choices = kindsOf(props.conference).flatMap((kind, part) =>
    props.among && !props.among.includes(part) ? [] : [{ value: String(part), name: conferenceKindNames[kind] }],
  );
  return (
    <Select
      at={props.at}
      label={conferences.part}
      choices={choices}
      empty={conferenceKindNames[props.conference.kind]}
    />
  );
}

/** As the hub counts them. */
export const partOf = (chosen: unknown): { part: number } | undefined =>
  typeof chosen === 'string' ? { part: Number(chosen) } : undefined;

/** Nobody is named in a conference; of several each has a number. */
export function usePersonWords({ persons = [] }: ConferenceView) {
  const { conferences } = useTexts();
  return (person: string) =>
    persons.length < 2 ? conferences.thePerson : conferences.person(persons.indexOf(person) + 1);
}
