/*
 * External hooks of n8n that send a report on every execution to the benchmark, so that n8n need not store executions.
 * They collect garbage before a manual run, so that a run is not measured with the garbage of the previous one.
 */
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { Session } = require('node:inspector/promises');
const v8 = require('node:v8');
const vm = require('node:vm');

v8.setFlagsFromString('--expose-gc');
const collectGarbage = vm.runInNewContext('gc');
/** Returns the bytes in use after a full garbage collection, which also returns free pages to the system. */
const measureHeap = () => {
	collectGarbage({ type: 'major', execution: 'sync', flavor: 'last-resort' });
	return process.memoryUsage().heapUsed;
};

/**
 * Returns a value of /proc/self/status in bytes: VmRSS is the current memory of the process, VmHWM its peak. 0 on
 * systems without /proc.
 */
function readMemory(name) {
	if (!existsSync(peakReset)) return 0;
	return Number(new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024;
}

/** Writing 5 resets the peak to the current memory, see proc_pid_clear_refs(5). */
const peakReset = '/proc/self/clear_refs';

const { BENCH_REPORTS_TO: reportsTo, BENCH_PROFILES: profiles } = process.env;
let heapBefore = 0;
let memoryBefore = 0;
let session;
/** Number of manual runs in flight. Overlapping runs are not measured. */
let inFlight = 0;

/**
 * Returns the number of records in the items and the sum of their ids. Allocates little, as this would count as memory
 * of the run.
 */
function sumRecords(items) {
	const sum = { records: 0, idSum: 0 };
	const add = ({ id }) => {
		sum.records += 1;
		sum.idSum += Number(id) || 0;
	};
	for (const { json } of items) {
		if (json.sales_orders) json.sales_orders.forEach(add);
		else add(json.sales_order ?? json);
	}
	return sum;
}

const beforeRun = async (_workflow, mode) => {
	if (mode !== 'manual' || ++inFlight > 1) return;
	heapBefore = measureHeap();
	if (existsSync(peakReset)) writeFileSync(peakReset, '5');
	memoryBefore = readMemory('VmRSS');
	if (!profiles) return;
	session = new Session();
	session.connect();
	await session.post('Profiler.enable');
	await session.post('Profiler.start');
};

const afterRun = async (run, workflow, executionId) => {
	const peakBytes = readMemory('VmHWM') - memoryBefore;
	const profile = session && (await session.post('Profiler.stop')).profile;
	session?.disconnect();
	session = undefined;
	const { runData = {}, error } = run?.data.resultData ?? {};
	const nodes = Object.entries(runData).map(([name, runs]) => {
		const { data } = runs.at(-1);
		const items = data?.main?.[0] ?? [];
		return {
			name,
			milliseconds: runs.reduce((total, { executionTime }) => total + executionTime, 0), // a loop runs a node often
			items: items.length,
			...sumRecords(items),
		};
	});
	const isAlone = run?.mode === 'manual' && inFlight-- === 1;
	const heapBytes = isAlone ? measureHeap() - heapBefore : 0;
	const report = {
		executionId,
		workflow: workflow.id,
		status: run?.status,
		error: error?.message,
		nodes,
		heapBytes,
		peakBytes,
		profile,
	};
	await fetch(reportsTo, { method: 'POST', body: JSON.stringify(report) });
};

module.exports = { workflow: { preExecute: [beforeRun], postExecute: [afterRun] } };
