// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  careLevelNames,
  categoryNames,
  concernNames,
  interpreterNames,
  itemNames,
  kindNames,
  meetingNames,
  purposeNames,
  relativeNames,
  sexNames,
  urgencyNames,
  type FunctionOutline,
} from '@tsunagi/contracts';
import { DataCategory, type Concern, type HowTheyMeet, type Member, type SaidOfReferral } from '@tsunagi/domain';
import { inGroups } from '@tsunagi/text';
import type { ReferralRecord } from './referral.record';
import { carriedSheetTexts, escaped, printedDay, printedMoment, printedPage, qrCode, sheetTexts } from '../platform';

/** What stands on a つなぐシート: as far as it may go to its recipient. */
export interface Sheet extends Pick<ReferralRecord, 'kind' | 'urgency' | 'purpose'> {
  readonly code: string;
  readonly from: FunctionOutline;
  readonly to: FunctionOutline;
  readonly fromWorker: string | undefined;
  readonly sentAt: Date | undefined;
  readonly howTheyMeet: HowTheyMeet | undefined;
  readonly members: readonly Member[];
  readonly said: SaidOfReferral | undefined;
  readonly conditions: readonly string[];
  /** The person takes it along, and reads the first page. */
  readonly carried: boolean;
}

/** A referral on A4: what is permitted, its code, and room for the answer. Every page says whose it is by the code alone. */
export function sheetPage(sheet: Sheet): string {
  const { code, members, conditions, carried } = sheet;
  const title = sheetTexts.TITLE.says;
  const grouped = inGroups(code);
  return printedPage(
    title,
    `${carried ? forThePerson(sheet) : ''}<table class="sheet" role="presentation">
<thead><tr><td><div class="running"><span>${title}</span><span>${grouped}</span></div></td></tr></thead>
<tbody><tr><td>
<div class="head"><div>
<p>${sheetTexts.CODE.says}<br><span class="code">${grouped}</span></p>
<p>${sheetTexts.ONLY_PERMITTED.says}</p>
</div>${qrCode(code, `${sheetTexts.CODE.says} ${grouped}`)}</div>
${fields(outline(sheet))}
${members.map((member) => memberPart(member)).join('\n')}
${part(sheetTexts.HAND_OVER.says, saidRows(sheet.said))}
${conditions.length > 0 ? `<h2>${sheetTexts.CONDITIONS.says}</h2><ul>${conditions.map((c) => `<li>${escaped(c)}</li>`).join('')}</ul>` : ''}
${answer}
</td></tr></tbody></table>`,
  );
}

type Row = readonly [label: string, value: string | undefined];

const outline = (s: Sheet): readonly Row[] => [
  ['種類', kindNames[s.kind]],
  ['送り元', s.from.name],
  ['送り元の担当者', s.fromWorker],
  ['宛先', s.to.name],
  ['緊急度', urgencyNames[s.urgency]],
  ['利用目的', purposeNames[s.purpose]],
  ['送った時刻', s.sentAt && printedMoment(s.sentAt)],
  ['会い方', s.howTheyMeet && meetingNames[s.howTheyMeet]],
];

function memberPart({ role, relation, sealed, identifiers, items }: Member): string {
  const who = relation === undefined ? relativeNames[role] : `${relativeNames[role]}(${relation})`;
  const caution = sealed ? `<p><strong>${sheetTexts.SEALED.says}</strong></p>` : '';
  const numbers = identifiers.map(({ system, value }): Row => [`番号(${system})`, value]);
  const parts = DataCategory.options.map((category) => {
    const names = category === 'household' ? undefined : itemNames[category];
    const values = category === 'household' ? undefined : items[category];
    if (!names || !values) return '';
    const own = category === 'identity' ? numbers : [];
    const rows = Object.entries(names).map(([field, name]): Row => [name, shown(field, values[field as never])]);
    return part(categoryNames[category], [...rows, ...own], 'h3');
  });
  return `<h2>${escaped(who)}</h2>${caution}\n${parts.join('\n')}`;
}

