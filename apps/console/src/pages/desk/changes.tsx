// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Proposal } from '@tsunagi/contracts';
import { useFieldName, useItemWords } from '../../parts/item-words';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';

/** Field by field, before and after, in words. */
export function Changes({ of }: { readonly of: Proposal }) {
  const { desk } = useTexts();
  const words = useFieldWords(of);
  const isCompared = of.comparedWith === 'written';
  const value = (change: Proposal['changes'][number], json: string | undefined) =>
    json === undefined ? <span className="dim">{desk.noValue}</span> : words.value(change.pointer, json);
  return (
    <div className="scroll-x">
      <table className="grid changes">
        <caption>{desk.comparedWith[of.comparedWith]}</caption>
        <thead>
          <tr>
            <th scope="col">{desk.field}</th>
            {isCompared && <th scope="col">{desk.before}</th>}
            <th scope="col">{desk.after}</th>
          </tr>
        </thead>
        <tbody>
          {of.changes.filter(saysSomething).map((change) => (
            <tr key={change.pointer}>
              <th scope="row">{words.name(change.pointer)}</th>
              {isCompared && <td>{value(change, change.before)}</td>}
              <td>{value(change, change.after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Names inside the record tell nobody anything, nor do lists that were empty all along. */
const saysSomething = ({ pointer, before, after }: Proposal['changes'][number]): boolean =>
  !/\/(ref|code)$/.test(pointer) && (before !== undefined || !['[]', '{}'].includes(after ?? ''));

function useFieldWords({ content }: Proposal) {
  const { desk, common } = useTexts();
  const names = useNames();
  const words = useItemWords();
  const fieldNameOf = useFieldName();
  const fields: Readonly<Record<string, string>> = desk.contentFields;
  const vocabulary: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    kind: names.kindNames,
    purpose: names.purposeNames,
    urgency: names.urgencyNames,
    howTheyMeet: names.meetingNames,
    authority: names.authorityNames,
    role: names.relativeNames,
  };
  const categories: Readonly<Record<string, string>> = names.categoryNames;
  /** Whose it is, and what is left of the place. */
  const memberIn = ([first = '', ref = '', ...rest]: string[]) => {
    if (first === 'subject') return { whose: names.relativeNames.subject, rest: [ref, ...rest] };
    const other = content.others.find((o) => o.ref === ref);
    return { whose: other?.relation ?? names.relativeNames[other?.role ?? 'other'], rest };
  };
  const isOfMember = (pointer: string) => /^\/(subject|others)\//.test(pointer);
  const partsOf = (pointer: string) => pointer.split('/').slice(1);
  return {
    name: (pointer: string) => {
      const parts = partsOf(pointer);
      if (!isOfMember(pointer)) return parts.map((p) => fields[p] ?? counted(p)).join(' ');
      const { whose, rest } = memberIn(parts);
      const [items, category = '', field = '', ...deeper] = rest;
      if (items !== 'items') return [whose, ...rest.map((p) => fields[p] ?? counted(p))].join(' ');
      const named = [categories[category] ?? category, ...(field === '' ? [] : [fieldNameOf(category, field)])];
      return [whose, ...new Set(named), ...deeper.map((p) => fields[p] ?? counted(p))].join(' ');
    },
    value: (pointer: string, json: string): string => {
      const value = JSON.parse(json) as unknown;
      if (isOfMember(pointer)) {
        const [items, category = '', field = ''] = memberIn(partsOf(pointer)).rest;
        if (items === 'items') return words(category, field, value);
      }
      const known = vocabulary[partsOf(pointer).at(-1) ?? ''];
      if (typeof value === 'string') return known?.[value] ?? value;
      if (typeof value === 'boolean') return value ? common.yes : common.no;
      return Array.isArray(value) ? value.map(plain).join(common.comma) : plain(value);
    },
  };
}

/** Places in a list are counted from one. */
const counted = (part: string): string => (/^\d+$/.test(part) ? String(Number(part) + 1) : part);

/** What has no words of its own: the values in it, one after the other. */
const plain = (value: unknown): string =>
  typeof value === 'object' && value !== null ? Object.values(value).map(plain).join(' ') : String(value);
