// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { inflateSync } from 'node:zlib';

/**
 * What stands on each sheet of a document as Chromium prints it: the glyphs of its text, in the order in which they are
 * drawn, by the tables that say which letters they are. No reader of other people's documents.
 */
export function textOfSheets(pdf: Buffer): string[] {
  const objects = objectsOf(pdf);
  const dictionary = (id: number) => objects.get(id)?.dictionary ?? '';
  const sheets = [...objects.values()].filter(({ dictionary: d }) => /\/Type\s*\/Page\b(?!s)/.test(d));
  return sheets.map(({ dictionary: sheet }) => {
    const resources = /\/Resources\s+(\d+) 0 R/.exec(sheet);
    const fonts = /\/Font\s*<<([^>]*)>>/.exec(resources ? dictionary(Number(resources[1])) : sheet)?.[1] ?? '';
    const letters = new Map(
      [...fonts.matchAll(/\/(\w+)\s+(\d+) 0 R/g)].map(([, name, font]) => {
        const table = /\/ToUnicode\s+(\d+) 0 R/.exec(dictionary(Number(font)));
        return [name!, lettersOf(table ? streamOf(objects, Number(table[1])) : '')];
      }),
    );
    const drawn = /\/Contents\s+(\d+) 0 R/.exec(sheet);
    return drawn ? shown(streamOf(objects, Number(drawn[1])), letters) : '';
  });
}

interface PdfObject {
  readonly dictionary: string;
  readonly stream: Buffer | undefined;
}

function objectsOf(pdf: Buffer): Map<number, PdfObject> {
  const text = pdf.toString('latin1');
  const objects = new Map<number, PdfObject>();
  for (const { 1: id, index, 0: head } of text.matchAll(/(?:^|\n)(\d+) 0 obj\s/g)) {
    const from = index + head.length;
    const end = text.indexOf('endobj', from);
    const begin = text.indexOf('stream\n', from);
    const hasStream = begin >= 0 && begin < end;
    const dictionary = text.slice(from, hasStream ? begin : end);
    const length = Number(/\/Length\s+(\d+)/.exec(dictionary)?.[1]);
    const at = begin + 'stream\n'.length;
    objects.set(Number(id), { dictionary, stream: hasStream ? pdf.subarray(at, at + length) : undefined });
  }
  return objects;
}

function streamOf(objects: ReadonlyMap<number, PdfObject>, id: number): string {
  const { stream, dictionary } = objects.get(id) ?? {};
  if (!stream) return '';
  return (dictionary!.includes('/FlateDecode') ? inflateSync(stream) : stream).toString('latin1');
}

interface Letters {
  /** Digits of the code of one glyph. */
  readonly digits: number;
  readonly of: ReadonlyMap<number, string>;
}

/** Which letters a glyph stands for. */
function lettersOf(table: string): Letters {
  const of = new Map<number, string>();
  const decoded = (hex: string) => Buffer.from(hex, 'hex').swap16().toString('utf16le');
  for (const [, lines] of table.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, glyph, to] of lines!.matchAll(/<(\w+)>\s*<(\w+)>/g)) of.set(parseInt(glyph!, 16), decoded(to!));
  for (const [, lines] of table.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, first, last, to] of lines!.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/g))
      for (let glyph = parseInt(first!, 16); glyph <= parseInt(last!, 16); glyph++)
        of.set(glyph, String.fromCodePoint(parseInt(to!, 16) + glyph - parseInt(first!, 16)));
  return { digits: /begincodespacerange\s*<(\w+)>/.exec(table)?.[1]?.length ?? 4, of };
}

function shown(drawing: string, fonts: ReadonlyMap<string, Letters>): string {
  let font: Letters | undefined;
  let said = '';
  for (const [, name, glyphs = ''] of drawing.matchAll(/\/(\w+)\s+[\d.]+\s+Tf|<([0-9A-Fa-f]+)>/g)) {
    if (name !== undefined) font = fonts.get(name);
    const { digits = 4, of } = font ?? {};
    for (let at = 0; at < glyphs.length; at += digits)
      said += of?.get(parseInt(glyphs.slice(at, at + digits), 16)) ?? '';
  }
  // A glyph that is shared is named by the first that has it: 日 as the radical.
  return said.normalize('NFKC');
}
