import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Bench } from './bench.mts';
import { orderIds } from './getById.mts';
import { perPage } from './returnAll.mts';
import type { Volley } from './webhooks.mts';
import { afterRun, everyOrder, orderById, pollEveryTenSeconds, startedBy } from './workflows.mts';

/** A figure that is the same on every machine. */
export interface Check {
	name: string;
	expected: unknown;
	found: unknown;
}

export const isRight = ({ expected, found }: Check): boolean => JSON.stringify(expected) === JSON.stringify(found);

const registration = 'POST /organisations/set_current_org';
const times = (count: number, request: string): string[] => Array.from({ length: count }, () => request);

/** Every different request with how often it came: a list of a thousand says nothing. */
function counted(requests: string[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const request of requests.map((each) => each.replace(/\/\d+$/, '/…')))
		counts[request] = (counts[request] ?? 0) + 1;
	return counts;
}

/** With a session that n8n has stored: the registration, and a request for each page. */
export async function requestsForPages({ standIn, n8n, credential, say }: Bench, orders: number): Promise<Check[]> {
	say(`Counting the requests for ${orders} orders.`);
	await standIn.setOrders(orders);
	const checks: Check[] = [];
	for (const [name, nodes] of Object.entries(everyOrder(standIn.url)).filter(([each]) => each.startsWith('Uphance'))) {
		const workflow = await n8n.api.createWorkflow(afterRun(credential, nodes));
		await n8n.run(workflow);
		await standIn.clearLog();
		const { nodes: ran } = await n8n.run(workflow);
		const pages = Math.ceil(orders / perPage);
		checks.push(
			{
				name: `${name}: requests for ${pages} pages`,
				expected: counted([registration, ...times(pages, 'GET /sales_orders')]),
				found: counted(await standIn.asked()),
			},
			{ name: `${name}: records`, expected: orders, found: ran.at(-1)?.records },
		);
	}
	return checks;
}

/** So many executions that start at once, none of which finds a session. */
export async function signInsAtOnce(
	{ standIn, n8n, emptyCredential, say }: Bench,
	executions: number,
): Promise<Check[]> {
	say(`Starting ${executions} executions at once.`);
	await standIn.setOrders(perPage);
	const [nodes = []] = Object.values(everyOrder(standIn.url));
	const workflow = await n8n.api.createWorkflow(afterRun(await emptyCredential(), nodes));
	const before = await standIn.signIns();
	const reports = await Promise.all(times(executions, workflow).map(async (id) => await n8n.run(id)));
	return [
		{
			name: `sign-ins for ${executions} executions at once`,
			expected: 1,
			found: (await standIn.signIns()) - before,
		},
		{
			name: `records of ${executions} executions at once`,
			expected: executions * perPage,
			found: reports.reduce((total, report) => total + (report.nodes.at(-1)?.records ?? 0), 0),
		},
	];
}

/** A poll that finds nothing new among so many orders. */
export async function requestsForPoll({ standIn, n8n, credential, say }: Bench, orders: number): Promise<Check[]> {
	say('Waiting for a poll.');
	await standIn.setOrders(orders);
	const workflow = await n8n.api.createWorkflow(startedBy(credential, pollEveryTenSeconds));
	await n8n.api.publishWorkflow(workflow); // polls once
	await pause(1_000);
	await standIn.clearLog();
	const deadline = Date.now() + 30_000;
	while ((await standIn.asked()).length === 0 && Date.now() < deadline) await pause(100);
	await pause(1_000);
	const asked = await standIn.asked();
	await n8n.api.unpublishWorkflow(workflow);
	return [
		{
			name: `requests of a poll with nothing new among ${orders} orders`,
			expected: [registration, 'GET /sales_orders'],
			found: asked,
		},
	];
}

/** So many orders by id, in one node. */
export async function requestsForGets({ standIn, n8n, credential, say }: Bench, count: number): Promise<Check[]> {
	say(`Counting the requests for ${count} Gets.`);
	await standIn.setOrders(Math.max(count + 1, perPage));
	const [nodes = []] = Object.values(orderById(standIn.url));
	const workflow = await n8n.api.createWorkflow(afterRun(credential, nodes, orderIds(count)));
	await n8n.run(workflow);
	await standIn.clearLog();
	const { nodes: ran } = await n8n.run(workflow);
	const expected = counted([registration, ...times(count, 'GET /sales_orders/1')]);
	return [
		{ name: `requests for ${count} Gets in one node`, expected, found: counted(await standIn.asked()) },
		{ name: `records of ${count} Gets`, expected: count, found: ran.at(-1)?.records },
	];
}

/** What became of deliveries of which every tenth came before, but for the first ten. */
export function executionsOf(volleys: Record<string, Volley[]>, count: number): Check[] {
	const unique = count - Math.max(0, Math.floor(count / 10) - 1);
	return Object.entries(volleys).flatMap(([name, all]) => [
		{
			name: `${name}: of ${count} deliveries accepted`,
			expected: all.map(() => count),
			found: all.map((each) => each.accepted),
		},
		{
			name: `${name}: executions for ${count} deliveries, ${count - unique} of them repeated`,
			expected: all.map(() => (name === 'Webhook' ? count : unique)),
			found: all.map((each) => each.started),
		},
	]);
}

const root = fileURLToPath(new URL('..', import.meta.url));

/** What npm would publish, of the build that is there. @returns bytes */
export function tarballSize(): number {
	const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--loglevel=error'], {
		cwd: root,
		encoding: 'utf8',
	});
	const [{ size }]: [{ size: number }] = JSON.parse(packed);
	return size;
}

export function tarball(size: number): Check[] {
	const manifest: { dependencies?: object } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));
	return [
		{ name: 'tarball of at most 80,000 bytes', expected: true, found: size <= 80_000 || size },
		{ name: 'dependencies', expected: undefined, found: manifest.dependencies },
	];
}
