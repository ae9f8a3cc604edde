import { startServices, startTown, query } from './town.mjs';
import { endToEndLoad } from './end-to-end.mjs';
import { execSync } from 'node:child_process';
const services = await startServices();
await query(services.postgres.url, "alter system set log_min_duration_statement = 15");
await query(services.postgres.url, "select pg_reload_conf()");
const town = await startTown(services);
const token = await town.token('demo-kaigo');
const url = new URL('/api/v1/referrals', town.access.baseUrl);
const loading = endToEndLoad(town, url, token, { forMs: 8000 });
await new Promise(r => setTimeout(r, 3000));
const waits = {};
for (let i = 0; i < 60; i++) {
  const { rows } = await query(town.databaseUrl, "select state, wait_event_type||':'||wait_event as w, left(query, 90) as q from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'");
  for (const r of rows) { const k = `${r.state} ${r.w} ${r.q.replace(/\s+/g,' ')}`; waits[k] = (waits[k] ?? 0) + 1; }
  await new Promise(r => setTimeout(r, 25));
}
console.log(execSync('top -b -n1 -d1 | head -20').toString());
console.log(Object.entries(waits).sort((a,b)=>b[1]-a[1]).slice(0,25).map(([k,v])=>v+' '+k).join('\n'));
console.log(await loading);
const log = execSync("ls -t /tmp/tsunagi-test-postgres*/*log* /tmp/*/log* 2>/dev/null | head -1").toString().trim();
console.log(log);
try { console.log(execSync(`grep -oE 'duration: [0-9.]+ ms  [a-z]+ [^:]*: .{0,110}' ${log} | sort -t' ' -k2 -rn | head -30`).toString()); } catch {}
await town.close();
await services.stop();
