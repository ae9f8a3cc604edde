// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { TimelineEntry } from '@tsunagi/contracts';
import { Facts } from '../../parts/page';
import { dayText, momentText } from '../../parts/time';
import { useLanguage, useTexts, type Texts } from '../../texts';
import { useNames } from '../../texts/names';

/** What somebody wrote with a step: every part by its name. */
export function NoteOf({ note }: { readonly note: NonNullable<TimelineEntry['note']> }) {
  const { referral, common } = useTexts();
  const { language } = useLanguage();
  const names = useNames();
  const wordsOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    howTheyMeet: names.meetingNames,
    outcome: names.outcomeNames,
    reasons: names.returnReasonNames,
    series: names.followUpSeriesNames,
    result: names.followUpResultNames,
    domain: names.domainNames,
  };
  const shown = (name: string, value: unknown): string => {
    if (typeof value === 'boolean') return value ? common.yes : common.no;
    if (Array.isArray(value)) return value.map((one) => shown(name, one)).join(common.comma);
    if (typeof value === 'object' && value !== null)
      return Object.entries(value)
        .map(([key, one]) => shown(key, one))
        .join(' ');
    const text = String(value);
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return dayText(text, language);
    if (/^\d{4}-\d{2}-\d{2}T/.test(text)) return momentText(text, language);
    return wordsOf[name]?.[text] ?? text;
  };
  // The content itself stands above, and is not said twice.
  const said = Object.entries(note).filter(([name]) => name !== 'subject' && name !== 'others');
  return <Facts of={said.map(([name, value]) => [nameOf(name, referral), shown(name, value)] as const)} />;
}

function nameOf(name: string, { fields, saidNames, groups }: Texts['referral']): string {
  const named: Readonly<Record<string, string>> = {
    ...saidNames,
    ...fields,
    worker: fields['worker/name'],
    personInformed: groups.informed,
    notInformed: groups.notInformed,
    talk: groups.agreed,
    keepsDoing: saidNames.keepsDoing,
    asked: groups.asked,
    firstContact: fields['firstContact/on'],
  };
  return named[name] ?? name;
}
