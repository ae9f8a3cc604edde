// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

// The floor of an import: read a 介護 file, decode it, publish its rows with confirm, consume them, and write for each the
// rows that the hub writes on the way in (submission, person, identifier, consent, referral, two events, decision, delivery,
// two audit entries), with batching wherever it helps — but no validation, no decision, no encryption, no answer and no
// result file. Two processes, as in production.
// Usage: node import-floor.mjs DATABASE_URL AMQP_URL FILE
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import amqp from 'amqplib';
import iconv from 'iconv-lite';
import pg from 'pg';

const [databaseUrl, amqpUrl, file, role] = process.argv.slice(2);
const queue = 'fl.import';
const perMessage = 200;
const connection = await amqp.connect(amqpUrl);

async function consume() {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 });
  const channel = await connection.createChannel();
  await channel.prefetch(4);
  await channel.consume(queue, async (message) => {
    const rows = JSON.parse(message.content).map((row) => ({
      ...row,
      id: randomUUID(),
      person: randomUUID(),
      consent: randomUUID(),
      delivery: randomUUID(),
      decision: randomUUID(),
    }));
    await pool.query(
      `with r as (select e, (e->>'id')::uuid id from jsonb_array_elements($1::jsonb) e),
       a as (insert into fi_submission (id, key, hash) select id, e->>'key', md5(e::text) from r),
       p as (insert into fi_person (id) select (e->>'person')::uuid from r),
       i as (insert into fi_identifier (value, person) select e->>'insured', (e->>'person')::uuid from r),
       g as (insert into fi_consent (id, person, scope) select (e->>'consent')::uuid, (e->>'person')::uuid, '{}' from r),
       b as (insert into fi_referral (id, target, state, body) select id, e->>'target', 'sent', e from r),
       c as (insert into fi_event (referral, kind, body) select id, k, '{}' from r, unnest(array['created','sent']) k),
       d as (insert into fi_decision (id, referral, outcome, fields) select (e->>'decision')::uuid, id, 'permit', '{}' from r),
       l as (insert into fi_audit (object, action, details) select id, k, '{}' from r, unnest(array['created','sent']) k)
       insert into fi_delivery (id, referral, state) select (e->>'delivery')::uuid, id, 'queued' from r`,
      [JSON.stringify(rows)],
    );
    channel.ack(message);
    process.send({ done: rows.length });
  });
  process.send({ ready: true });
}

async function publish() {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(`
    create table fi_submission (id uuid primary key, key text unique, hash text, at timestamptz(3) default now());
    create table fi_person (id uuid primary key, at timestamptz(3) default now());
    create table fi_identifier (value text primary key, person uuid);
    create table fi_consent (id uuid primary key, person uuid, scope jsonb, at timestamptz(3) default now());
    create table fi_referral (id uuid primary key, target text, state text, version int default 1, body jsonb, at timestamptz(3) default now());
    create index on fi_referral (target, state, id);
    create table fi_event (id bigserial primary key, referral uuid, kind text, at timestamptz(3) default now(), body jsonb);
    create table fi_decision (id uuid primary key, referral uuid, outcome text, fields jsonb, at timestamptz(3) default now());
    create table fi_audit (id bigserial primary key, object uuid, action text, details jsonb, at timestamptz(3) default now());
    create table fi_delivery (id uuid primary key, referral uuid, state text, attempts int default 0, at timestamptz(3) default now());`);
  await client.end();
  const channel = await connection.createConfirmChannel();
  await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
  const consumer = fork(fileURLToPath(import.meta.url), [databaseUrl, amqpUrl, file, 'consume']);
  await once(consumer, 'message');
  let done = 0;
  consumer.on('message', (m) => (done += m.done));

  const began = performance.now();
  const lines = iconv.decode(readFileSync(file), 'cp932').split('\r\n').slice(1, -2);
  let sent = 0;
  for (let at = 0; at < lines.length; at += perMessage) {
    const rows = lines.slice(at, at + perMessage).map((line) => {
      const fields = line.split(',').map((field) => field.replace(/^"|"$/g, ''));
      return { key: fields[26], insured: fields[8], target: fields[23], fields };
    });
    channel.sendToQueue(queue, Buffer.from(JSON.stringify(rows)), { persistent: true });
    sent += rows.length;
    if ((at / perMessage) % 8 === 7) await channel.waitForConfirms();
  }
  await channel.waitForConfirms();
  while (done < sent) await new Promise((resolve) => setTimeout(resolve, 20));
  console.log(JSON.stringify({ rows: sent, perS: (sent / (performance.now() - began)) * 1000 }));
  consumer.kill();
  process.exit(0);
}

await (role === 'consume' ? consume() : publish());
