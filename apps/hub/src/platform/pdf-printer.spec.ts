// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Log } from './log';
import { PdfPrinter, PdfUnavailableError } from './pdf-printer';
import type { HubConfig } from '../hub.config';

const printer = (chromium?: string) =>
  new PdfPrinter({ ...(chromium !== undefined && { chromium }) } as HubConfig, new Log('silent'));

describe('a PDF', () => {
  it('is made by no other browser than the one that is set up', async () => {
    expect(() => printer().refuseWithoutBrowser()).toThrow(PdfUnavailableError);
    await expect(printer().print('<p>')).rejects.toThrow(PdfUnavailableError);
  });

  it('that its browser does not make says so, and the next one is tried anew', async () => {
    const broken = printer('/bin/false');
    expect(() => broken.refuseWithoutBrowser()).not.toThrow();
    await expect(broken.print('<p>')).rejects.toThrow(PdfUnavailableError);
    await expect(broken.print('<p>')).rejects.toThrow(PdfUnavailableError);
  });

  it('is asked for by no more than may wait', async () => {
    const busy = printer('/bin/false');
    const asked = Array.from({ length: 8 }, () => busy.print('<p>'));
    expect(() => busy.refuseWithoutBrowser()).toThrow(PdfUnavailableError);
    await Promise.allSettled(asked);
    expect(() => busy.refuseWithoutBrowser()).not.toThrow();
  });
});
