// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWithServices } from '@tsunagi/testing';
import { hubUnderTest, type HubUnderTest } from '../../test/hub-under-test';

const committed = (name: string): unknown =>
  JSON.parse(readFileSync(join(__dirname, '../../../../docs/reference', name), 'utf8'));

describeWithServices(['postgres'], 'the documents of a running hub', () => {
  let under: HubUnderTest;
  beforeAll(async () => (under = await hubUnderTest()));
  afterAll(() => under?.close());

  it.each(['openapi.json', 'asyncapi.json'])('%s is the committed one', async (name) => {
    const { body } = await under.http().get(`/${name}`);
    expect(body).toEqual(committed(name));
  });

  it.each([
    ['/docs', 'text/html; charset=utf-8', 'つなぎハブ HTTP API'],
    ['/docs/codes', 'text/html; charset=utf-8', 'E-CD-HOKENSHA'],
    ['/docs/style.css', 'text/css; charset=utf-8', 'font:'],
  ])('%s is read without a token', async (path, type, text) => {
    const answer = await under.http().get(path);
    expect([answer.status, answer.headers['content-type']]).toEqual([200, type]);
    expect(answer.text).toContain(text);
  });
});
