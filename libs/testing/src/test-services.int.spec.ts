// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { connect } from 'amqplib';
import { Client } from 'pg';
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
});

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
