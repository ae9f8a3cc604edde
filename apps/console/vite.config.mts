// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

export default defineConfig({
  base: '/console/',
  plugins: [react()],
  // Packages of the repository are read from their sources: no build of theirs comes first.
  resolve: { conditions: ['source', ...defaultClientConditions] },
  build: {
    outDir: 'dist/site',
    emptyOutDir: true,
    // What the strict policy of the hub would refuse: scripts and pictures inside the page.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    license: { fileName: 'licences.md' },
  },
  // `npm run dev -w @tsunagi/console` beside a running hub.
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
});
