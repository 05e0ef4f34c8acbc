import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { getN8nPath } from '../sandbox/n8n/install.mts';
import { chart } from './chart.mts';
import type { Bar } from './chart.mts';
import type { Figures } from './measurements.mts';
import { amounts, remembering, storing } from './measurements.mts';
import { bareLoop } from './returnAll.mts';
import type { Owner } from './profile.mts';
import { owners } from './profile.mts';
import type { Row } from './goals.mts';
import { rowsOf } from './goals.mts';
import { median, quantile, spread } from './samples.mts';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = `${root}/docs/benchmarks.md`;
const picture = `${root}/docs/images/benchmarks.svg`;
const [begins, ends] = ['<!-- figures -->', '<!-- /figures -->'];

/** Writes the figures into docs/benchmarks.md, between its marks, and the chart beside it. @returns the table, for the terminal */
export function publish(figures: Figures): string {
	const rows = rowsOf(figures);
	const before = readFileSync(page, 'utf8');
	const [start, end] = [before.indexOf(begins), before.indexOf(ends)];
	if (start < 0 || end < 0) throw new Error(`docs/benchmarks.md has lost its marks ${begins} and ${ends}.`);
	const text = `${before.slice(0, start)}${begins}\n\n${sections(figures, rows)}\n\n${before.slice(end)}`;
	writeFileSync(page, text);
	writeFileSync(picture, chart(panels(figures)));
	execFileSync('npx', ['prettier', '--write', '--log-level', 'warn', page], { cwd: root });
	return table(rows);
}

const sections = (figures: Figures, rows: Row[]): string =>
	[
		`Measured on ${machine()}.`,
		'![Time for each page and memory, this package beside the others](images/benchmarks.svg)',
		table(rows),
		missed(rows),
		'## The figures behind it',
		timesTable(figures),
		'## Where the time goes',
		whereTable(figures),
		'## How cost grows',
		growthTable(figures),
		'## Memory',
		memoryTable(figures),
		'## Webhooks and loading',
		webhookTable(figures),
		loadingText(figures),
	]
		.filter((section) => section !== '')
		.join('\n\n');

const machine = (): string => {
	const [cpu] = cpus();
	const node = execFileSync('node', ['--version'], {
		env: { ...process.env, PATH: getN8nPath('newest') },
		encoding: 'utf8',
	});
	return `${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GB, Node.js ${node.trim()}, n8n 2.41.1`;
};

