/*
 * n8n loads this as external hooks: they tell the benchmark what a run was like, so that n8n need not store it.
 * Before a run by hand garbage is collected, or each would pay for what the one before left behind.
 */
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { Session } = require('node:inspector/promises');
const v8 = require('node:v8');
const vm = require('node:vm');

v8.setFlagsFromString('--expose-gc');
const collectGarbage = vm.runInNewContext('gc');
/** Bytes in use after everything was collected that can be; free pages go back to the system. */
const heap = () => {
	collectGarbage({ type: 'major', execution: 'sync', flavor: 'last-resort' });
	return process.memoryUsage().heapUsed;
};

/** A line of /proc/self/status in bytes: VmRSS is what the process has, VmHWM the most it had; 0 where there is none. */
function memory(name) {
	if (!existsSync(peakReset)) return 0;
	return Number(new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024;
}

/** See proc_pid_clear_refs(5): a 5 sets the peak to what the process has now. */
const peakReset = '/proc/self/clear_refs';

const { BENCH_REPORTS_TO: reportsTo, BENCH_PROFILES: profiles } = process.env;
let heapBefore = 0;
let memoryBefore = 0;
let session;
/** Runs by hand; of those that overlap nothing is measured, nor are they held up. */
let underWay = 0;

/** How many records the items hold, and the sum of their ids; makes no garbage, which would count as the run's memory. */
function added(items) {
	const sum = { records: 0, ids: 0 };
	const add = ({ id }) => {
		sum.records += 1;
		sum.ids += Number(id) || 0;
	};
	for (const { json } of items) {
		if (json.sales_orders) json.sales_orders.forEach(add);
		else add(json.sales_order ?? json);
	}
	return sum;
}

const beforeRun = async (_workflow, mode) => {
	if (mode !== 'manual' || ++underWay > 1) return;
	heapBefore = heap();
	if (existsSync(peakReset)) writeFileSync(peakReset, '5');
	memoryBefore = memory('VmRSS');
	if (!profiles) return;
	session = new Session();
	session.connect();
	await session.post('Profiler.enable');
	await session.post('Profiler.start');
};

const afterRun = async (run, workflow, executionId) => {
	const peak = memory('VmHWM') - memoryBefore;
	const profile = session && (await session.post('Profiler.stop')).profile;
	session?.disconnect();
	session = undefined;
	const { runData = {}, error } = run?.data.resultData ?? {};
	const nodes = Object.entries(runData).map(([name, runs]) => {
		const { executionTime, data } = runs.at(-1);
		const items = data?.main?.[0] ?? [];
		return {
			name,
			milliseconds: executionTime,
			items: items.length,
			...added(items),
		};
	});
	const isAlone = run?.mode === 'manual' && underWay-- === 1;
	const kept = isAlone ? heap() - heapBefore : 0;
	const report = {
		executionId,
		workflow: workflow.id,
		status: run?.status,
		error: error?.message,
		nodes,
		kept,
		peak,
		profile,
	};
	await fetch(reportsTo, { method: 'POST', body: JSON.stringify(report) });
};

module.exports = { workflow: { preExecute: [beforeRun], postExecute: [afterRun] } };
