// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Registration } from './event-body';

/** The private use area: signs that only the department's own fonts know. */
const gaiji = /[\ue000-\uf8ff]/g;

/**
 * As anybody else can read it: a name with a sign of the department's own is left out, as another name would be wrong, and in
 * any other text the sign becomes 〓.
 * @returns with the places, as JSON pointers
 */
export function withoutGaiji(whole: Registration): { whole: Registration; places: readonly string[] } {
  const places = new Set<string>();
  const has = (text: string | undefined, place: string): text is string => {
    const found = text !== undefined && text.search(gaiji) !== -1;
    if (found) places.add(place);
    return found;
  };
  const read = <T extends object, K extends keyof T & string>(of: T, key: K, place: string): T => {
    const text = of[key] as string | undefined;
    return has(text, place) ? { ...of, [key]: text.replace(gaiji, '〓') } : of;
  };
  const named = <T extends { name?: string | undefined }>(of: T, place: string): T => {
    if (!has(of.name, place)) return of;
    const { name: _name, ...rest } = of;
    return rest as T;
  };
  const { subject, household, homeReturn, referTo } = whole;
  const readable = {
    ...whole,
    subject: read(named(subject, '/subject/name'), 'address', '/subject/address'),
    household: household.map((one) => read(named(one, '/household'), 'relation', '/household')),
    ...(homeReturn && { homeReturn: read(homeReturn, 'place', '/homeReturn') }),
    referTo: referTo.map((one) => read(read(one, 'organisation', '/referTo'), 'reason', '/referTo')),
  };
  return { whole: readable, places: [...places] };
}
