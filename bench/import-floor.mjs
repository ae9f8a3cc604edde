// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

// The floor of an import: read a file of 介護 or 障害福祉, decode it, publish its rows with confirm, consume them, and write for each the
// very rows that the hub writes on the way in (a specimen of them), in the hub's own tables, with batching wherever it
// helps — but no validation, no matching, no decision, no encryption, no answer and no result file. Two processes, as in
// production.
// Usage: node import-floor.mjs DATABASE_URL AMQP_URL FILE SPECIMEN
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import amqp from 'amqplib';
import iconv from 'iconv-lite';
import pg from 'pg';
import { insertLike, rowsLike } from './specimen.mjs';

const [databaseUrl, amqpUrl, file, specimenFile, role] = process.argv.slice(2);
const queue = 'fl.import';
const perMessage = 200;
const connection = await amqp.connect(amqpUrl);

async function consume() {
  const specimen = JSON.parse(readFileSync(specimenFile, 'utf8'));
  const insert = { name: 'floor', text: insertLike(specimen) };
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 });
  const channel = await connection.createChannel();
  await channel.prefetch(4);
  await channel.consume(queue, async (message) => {
    const rows = JSON.parse(message.content).map(({ key }) => rowsLike(specimen, key));
    await pool.query({ ...insert, values: specimen.tables.map((_, n) => `[${rows.map((row) => row[n]).join(',')}]`) });
    channel.ack(message);
    process.send({ done: rows.length });
  });
  process.send({ ready: true });
}

/** Lines of an envelope. */
function lines() {
  const all = iconv.decode(readFileSync(file), 'cp932').split('\r\n').slice(1, -2);
  const rowOf = (line) => {
    const fields = line.split(',').map((field) => field.replace(/^"|"$/g, ''));
    return { key: fields[26], fields };
  };
  return { count: all.length, slice: (from, to) => all.slice(from, to).map(rowOf) };
}

/** Records of fixed length, cut into the fields of the layout. */
function fixedRecords() {
  const bytes = readFileSync(file);
  const widths = [1, 7, 6, 10, 15, 8, 1, 30, 40, 1, 7, 80, 5, 1, 2, 1, 2, 8, 8, 6, 10, 2, 12, 120, 20, 15, 2, 1];
  const count = bytes.length / 500 - 2;
  const rowOf = (index) => {
    let at = (index + 1) * 500;
    const fields = widths.map((width) => iconv.decode(bytes.subarray(at, (at += width)), 'cp932').trimEnd());
    return { key: fields[24], fields };
  };
  return {
    count,
    slice: (from, to) => Array.from({ length: Math.min(to, count) - from }, (_, n) => rowOf(from + n)),
  };
}

async function publish() {
  const channel = await connection.createConfirmChannel();
  await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
  const consumer = fork(fileURLToPath(import.meta.url), [databaseUrl, amqpUrl, file, specimenFile, 'consume']);
  await once(consumer, 'message');
  let done = 0;
  consumer.on('message', (m) => (done += m.done));

  const began = performance.now();
  const records = file.endsWith('.DAT') ? fixedRecords() : lines();
  let sent = 0;
  for (let at = 0; at < records.count; at += perMessage) {
    const rows = records.slice(at, at + perMessage);
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
