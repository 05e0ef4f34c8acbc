import { startStandIn } from './standIn.mts';
import { startBenchN8n } from './benchN8n.mts';
import * as w from './workflows.mts';
import { memoryOf, countPeakAnew } from './memory.mts';
import { demo } from '../sandbox/uphance/uphance.mts';
const orders = Number(process.argv[2] ?? 10000), reps = Number(process.argv[3] ?? 1);
const only = process.argv[4];
const s = await startStandIn(orders);
const n = await startBenchN8n();
try {
 const cred = await n.api.createCredential('Uphance', { ...demo, organisationId: '', apiUrl: s.url });
 const wf: any = {};
 for (const [name, nodes] of Object.entries(w.everyOrder(s.url))) if (!only || name.includes(only)) wf[name] = await n.api.createWorkflow(w.afterRun(cred, nodes));
 for (let r = 0; r < reps; r++) for (const name of Object.keys(wf)) {
  await n.restart();
  await s.setOrders(1000); await n.run(wf[name]); await s.setOrders(orders);
  const pid = n.server.process.pid!;
  await new Promise((r) => setTimeout(r, 1000));
  countPeakAnew(pid); const idle = memoryOf(pid).now;
  const rep = await n.run(wf[name]);
  const { peak } = memoryOf(pid);
  console.log(name.padEnd(30), 'idle MB', (idle/1e6).toFixed(0), 'above', ((peak-idle)/1e6).toFixed(0), 'kept', (rep.kept/1e6).toFixed(1), rep.nodes.map((x) => x.milliseconds));
 }
} finally { await n.stop(); s.stop(); }
