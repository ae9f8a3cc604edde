// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** What is being written: the body as it is sent, but that empty fields are still in it. Its places are those of the hub's answers. */
export type Draft = Readonly<Record<string, unknown>>;

const steps = (pointer: string) => pointer.split('/').slice(1);
const isPlain = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

export const valueAt = (draft: unknown, pointer: string): unknown =>
  steps(pointer).reduce<unknown>((value, key) => (isPlain(value) ? value[key] : undefined), draft);

/** The same with something else in this place; `undefined` takes it away. */
export function withValueAt<T>(draft: T, pointer: string, value: unknown): T {
  const [key, ...rest] = steps(pointer);
  if (key === undefined) return value as T;
  const inner = rest.length === 0 ? value : withValueAt(valueAt(draft, `/${key}`) ?? {}, `/${rest.join('/')}`, value);
  if (Array.isArray(draft)) {
    const place = Number(key);
    const behind = inner === undefined ? [] : [inner];
    const all = draft as readonly unknown[];
    return [...all.slice(0, place), ...behind, ...all.slice(place + 1)] as T;
  }
  const { [key]: _, ...others } = (isPlain(draft) ? draft : {}) as Record<string, unknown>;
  return (inner === undefined ? others : { ...others, [key]: inner }) as T;
}

const localMoment = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/;

/** What is said by it: without what was left empty, times as those of Japan. `undefined` = nothing. */
export function said(value: unknown): unknown {
  if (typeof value === 'string') {
    if (value.trim() === '') return undefined;
    return localMoment.test(value) ? `${value}:00+09:00` : value;
  }
  if (!isPlain(value)) return value;
  if (Array.isArray(value)) {
    const kept = value.map(said).filter((part) => part !== undefined);
    return kept.length === 0 ? undefined : kept;
  }
  const kept = Object.entries(value).flatMap(([key, part]) => {
    const of = said(part);
    return of === undefined ? [] : [[key, of] as const];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** A moment as an input of the browser has it, in the time of Japan. */
export const localOf = (moment: Date): string =>
  new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Tokyo',
    dateStyle: 'short',
    timeStyle: 'short',
  })
    .format(moment)
    .replace(' ', 'T');

export const todayInJapan = (): string => localOf(new Date()).slice(0, 10);

/** A key that nobody else has. Also where the page came without TLS. */
export const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
