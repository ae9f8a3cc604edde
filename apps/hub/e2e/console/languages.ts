// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { english } from '@tsunagi/console/names/en';
import { ja } from '@tsunagi/console/texts';
import { en } from '@tsunagi/console/texts/en';
import * as words from '@tsunagi/contracts/words';
import type { Page } from 'playwright-core';

/** The words of a catalogue that stand for themselves, each with its place. */
const leaves = (texts: object, place = ''): [place: string, text: string][] =>
  Object.entries(texts).flatMap(([key, text]: [string, unknown]) =>
    typeof text === 'string'
      ? [[`${place}/${key}`, text] as [string, string]]
      : typeof text === 'object' && text !== null
        ? leaves(text, `${place}/${key}`)
        : [],
  );

/** What the Japanese catalogue and vocabulary say, where the English ones say something else. */
const spoken = { en: new Map(leaves({ texts: en, names: english })), ja: leaves({ texts: ja, names: words }) };
export const japanese: ReadonlySet<string> = new Set(
  spoken.ja.filter(([place, text]) => (spoken.en.get(place) ?? text) !== text).map(([, text]) => text),
);

/** All that is said on a page, to the eye and to the ear. */
export const textsOn = (page: Page) =>
  page.evaluate<string[]>(`(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode.data.trim());
    for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
      for (const element of document.querySelectorAll('[' + name + ']')) texts.push(element.getAttribute(name));
    return texts.filter((text) => text !== '');
  })()`);