const lines = (head: string[], body: string[][]): string =>
	[head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const table = (rows: Row[]): string =>
	lines(
		['work', 'against', 'goal', 'found', 'rounds from … to', ''],
		rows.map(({ work, against, goal, found, spread: range, isMet }) => [
			work,
			against,
			goal,
			isMet ? found : `**${found}**`,
			range,
			goal === '' ? '' : isMet ? '✓' : '**missed**',
		]),
	);

const missed = (rows: Row[]): string => {
	const above = rows.filter(({ isMet }) => !isMet);
	if (above.length === 0) return 'Every goal is met.';
	return `${above.length} of ${rows.filter(({ goal }) => goal !== '').length} goals are not met; [why](#what-is-above-its-goal-and-why) is said below.`;
};

const range = (samples: number[], digits: number): string => {
	const [lowest, highest] = spread(samples);
	return `${median(samples).toFixed(digits)} (${lowest.toFixed(digits)} to ${highest.toFixed(digits)})`;
};

function timesTable({ reading, gets }: Figures): string {
	const sizes = Object.keys(reading);
	const names = Object.keys(reading[sizes[0] ?? ''] ?? {});
	const times = (orders: string, name: string) => (reading[orders]?.[name] ?? []).map(({ time }) => time);
	const pages = lines(
		['milliseconds for each page of 100 orders', ...sizes.map((orders) => `${thousands(orders)} orders`)],
		names.map((name) => [name, ...sizes.map((orders) => range(times(orders, name), 2))]),
	);
	const each = lines(
		[`milliseconds for each of ${thousands(amounts.gets.count)} Gets`, ''],
		Object.entries(gets).map(([name, all]) => [
			name,
			range(
				all.map((time) => time / amounts.gets.count),
				2,
			),
		]),
	);
	return `${pages}\n\n${each}`;
}

function whereTable({ whereabouts, reading }: Figures): string {
	const names = Object.keys(whereabouts);
	const bare = reading[String(amounts.profiled)]?.[bareLoop] ?? [];
	const arriving = median(bare.map((each) => each.arriving));
	const parsing = median(bare.map((each) => each.time - each.arriving));
	const all = Object.keys(owners).filter((owner): owner is Owner => owner in owners);
	return `${lines(
		['milliseconds for each page', ...names],
		all.map((owner) => [owners[owner], ...names.map((name) => (whereabouts[name]?.[owner] ?? 0).toFixed(2))]),
	)}

The bare loop needs ${arriving.toFixed(2)} ms until a page is there (server, wire, \`fetch\`) and ${parsing.toFixed(2)} ms to parse it.`;
}

function growthTable({ reading, memory }: Figures): string {
	const sizes = Object.keys(reading);
	const of = (orders: string, name: string) => (reading[orders]?.[name] ?? []).map(({ time }) => time);
	const seconds = (orders: string, name: string) => ((median(of(orders, name)) * Number(orders)) / 1e5).toFixed(2);
	const bytes = (orders: string, name: string, what: 'peak' | 'kept') =>
		median((memory[orders]?.[name] ?? []).map((each) => each[what]));
	const [small, large] = [sizes.at(-2) ?? '', sizes.at(-1) ?? ''];
	const slope = (name: string) =>
		(bytes(large, name, 'kept') - bytes(small, name, 'kept')) / (Number(large) - Number(small));
	const body = sizes.map((orders) => [
		thousands(orders),
		...['Uphance, Simplify', 'Uphance, raw'].flatMap((name) => [
			seconds(orders, name),
			megabytes(bytes(orders, name, 'peak')),
			megabytes(bytes(orders, name, 'kept')),
		]),
	]);
	return `${lines(['orders', 'Simplify: s', 'peak MB', 'items MB', 'raw: s', 'peak MB', 'items MB'], body)}

From ${thousands(small)} to ${thousands(large)} orders the items grow by ${slope('Uphance, Simplify').toFixed(0)} bytes for each simplified order, and by ${slope('Uphance, raw').toFixed(0)} for each raw one.`;
}

function memoryTable({ memory, stored }: Figures): string {
	const most = Object.keys(memory).at(-1) ?? '';
	const of = (name: string, what: 'peak' | 'kept') => (memory[most]?.[name] ?? []).map((each) => each[what] / 1e6);
	const all = lines(
		[`${thousands(most)} orders, MB above idle`, 'at most', 'what the items hold'],
		remembering.map((name) => [name, range(of(name, 'peak'), 0), range(of(name, 'kept'), 0)]),
	);
	const sizes = Object.keys(stored);
	const withStoring = lines(
		['MB above idle at most, with the execution stored', ...sizes.map((orders) => `${thousands(orders)} orders`)],
		storing.map((name) => [
			name,
			...sizes.map((orders) => megabytes(median((stored[orders]?.[name] ?? []).map(({ peak }) => peak)))),
		]),
	);
	return `${all}

n8n stores executions unless told otherwise, and that is the wall: while it writes one down it holds the items several times over.

${withStoring}`;
}

const webhookTable = ({ webhooks }: Figures): string =>
	lines(
		['webhooks', 'accepted per second', '99 % answered within, ms'],
		Object.entries(webhooks).map(([name, volleys]) => [
			name,
			range(
				volleys.map(({ perSecond }) => perSecond),
				0,
			),
			range(
				volleys.map(({ answers }) => quantile(answers, 0.99)),
				0,
			),
		]),
	);

const loadingText = ({ loading }: Figures): string =>
	`Loading takes ${range(loading.own, 1)} ms; n8n's own nodes with about as much code: ${Object.entries(loading.others)
		.map(([name, times]) => `${name} ${median(times).toFixed(1)}`)
		.join(', ')}.`;

function panels({ reading, memory }: Figures) {
	const orders = String(amounts.profiled);
	const most = Object.keys(memory).at(-1) ?? '';
	const barsOf = (samples: Record<string, number[]>): Bar[] =>
		Object.entries(samples).map(([label, all]) => {
			const [lowest, highest] = spread(all);
			return { label, value: median(all), lowest, highest, isOwn: label.startsWith('Uphance') };
		});
	const times = Object.entries(reading[orders] ?? {}).map(([name, all]) => [name, all.map(({ time }) => time)]);
	const peaks = Object.entries(memory[most] ?? {}).map(([name, all]) => [name, all.map(({ peak }) => peak / 1e6)]);
	return [
		{
			title: `Every one of ${thousands(orders)} orders: milliseconds for each page of 100`,
			shown: (value: number) => value.toFixed(1),
			bars: barsOf(Object.fromEntries(times)),
		},
		{
			title: `${thousands(most)} orders: MB that n8n takes at most, above idle`,
			shown: (value: number) => value.toFixed(0),
			bars: barsOf(Object.fromEntries(peaks)),
		},
	];
}

const thousands = (value: number | string): string => Number(value).toLocaleString('en');
const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);
