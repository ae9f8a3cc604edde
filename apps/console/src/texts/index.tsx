// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createContext, use, useMemo, useState, type ReactNode } from 'react';
import { en } from './en';
import { ja } from './ja';
import type { Texts } from './texts';

export type { Texts };
export type Language = 'ja' | 'en';
const catalogues: Readonly<Record<Language, Texts>> = { ja, en };
const stored = 'tsunagi-language';

interface Spoken {
  readonly language: Language;
  readonly texts: Texts;
  speak(language: Language): void;
}
const Context = createContext<Spoken>({ language: 'ja', texts: ja, speak: () => {} });

export function Language({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() => (localStorage.getItem(stored) === 'en' ? 'en' : 'ja'));
  const spoken = useMemo(
    (): Spoken => ({
      language,
      texts: catalogues[language],
      speak: (chosen) => {
        localStorage.setItem(stored, chosen);
        document.documentElement.lang = chosen;
        setLanguage(chosen);
      },
    }),
    [language],
  );
  document.documentElement.lang = language;
  return <Context value={spoken}>{children}</Context>;
}

export const useTexts = (): Texts => use(Context).texts;
export const useLanguage = (): Spoken => use(Context);