const saidRows = (said: SaidOfReferral = {}): readonly Row[] => [
  ['ご本人が望んだこと、尋ねたこと', said.asked],
  ['ご本人が一人では不安', said.anxious === undefined ? undefined : yesOrNo(said.anxious)],
  ['送り元が続けること', said.keepsDoing],
  ['送り元が次に連絡する日', said.nextContactOn && printedDay(said.nextContactOn)],
  ['合意した会議', said.agreedIn && `${said.agreedIn.conference} ${printedDay(said.agreedIn.on)}`],
  ['尋ねたいこと', said.question],
  ['先に電話で伝えた相手', said.phoned && `${said.phoned.whom} ${printedMoment(said.phoned.at)}(${said.phoned.by})`],
  [
    '答える求め',
    said.request && [said.request.from, printedDay(said.request.on), said.request.number].join(' ').trim(),
  ],
];

function part(title: string, rows: readonly Row[], heading: 'h2' | 'h3' = 'h2'): string {
  const table = fields(rows);
  return table === '' ? '' : `<${heading}>${title}</${heading}>\n${table}`;
}

function fields(rows: readonly Row[]): string {
  const filled = rows.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [rowOf(label, value)]));
  return filled.length === 0 ? '' : `<table class="fields"><tbody>\n${filled.join('\n')}\n</tbody></table>`;
}

/** More than this does not fit beside what else stands on a page, so it may go on overleaf. */
const longText = 400;

const rowOf = (label: string, value: string) =>
  `<tr${value.length > longText ? ' class="long"' : ''}><th scope="row">${escaped(label)}</th><td class="text">${escaped(value)}</td></tr>`;

/** A value as it is read on paper; codes that only a system knows stay as they are. */
function shown(field: string, value: unknown): string | undefined {
  if (typeof value === 'boolean') return yesOrNo(value);
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map((one) => shownIn(field, one)).join('、');
  return typeof value === 'string' ? shownIn(field, value) : undefined;
}

function shownIn(field: string, value: unknown): string {
  if (typeof value === 'object' && value !== null) {
    const { name = '', validFrom, validTo } = value as { name?: string; validFrom?: string; validTo?: string };
    const period = (validFrom ?? validTo) ? `(${day(validFrom)}〜${day(validTo)})` : '';
    return name + period;
  }
  const text = String(value);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return printedDay(text);
  return namesOf[field]?.[text] ?? text;
}

const day = (on: string | undefined) => (on === undefined ? '' : printedDay(on));
const yesOrNo = (is: boolean) => (is ? 'はい' : 'いいえ');

const namesOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sex: sexNames,
  interpreter: interpreterNames,
  boxes: concernNames satisfies Record<Concern, string>,
  mostPressing: concernNames,
  level: careLevelNames,
};

const { ANSWER, HOW_TO_ANSWER, TAKE, ASK, TALK, WORKER, TELEPHONE, WRITTEN_ON, WORDS } = sheetTexts;
const answer = `<section class="answer"><h2>${ANSWER.says}</h2>
<p>${HOW_TO_ANSWER.says}</p>
<p>□ ${TAKE.says}　□ ${ASK.says}<br>□ ${TALK.says}</p>
<table class="fields"><tbody>
${[WORKER, TELEPHONE, WRITTEN_ON].map(({ says }) => `<tr><th scope="row">${says}</th><td class="blank"></td></tr>`).join('\n')}
<tr><th scope="row">${WORDS.says}</th><td class="space"></td></tr>
</tbody></table></section>`;

function forThePerson({ from, to }: Sheet): string {
  const { TITLE, WHAT, NEXT, FROM, SHOW, KEEP, LOST, FREE, HELP } = carriedSheetTexts;
  return `<section class="plain"><h2>${TITLE.says}</h2>
<p>${WHAT.says}</p>
<p><strong>${NEXT.says}</strong><br>${escaped(to.name)}</p>
<p><strong>${FROM.says}</strong><br>${escaped(from.name)}</p>
<ul>${[SHOW, HELP, KEEP, LOST, FREE].map(({ says }) => `<li>${says}</li>`).join('')}</ul></section>
`;
}
