import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { getN8nPath } from '../sandbox/n8n/install.mts';
import { renderChart } from './chart.mts';
import type { Bar } from './chart.mts';
import type { GoalRow } from './goals.mts';
import { buildRows } from './goals.mts';
import type { Measurements } from './measurements.mts';
import { workloads, memoryContestants, storedMemoryContestants } from './measurements.mts';
import type { MemoryUse } from './memory.mts';
import type { CpuCategory } from './profile.mts';
import { cpuCategories } from './profile.mts';
import { bareLoop } from './returnAll.mts';
import { median, quantile, getRange } from './samples.mts';

const root = fileURLToPath(new URL('..', import.meta.url));
const pageFile = `${root}/docs/benchmarks.md`;
const chartFile = `${root}/docs/images/benchmarks.svg`;
const [startMark, endMark] = ['<!-- figures -->', '<!-- /figures -->'];

/**
 * Writes the results between the marks in docs/benchmarks.md, and the chart to docs/images.
 *
 * @returns the table of goals, for the terminal
 * @throws Error if the marks are missing
 */
export function publishReport(measurements: Measurements): string {
	const rows = buildRows(measurements);
	const before = readFileSync(pageFile, 'utf8');
	const [start, end] = [before.indexOf(startMark), before.indexOf(endMark)];
	if (start < 0 || end < 0) throw new Error(`docs/benchmarks.md must contain the marks ${startMark} and ${endMark}.`);
	const text = `${before.slice(0, start)}${startMark}\n\n${renderSections(measurements, rows)}\n\n${before.slice(end)}`;
	writeFileSync(pageFile, text);
	writeFileSync(chartFile, renderChart(buildPanels(measurements)));
	execFileSync('npx', ['prettier', '--write', '--log-level', 'warn', pageFile], { cwd: root });
	return renderGoals(rows);
}

const renderSections = (measurements: Measurements, rows: GoalRow[]): string =>
	[
		`Measured on ${describeMachine()}.`,
		'![Time for each page and memory, this package beside the others](images/benchmarks.svg)',
		renderGoals(rows),
		renderMissedGoals(rows),
		'## The figures behind it',
		renderTimes(measurements),
		'## Where the time goes',
		renderCpuTime(measurements),
		'## How cost grows',
		renderGrowth(measurements),
		'## Memory',
		renderMemory(measurements),
		'## Webhooks and loading',
		renderWebhooks(measurements),
		renderLoadTimes(measurements),
	]
		.filter((section) => section !== '')
		.join('\n\n');

const describeMachine = (): string => {
	const [cpu] = cpus();
	const node = execFileSync('node', ['--version'], {
		env: { ...process.env, PATH: getN8nPath('newest') },
		encoding: 'utf8',
	});
	return `${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GB, Node.js ${node.trim()}, n8n 2.41.1`;
};

