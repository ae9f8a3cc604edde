// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { connect } from 'amqplib';
import { Client, type QueryResult } from 'pg';
import { describeWithServices, testServices } from './test-services';

jest.setTimeout(30_000);

describeWithServices(['postgres'], "the run's PostgreSQL", () => {
  it('gives each suite an empty database', async () => {
    const database = await testServices().postgres.createDatabase('Referrals: intake');
    const client = new Client({ connectionString: database.url });
    await client.connect();
    expect(database.name).toMatch(/^referrals_intake_[0-9a-f]{8}$/);
    expect((await client.query<{ name: string }>('SELECT current_database() AS name')).rows).toEqual([
      { name: database.name },
    ]);
    await client.end();
    await database.drop();
  });

  it('prepares once what many suites copy, who do not see each other', async () => {
    const { postgres } = testServices();
    let prepared = 0;
    const copy = () =>
      postgres.copyDatabase('copy', 'a note', async (url) => {
        prepared++;
        await query(url, `CREATE TABLE note (text text); INSERT INTO note VALUES ('写し')`);
      });
    const [one, other] = await Promise.all([copy(), copy()]);
    await query(one.url, `INSERT INTO note VALUES ('一つだけ')`);
    expect([prepared, await notes(one.url), await notes(other.url)]).toEqual([1, 2, 1]);
    await Promise.all([one.drop(), other.drop()]);
  });
});

async function query(url: string, statement: string): Promise<QueryResult> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client.query(statement).finally(() => client.end());
}

const notes = async (url: string) => (await query(url, 'SELECT text FROM note')).rowCount;

describeWithServices(['rabbit-accounts'], "the run's RabbitMQ", () => {
  it('gives each suite a virtual host with accounts of its own', async () => {
    const { rabbit } = testServices();
    const [one, other] = [await rabbit.createVhost('one'), await rabbit.createVhost('other')];
    const rights = { configure: '^mine$', write: '', read: '' };
    const url = await one.addAccount('kaigo', rights);
    expect(url).toBe(one.accountUrl('kaigo'));

    const connection = await connect(url);
    await (await connection.createChannel()).assertQueue('mine');
    expect(await one.listQueues()).toEqual([expect.objectContaining({ name: 'mine' })]);
    expect(await other.listQueues()).toEqual([]);
    await expect(connect(other.accountUrl('kaigo'))).rejects.toThrow();

    // The same account in another suite does not change the first.
    await other.addAccount('kaigo', { configure: '', write: '', read: '' });
    await (await connect(other.accountUrl('kaigo'))).close();
    await (await connection.createChannel()).checkQueue('mine');
    await connection.close();

    await one.deleteVhost();
    await expect(connect(url)).rejects.toThrow();
    await other.deleteVhost();
  });
});
