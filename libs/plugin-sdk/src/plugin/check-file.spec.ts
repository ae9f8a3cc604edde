// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { toyPlugin } from '../../test/toy-plugin';
import { twoKindsPlugin } from '../../test/two-kinds-plugin';
import { fileCheck, type FindingSeverity } from '../files/file-check';
import { BadConfigError } from './plugin.errors';

const bytes = (text: string) => Buffer.from(text);

describe('a plugin that can check a file of its legacy system', () => {
  it('says what is wrong with it, without settings and without a hub', () => {
    expect(toyPlugin.checkFile?.(bytes('TOY\nA,text\nB,BAD'), 'TOY00001.TXT')).toEqual({
      outcome: 'quarantined',
      rows: 2,
      findings: [{ row: 2, field: 2, fieldName: '本文', code: 'E-ATTR', severity: 'quarantined' }],
    });
    expect(toyPlugin.checkFile?.(bytes('TOY\nA,text'), 'TOY00001.TXT')).toMatchObject({ outcome: 'sound', rows: 1 });
  });

  it('refuses settings that are none of its own', () => {
    expect(() => toyPlugin.checkFile?.(bytes(''), 'TOY00001.TXT', { colour: 'red' })).toThrow(BadConfigError);
  });

  it('is known by its having the check at all', () => {
    expect(twoKindsPlugin.checkFile).toBeUndefined();
  });
});

describe('the outcome of a file', () => {
  const cases: [FindingSeverity[], string][] = [
    [[], 'sound'],
    [['flagged'], 'flagged'],
    [['flagged', 'quarantined', 'flagged'], 'quarantined'],
    [['refused', 'flagged'], 'refused'],
  ];
  it.each(cases)('of %j is %s: the gravest', (severities, outcome) => {
    const findings = severities.map((severity) => ({ row: 1, code: 'E-CODE', severity }));
    expect(fileCheck(1, findings).outcome).toBe(outcome);
  });
});
