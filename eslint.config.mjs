// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const header = ['// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors', '// SPDX-License-Identifier: Apache-2.0'];

/** Every source file begins with the two-line header (after a `#!` line); `--fix` adds it. */
const spdxHeader = {
  meta: { type: 'problem', fixable: 'code', schema: [], messages: { missing: 'The two-line SPDX header is missing.' } },
  create: (context) => ({
    Program(program) {
      const { lines, text } = context.sourceCode;
      const first = lines[0]?.startsWith('#!') ? 1 : 0;
      if (header.every((line, index) => lines[first + index] === line)) return;
      const at = first === 0 ? 0 : text.indexOf('\n') + 1;
      const fix = (fixer) => fixer.insertTextBeforeRange([at, at], `${header.join('\n')}\n\n`);
      context.report({ node: program, loc: { line: 1, column: 0 }, messageId: 'missing', fix });
    },
  }),
};

const specs = ['**/*.spec.ts', '**/e2e/**/*.ts', '**/test/**/*.ts'];
const zodCall = (name) => `MemberExpression[object.name='z'][property.name='${name}']`;

export default defineConfig(
  {
    ignores: [
      'bench/floor.mjs',
      'bench/load.mjs',
      '**/dist/',
      '**/node_modules/',
      'var/',
      'coverage/',
      'docs/generated/',
    ],
  },
  { plugins: { tsunagi: { rules: { 'spdx-header': spdxHeader } } }, rules: { 'tsunagi/spdx-header': 'error' } },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      // One program over sources and specs, which resolves packages to their sources: no build needed, each file read once.
      parserOptions: {
        project: ['tsconfig.specs.json', 'apps/console/tsconfig.json'],
        tsconfigRootDir: dirname(fileURLToPath(import.meta.url)),
      },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // `return reply()` in a function that returns nothing is plain enough.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // Nest's modules and controllers are classes by decorator, and handlers are async by contract.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/require-await': 'off',
      // `records[0]!` after a length check is honest; the compiler's noUncheckedIndexedAccess makes it visible.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Trusting a type too much is what messages and legacy files punish: a check that "cannot" fail may stay.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // A type parameter used once documents what the caller expects of a query or of JSON.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // `[...text]` walks code points, which is what kana and kanji need.
      '@typescript-eslint/no-misused-spread': 'off',
      // Slow, and without a find that the compiler or a review would miss.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-deprecated': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-syntax': [
        'error',
        {
          selector: zodCall('coerce'),
          message: 'Coercion turns "" into 0 and "false" into true: parse strings explicitly.',
        },
        { selector: zodCall('object'), message: 'z.object drops unknown keys silently: use z.strictObject.' },
      ],
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'jsonwebtoken', message: 'Only the modules named tokens* sign and verify tokens.' }] },
      ],
    },
  },
  {
    files: ['apps/hub/src/access/tokens*', 'apps/hub/src/access/tokens*/**', 'plugins/kosodate/src/door/tokens*'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: specs,
    rules: {
      // Specs hand over wrong values on purpose and look at what comes back as it is.
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
      'no-restricted-imports': 'off',
    },
  },
  {
    // What components are given and hooks give back are functions that close over what they need: no `this` anywhere.
    files: ['apps/console/src/**'],
    rules: { '@typescript-eslint/unbound-method': 'off' },
  },
  {
    // The contracts' words are Japanese: a page takes names through `useNames()`, in the language of the screen. What is printed for
    // a resident is Japanese on purpose, and is the hub's or has texts of its own.
    files: ['apps/console/src/**'],
    ignores: ['apps/console/src/texts/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^@tsunagi/contracts(/words)?$',
              importNamePattern: 'Names$',
              allowTypeImports: true,
              message: 'Names come from `useNames()`, in the language of the screen.',
            },
          ],
        },
      ],
    },
  },
  {
    // A second judgement of the law is worth something as long as it shares nothing with the first.
    files: ['libs/domain/test/naive/evaluate.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ regex: '.', allowTypeImports: true, message: 'It stands on its own: types only.' }] },
      ],
    },
  },
  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    rules: { 'no-unused-vars': 'error', eqeqeq: ['error', 'always', { null: 'ignore' }] },
  },
  { rules: { 'no-console': ['error', { allow: ['warn', 'error'] }] } },
  { files: ['apps/cli/**', 'scripts/**', 'bench/**'], rules: { 'no-console': 'off' } },
);
