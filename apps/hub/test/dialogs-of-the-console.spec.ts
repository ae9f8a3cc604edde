// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { dialogStates } from '../e2e/console/pages/dialogs';

const root = join(__dirname, '../../console/src');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.tsx'))
  .map((path) =>
    ts.createSourceFile(path, readFileSync(join(root, path), 'utf8'), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX),
  );

function elementsOf(source: ts.SourceFile): ts.JsxOpeningLikeElement[] {
  const found: ts.JsxOpeningLikeElement[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const attribute = (element: ts.JsxOpeningLikeElement, name: string) =>
  element.attributes.properties.find(
    (one): one is ts.JsxAttribute => ts.isJsxAttribute(one) && one.name.getText() === name,
  )?.initializer;

/** As they are written; of two that are chosen between, both. */
function headingsOf(expression: ts.Node): string[] {
  if (ts.isJsxExpression(expression)) return expression.expression ? headingsOf(expression.expression) : [];
  if (ts.isConditionalExpression(expression))
    return [...headingsOf(expression.whenTrue), ...headingsOf(expression.whenFalse)];
  return [expression.getText()];
}

/** The heading of `<…Dialog heading={…}>` is what its own user says: there it is looked for. */
function isHandedOn(heading: string, element: ts.Node): boolean {
  const within = ts.findAncestor(element, ts.isFunctionDeclaration)?.name?.text ?? '';
  return /Dialog$/.test(within) && ['heading', 'props.heading'].includes(heading);
}

describe('a dialog of the console', () => {
  it('is opened, read and closed by keys alone in dialogs.spec.ts', () => {
    const written = sources.flatMap((source) =>
      elementsOf(source)
        .filter((element) => /Dialog$/.test(element.tagName.getText()))
        .flatMap((element) => {
          const heading = attribute(element, 'heading');
          return heading ? headingsOf(heading).filter((one) => !isHandedOn(one, element)) : [];
        })
        .map((heading) => `${source.fileName} ${heading}`),
    );
    expect(written.sort()).toEqual(Object.keys(dialogStates).sort());
  });

  it('is made of the one part that holds the focus and gives it back', () => {
    const bare = sources.filter((source) =>
      elementsOf(source).some((element) => {
        const role = attribute(element, 'role')?.getText() ?? '';
        return element.tagName.getText() === 'dialog' || /dialog/.test(role);
      }),
    );
    expect(bare.map(({ fileName }) => fileName)).toEqual(['parts/dialog.tsx']);
    const renamed = sources.filter(({ text }) => /\bDialog as \w+|\* as \w+ from '[^']*\/dialog'/.test(text));
    expect(renamed.map(({ fileName }) => fileName)).toEqual([]);
  });
});
