// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { askAhead } from './api/call';
import { firstQuestions } from './app/first-questions';
import { fetchPage, nameAt } from './app/page-files';
import './look';

// All at once what would else come one after the other: the application, who is signed in, the page at this address and its
// first rows.
void import('./app/start');
askAhead('/session');
const page = nameAt(location.pathname.replace(/^\/console/, ''));
if (page) {
  fetchPage(page);
  firstQuestions[page]?.(new URLSearchParams(location.search));
}
