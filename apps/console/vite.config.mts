// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';

/** What the entry asks for at once is named in the page, so that it comes with it and not after it. */
const comesWithThePage = (source: string): Plugin => ({
  name: 'comes-with-the-page',
  transformIndexHtml: {
    order: 'post',
    handler(_, { bundle = {} }) {
      const chunk = Object.values(bundle).find((c) => c.type === 'chunk' && c.facadeModuleId?.endsWith(source));
      if (chunk?.type !== 'chunk') return [];
      const isEntry = (file: string) => (bundle[file] as { isEntry?: boolean } | undefined)?.isEntry === true;
      const files = [chunk.fileName, ...chunk.imports].filter((file) => !isEntry(file));
      return files.map((file) => ({
        tag: 'link',
        attrs: { rel: 'preload', as: 'script', crossorigin: true, href: `/console/${file}` },
        injectTo: 'head' as const,
      }));
    },
  },
});

const licences = 'licences.md';

/** No package, but somebody's work: its notice goes with what is built from it, like those of the packages. */
const namesTheDesignSystem = (): Plugin => ({
  name: 'names-the-design-system',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const list = bundle[licences];
      if (list?.type !== 'asset') throw new Error('there is no list of licences to add to');
      const notice = readFileSync(new URL('src/dads/LICENSE', import.meta.url), 'utf8');
      list.source = `${String(list.source).trimEnd()}\n\n## デジタル庁デザインシステム (MIT)\n\n${notice}`;
    },
  },
});

export default defineConfig({
  base: '/console/',
  plugins: [react(), comesWithThePage('/src/app/start.tsx'), namesTheDesignSystem()],
  // Packages of the repository are read from their sources: no build of theirs comes first.
  resolve: { conditions: ['source', ...defaultClientConditions] },
  build: {
    outDir: 'dist/site',
    emptyOutDir: true,
    // What the strict policy of the hub would refuse: scripts and pictures inside the page.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    license: { fileName: licences },
    rolldownOptions: {
      output: {
        // A request costs more than a few lines that a page does not need: what pages share comes in one file, but for what the
        // entry needs before all else.
        codeSplitting: {
          groups: [
            {
              name: 'first',
              test: /console\/src\/(api\/(call|problem)|app\/(page-files|first-questions|route-table)|pages\/queue\/filters)\.ts$/,
              priority: 2,
            },
            { name: 'shared', minShareCount: 2, priority: 1 },
          ],
        },
      },
    },
  },
  // `npm run dev -w @tsunagi/console` beside a running hub.
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
});
