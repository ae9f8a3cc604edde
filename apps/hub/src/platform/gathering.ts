// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Group commit: calls that come while others are being worked on are worked on together. Alone, a call goes at once; after
 * a batch the next one rests a moment, because those who were just answered mostly come back with their next call.
 */
export class Gathering<Item, Result> {
  private readonly waiting: { item: Item; resolve: (result: Result) => void; reject: (error: unknown) => void }[] = [];
  private running = 0;
  private endedAt = -Infinity;

  /** @param work answers every item, in order */
  constructor(
    private readonly options: { readonly size: number; readonly lanes: number; readonly restMs?: number },
    private readonly work: (items: readonly Item[]) => Promise<readonly Result[]>,
  ) {}

  take(item: Item): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.begin();
    });
  }

  /** What the same turn of the event loop brings goes together. */
  private begin(): void {
    const rest = this.endedAt + (this.options.restMs ?? 0) - performance.now();
    if (rest > 0) setTimeout(() => void this.run(), rest);
    else setImmediate(() => void this.run());
  }

  private async run(): Promise<void> {
    if (this.running >= this.options.lanes || this.waiting.length === 0) return;
    this.running++;
    const batch = this.waiting.splice(0, this.options.size);
    try {
      const results = await this.work(batch.map((b) => b.item));
      batch.forEach(({ resolve }, n) => resolve(results[n] as Result));
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error);
      else await this.oneByOne(batch);
    } finally {
      this.running--;
      this.endedAt = performance.now();
      this.begin();
    }
  }

  /** One of them failed all: each is tried alone, so that only that one fails. */
  private async oneByOne(batch: typeof this.waiting): Promise<void> {
    for (const { item, resolve, reject } of batch) {
      try {
        const [result] = await this.work([item]);
        resolve(result as Result);
      } catch (error) {
        reject(error);
      }
    }
  }
}