const renderTable = (head: string[], body: string[][]): string =>
	[head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const renderGoals = (rows: GoalRow[]): string =>
	renderTable(
		['work', 'against', 'goal', 'found', 'rounds from … to', ''],
		rows.map(({ workload, baseline, goal, result, range, isMet }) => [
			workload,
			baseline,
			goal,
			isMet ? result : `**${result}**`,
			range,
			goal === '' ? '' : isMet ? '✓' : '**missed**',
		]),
	);

const renderMissedGoals = (rows: GoalRow[]): string => {
	const missedRows = rows.filter(({ isMet }) => !isMet);
	if (missedRows.length === 0) return 'Every goal is met.';
	return `${missedRows.length} of ${rows.filter(({ goal }) => goal !== '').length} goals are not met; [why](#what-is-above-its-goal-and-why) is said below.`;
};

const formatRange = (samples: number[], digits: number): string => {
	const [lowest, highest] = getRange(samples);
	return `${median(samples).toFixed(digits)} (${lowest.toFixed(digits)} to ${highest.toFixed(digits)})`;
};

function renderTimes({ returnAll, gets }: Measurements): string {
	const sizes = Object.keys(returnAll);
	const names = Object.keys(returnAll[sizes[0] ?? ''] ?? {});
	const times = (orders: string, name: string) => (returnAll[orders]?.[name] ?? []).map(({ msPerPage }) => msPerPage);
	const pages = renderTable(
		['milliseconds for each page of 100 orders', ...sizes.map((orders) => `${formatThousands(orders)} orders`)],
		names.map((name) => [name, ...sizes.map((orders) => formatRange(times(orders, name), 2))]),
	);
	const each = renderTable(
		[`milliseconds for each of ${formatThousands(workloads.gets.count)} Gets`, ''],
		Object.entries(gets).map(([name, all]) => [
			name,
			formatRange(
				all.map((time) => time / workloads.gets.count),
				2,
			),
		]),
	);
	return `${pages}\n\n${each}`;
}

function renderCpuTime({ cpuTime, returnAll }: Measurements): string {
	const names = Object.keys(cpuTime);
	const bare = returnAll[String(workloads.profiled)]?.[bareLoop] ?? [];
	const fetching = median(bare.map((each) => each.fetchMsPerPage));
	const parsing = median(bare.map((each) => each.msPerPage - each.fetchMsPerPage));
	const all = Object.keys(cpuCategories).filter((owner): owner is CpuCategory => owner in cpuCategories);
	return `${renderTable(
		['milliseconds for each page', ...names],
		all.map((owner) => [cpuCategories[owner], ...names.map((name) => (cpuTime[name]?.[owner] ?? 0).toFixed(2))]),
	)}

The bare loop needs ${fetching.toFixed(2)} ms until a page is there (server, wire, \`fetch\`) and ${parsing.toFixed(2)} ms to parse it.`;
}

function renderGrowth({ returnAll, memory }: Measurements): string {
	const sizes = Object.keys(returnAll);
	const of = (orders: string, name: string) => (returnAll[orders]?.[name] ?? []).map(({ msPerPage }) => msPerPage);
	const seconds = (orders: string, name: string) => ((median(of(orders, name)) * Number(orders)) / 1e5).toFixed(2);
	const bytes = (orders: string, name: string, key: keyof MemoryUse) =>
		median((memory[orders]?.[name] ?? []).map((each) => each[key]));
	const [small, large] = [sizes.at(-2) ?? '', sizes.at(-1) ?? ''];
	const slope = (name: string) =>
		(bytes(large, name, 'heapBytes') - bytes(small, name, 'heapBytes')) / (Number(large) - Number(small));
	const body = sizes.map((orders) => [
		formatThousands(orders),
		...['Uphance, Simplify', 'Uphance, raw'].flatMap((name) => [
			seconds(orders, name),
			formatMegabytes(bytes(orders, name, 'peakBytes')),
			formatMegabytes(bytes(orders, name, 'heapBytes')),
		]),
	]);
	return `${renderTable(['orders', 'Simplify: s', 'peak MB', 'items MB', 'raw: s', 'peak MB', 'items MB'], body)}

From ${formatThousands(small)} to ${formatThousands(large)} orders the items grow by ${slope('Uphance, Simplify').toFixed(0)} bytes for each simplified order, and by ${slope('Uphance, raw').toFixed(0)} for each raw one.`;
}

function renderMemory({ memory, storedMemory }: Measurements): string {
	const largest = Object.keys(memory).at(-1) ?? '';
	const of = (name: string, key: keyof MemoryUse) => (memory[largest]?.[name] ?? []).map((each) => each[key] / 1e6);
	const all = renderTable(
		[`${formatThousands(largest)} orders, MB above idle`, 'at most', 'what the items hold'],
		memoryContestants.map((name) => [
			name,
			formatRange(of(name, 'peakBytes'), 0),
			formatRange(of(name, 'heapBytes'), 0),
		]),
	);
	const sizes = Object.keys(storedMemory);
	const withStoring = renderTable(
		['MB above idle at most, with the execution stored', ...sizes.map((orders) => `${formatThousands(orders)} orders`)],
		storedMemoryContestants.map((name) => [
			name,
			...sizes.map((orders) =>
				formatMegabytes(median((storedMemory[orders]?.[name] ?? []).map(({ peakBytes }) => peakBytes))),
			),
		]),
	);
	return `${all}

n8n stores executions unless told otherwise, and that is the wall: while it writes one down it holds the items several times over.

${withStoring}`;
}

const renderWebhooks = ({ webhooks }: Measurements): string =>
	renderTable(
		['webhooks', 'accepted per second', '99 % answered within, ms'],
		Object.entries(webhooks).map(([name, rounds]) => [
			name,
			formatRange(
				rounds.map(({ perSecond }) => perSecond),
				0,
			),
			formatRange(
				rounds.map(({ responseTimes }) => quantile(responseTimes, 0.99)),
				0,
			),
		]),
	);

const renderLoadTimes = ({ loadTimes }: Measurements): string =>
	`Loading takes ${formatRange(loadTimes.own, 1)} ms; n8n's own nodes with about as much code: ${Object.entries(
		loadTimes.others,
	)
		.map(([name, times]) => `${name} ${median(times).toFixed(1)}`)
		.join(', ')}.`;

function buildPanels({ returnAll, memory }: Measurements) {
	const orders = String(workloads.profiled);
	const largest = Object.keys(memory).at(-1) ?? '';
	const barsOf = (samples: Record<string, number[]>): Bar[] =>
		Object.entries(samples).map(([label, all]) => {
			const [lowest, highest] = getRange(all);
			return { label, value: median(all), lowest, highest, isOwn: label.startsWith('Uphance') };
		});
	const times = Object.entries(returnAll[orders] ?? {}).map(([name, all]) => [
		name,
		all.map(({ msPerPage }) => msPerPage),
	]);
	const peaks = Object.entries(memory[largest] ?? {}).map(([name, all]) => [
		name,
		all.map(({ peakBytes }) => peakBytes / 1e6),
	]);
	return [
		{
			title: `Every one of ${formatThousands(orders)} orders: milliseconds for each page of 100`,
			format: (value: number) => value.toFixed(1),
			bars: barsOf(Object.fromEntries(times)),
		},
		{
			title: `${formatThousands(largest)} orders: MB that n8n takes at most, above idle`,
			format: (value: number) => value.toFixed(0),
			bars: barsOf(Object.fromEntries(peaks)),
		},
	];
}

const formatThousands = (value: number | string): string => Number(value).toLocaleString('en');
const formatMegabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);
