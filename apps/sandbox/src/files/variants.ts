// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** A row with exactly one thing wrong with it, or a file. */
export type Spoiled<RowKind extends string, FileKind extends string> =
  | { readonly kind: RowKind; /** 1-based place of the record. */ readonly row: number }
  | { readonly kind: FileKind };

/** `E-DATE:3` for the third record, `E-COUNT` for the file; null for anything else. */
export function readVariant<RowKind extends string, FileKind extends string>(
  text: string,
  { rows, files }: { readonly rows: readonly RowKind[]; readonly files: readonly FileKind[] },
): Spoiled<RowKind, FileKind> | null {
  const ofFile = files.find((kind) => kind === text);
  if (ofFile) return { kind: ofFile };
  const [, name, row] = /^([A-Z-]+):([1-9][0-9]{0,6})$/.exec(text) ?? [];
  const kind = rows.find((variant) => variant === name);
  return kind ? { kind, row: Number(row) } : null;
}

/** What is wrong with the file, and what with which of its rows. */
export function sorted<RowKind extends string, FileKind extends string>(
  variants: readonly Spoiled<RowKind, FileKind>[],
): { readonly ofFile: ReadonlySet<FileKind>; readonly ofRow: ReadonlyMap<number, RowKind> } {
  const ofRow = new Map<number, RowKind>();
  const ofFile = new Set<FileKind>();
  for (const variant of variants) {
    if ('row' in variant) ofRow.set(variant.row, variant.kind);
    else ofFile.add(variant.kind);
  }
  return { ofFile, ofRow };
}
