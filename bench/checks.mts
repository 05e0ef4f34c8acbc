import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Bench } from './bench.mts';
import { makeOrderIds } from './getById.mts';
import { perPage } from './returnAll.mts';
import type { WebhookRound } from './webhooks.mts';
import {
	buildManualWorkflow,
	getReturnAllContestants,
	getByIdContestants,
	pollingTrigger,
	buildTriggeredWorkflow,
} from './workflows.mts';

/** A result that must be the same on every machine. */
export interface Check {
	name: string;
	expected: unknown;
	actual: unknown;
}

export const isCorrect = ({ expected, actual }: Check): boolean => JSON.stringify(expected) === JSON.stringify(actual);

const repeat = (count: number, request: string): string[] => Array.from({ length: count }, () => request);

/** Counts each distinct request: a list of a thousand would be unreadable. */
export function countRequests(requests: string[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const request of requests.map((each) => each.replace(/\/\d+$/, '/…')))
		counts[request] = (counts[request] ?? 0) + 1;
	return counts;
}

/** With a stored session, reading all orders takes one request per page. */
export async function checkPageRequests({ standIn, n8n, credential, print }: Bench, orders: number): Promise<Check[]> {
	print(`Counting the requests for ${orders} orders.`);
	await standIn.setOrders(orders);
	const checks: Check[] = [];
	for (const [name, nodes] of Object.entries(getReturnAllContestants(standIn.url)).filter(([each]) =>
		each.startsWith('Uphance'),
	)) {
		const workflow = await n8n.api.createWorkflow(buildManualWorkflow(credential, nodes));
		await n8n.run(workflow);
		await standIn.clearLog();
		const { nodes: nodeReports } = await n8n.run(workflow);
		const pages = Math.ceil(orders / perPage);
		checks.push(
			{
				name: `${name}: requests for ${pages} pages`,
				expected: countRequests(repeat(pages, 'GET /sales_orders')),
				actual: countRequests(await standIn.getRequests()),
			},
			{ name: `${name}: records`, expected: orders, actual: nodeReports.at(-1)?.records },
		);
	}
	return checks;
}

/** Executions that start at once without a session sign in only once. */
export async function checkConcurrentSignIns(
	{ standIn, n8n, createEmptyCredential, print }: Bench,
	executions: number,
): Promise<Check[]> {
	print(`Starting ${executions} executions at once.`);
	await standIn.setOrders(perPage);
	const [nodes = []] = Object.values(getReturnAllContestants(standIn.url));
	const workflow = await n8n.api.createWorkflow(buildManualWorkflow(await createEmptyCredential(), nodes));
	const before = await standIn.countSignIns();
	const reports = await Promise.all(repeat(executions, workflow).map(async (id) => await n8n.run(id)));
	return [
		{
			name: `sign-ins for ${executions} executions at once`,
			expected: 1,
			actual: (await standIn.countSignIns()) - before,
		},
		{
			name: `records of ${executions} executions at once`,
			expected: executions * perPage,
			actual: reports.reduce((total, report) => total + (report.nodes.at(-1)?.records ?? 0), 0),
		},
	];
}

/** A poll that finds nothing new takes one request, however many orders there are. */
export async function checkPollRequests({ standIn, n8n, credential, print }: Bench, orders: number): Promise<Check[]> {
	print('Waiting for a poll.');
	await standIn.setOrders(orders);
	const workflow = await n8n.api.createWorkflow(buildTriggeredWorkflow(credential, pollingTrigger));
	await n8n.api.publishWorkflow(workflow); // publishing polls once
	await pause(1_000);
	await standIn.clearLog();
	const deadline = Date.now() + 30_000;
	while ((await standIn.getRequests()).length === 0 && Date.now() < deadline) await pause(100);
	await pause(1_000);
	const requests = await standIn.getRequests();
	await n8n.api.unpublishWorkflow(workflow);
	return [
		{
			name: `requests of a poll with nothing new among ${orders} orders`,
			expected: ['GET /sales_orders'],
			actual: requests,
		},
	];
}

/** Getting orders by id in one node takes one request per order. */
export async function checkGetRequests({ standIn, n8n, credential, print }: Bench, count: number): Promise<Check[]> {
	print(`Counting the requests for ${count} Gets.`);
	await standIn.setOrders(Math.max(count + 1, perPage));
	const [nodes = []] = Object.values(getByIdContestants(standIn.url));
	const workflow = await n8n.api.createWorkflow(buildManualWorkflow(credential, nodes, makeOrderIds(count)));
	await n8n.run(workflow);
	await standIn.clearLog();
	const { nodes: nodeReports } = await n8n.run(workflow);
	const expected = countRequests(repeat(count, 'GET /sales_orders/1'));
	return [
		{ name: `requests for ${count} Gets in one node`, expected, actual: countRequests(await standIn.getRequests()) },
		{ name: `records of ${count} Gets`, expected: count, actual: nodeReports.at(-1)?.records },
	];
}

/** Every delivery is accepted; repeated deliveries start no second execution of this package's trigger. */
export function checkWebhookExecutions(roundsByContestant: Record<string, WebhookRound[]>, count: number): Check[] {
	// Every tenth delivery is a repetition, except in the first ten.
	const unique = count - Math.max(0, Math.floor(count / 10) - 1);
	return Object.entries(roundsByContestant).flatMap(([name, all]) => [
		{
			name: `${name}: of ${count} deliveries accepted`,
			expected: all.map(() => count),
			actual: all.map((each) => each.accepted),
		},
		{
			name: `${name}: executions for ${count} deliveries, ${count - unique} of them repeated`,
			expected: all.map(() => (name === 'Webhook' ? count : unique)),
			actual: all.map((each) => each.executions),
		},
	]);
}

const root = fileURLToPath(new URL('..', import.meta.url));

/** Returns the size of the tarball that npm would publish from the current build, in bytes. */
export function measureTarball(): number {
	const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--loglevel=error'], {
		cwd: root,
		encoding: 'utf8',
	});
	const [{ size }]: [{ size: number }] = JSON.parse(packed);
	return size;
}

export function checkTarball(size: number): Check[] {
	const manifest: { dependencies?: object } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));
	return [
		{ name: 'tarball of at most 140,000 bytes', expected: true, actual: size <= 140_000 || size },
		{ name: 'dependencies', expected: undefined, actual: manifest.dependencies },
	];
}
