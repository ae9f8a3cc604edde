// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { actionFacts } from '@tsunagi/domain';
import { examplesOf, withExamples } from './examples';

describe('an example of a body', () => {
  const all = withExamples.flatMap(([schema, examples]) =>
    Object.values(examples).map(({ summary, value }) => ({ summary, schema, value })),
  );

  it.each(all)('$summary is what its schema accepts', ({ schema, value }) => {
    expect(schema.safeParse(value).error?.issues).toBeUndefined();
  });

  const saying = Object.entries(actionFacts).filter(([, schema]) => Object.keys(schema.shape).length > 0);
  it.each(saying)('there is one of the step %s', (_, schema) => {
    expect(examplesOf(schema)).toBeDefined();
  });
});
