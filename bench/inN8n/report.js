/*
 * n8n loads this as external hooks: they tell the benchmark what a run was like, so that n8n need not store it.
 * Before a run by hand garbage is collected, or each would pay for what the one before left behind.
 */
const { Session } = require('node:inspector/promises');
const v8 = require('node:v8');
const vm = require('node:vm');

v8.setFlagsFromString('--expose-gc');
const collectGarbage = vm.runInNewContext('gc');
const heap = () => {
	collectGarbage();
	return process.memoryUsage().heapUsed;
};

const { BENCH_REPORTS_TO: reportsTo, BENCH_PROFILES: profiles } = process.env;
let heapBefore = 0;
let session;

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
	if (mode !== 'manual') return;
	heapBefore = heap();
	if (!profiles) return;
	session = new Session();
	session.connect();
	await session.post('Profiler.enable');
	await session.post('Profiler.start');
};

const afterRun = async (run, workflow, executionId) => {
	const profile = session && (await session.post('Profiler.stop')).profile;
	session?.disconnect();
	session = undefined;
	const { runData = {}, error } = run?.data.resultData ?? {};
	const nodes = Object.entries(runData).map(([name, runs]) => {
		const { executionTime, hints = [], data } = runs.at(-1);
		const items = data?.main?.[0] ?? [];
		return {
			name,
			milliseconds: executionTime,
			items: items.length,
			...added(items),
			hints: hints.map(({ message }) => message),
		};
	});
	const kept = run?.mode === 'manual' ? heap() - heapBefore : 0;
	const report = {
		executionId,
		workflow: workflow.id,
		status: run?.status,
		error: error?.message,
		nodes,
		kept,
		profile,
	};
	await fetch(reportsTo, { method: 'POST', body: JSON.stringify(report) });
};

module.exports = { workflow: { preExecute: [beforeRun], postExecute: [afterRun] } };
