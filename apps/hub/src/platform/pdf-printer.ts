// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@tsunagi/domain';
import { Log } from './log';
import { pageStyle } from './page-style';
import { HUB_CONFIG } from './provided';
import type { HubConfig } from '../hub.config';

/** No browser is set up that makes one, or it did not. */
export class PdfUnavailableError extends DomainError {
  override readonly code = 'PDF_UNAVAILABLE';

  constructor() {
    super('no PDF can be made here');
  }
}

/** The page has this address for the browser; nothing is asked over the network. */
const origin = 'http://page.invalid';
const patienceMs = 20_000;
/** Each is a browser of its own, so that nothing of one page is left for the next. */
const mostWaiting = 8;

/** Pages to print as PDF, made by the browser that the municipality has set up. */
@Injectable()
export class PdfPrinter {
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  constructor(
    @Inject(HUB_CONFIG) private readonly config: HubConfig,
    private readonly log: Log,
  ) {}

  /** Asked before anything is looked at for it. @throws {PdfUnavailableError} */
  refuseWithoutBrowser(): void {
    if (this.config.chromium === undefined || this.waiting >= mostWaiting) throw new PdfUnavailableError();
  }

  /** @throws {PdfUnavailableError} */
  async print(html: string): Promise<Buffer> {
    this.refuseWithoutBrowser();
    this.waiting += 1;
    const printed = this.last.then(() => this.inBrowser(html));
    this.last = printed.catch(() => undefined);
    try {
      return await printed;
    } catch (error) {
      this.log.failure('no PDF was made', error);
      throw new PdfUnavailableError();
    } finally {
      this.waiting -= 1;
    }
  }

  private async inBrowser(html: string): Promise<Buffer> {
    const { chromium } = await import('playwright-core');
    const browser = await chromium.launch({
      executablePath: this.config.chromium ?? '',
      // The browser's own sandbox does not start for root.
      chromiumSandbox: process.getuid?.() !== 0,
      timeout: patienceMs,
    });
    try {
      const page = await browser.newPage({ javaScriptEnabled: false });
      page.setDefaultTimeout(patienceMs);
      await page.route('**/*', (route) => {
        const { pathname } = new URL(route.request().url());
        if (pathname === '/') return route.fulfill({ contentType: 'text/html; charset=utf-8', body: html });
        if (pathname === '/docs/style.css')
          return route.fulfill({ contentType: 'text/css; charset=utf-8', body: pageStyle });
        return route.abort();
      });
      await page.goto(`${origin}/`);
      return await page.pdf({ preferCSSPageSize: true });
    } finally {
      await browser.close();
    }
  }
}
