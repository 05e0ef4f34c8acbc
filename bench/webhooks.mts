import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Bench } from './bench.mts';
import { measureInTurns } from './samples.mts';
import { getWebhookContestants, buildTriggeredWorkflow } from './workflows.mts';

/** Number of concurrent deliveries. */
const concurrency = 10;

/** The result of one round of deliveries. Every tenth one repeats an earlier one. */
export interface WebhookRound {
	/** Number of deliveries with a 2xx response. */
	accepted: number;
	perSecond: number;
	/** Milliseconds until each response. */
	responseTimes: number[];
	/** Number of executions that were started. */
	executions: number;
}

let lastInvoiceId = 0;

/** Returns bodies of about 2 kB. Every tenth repeats the one nineteen before it, which has a response by then. */
export function makeBodies(count: number): string[] {
	const bodies: string[] = [];
	for (let index = 0; index < count; index++) {
		const line = { product_name: 'Agrafina', color: 'Black', unit_price: '63.0', quantity: index };
		const invoice = {
			id: (lastInvoiceId += 1),
			status: 'open',
			grand_total: '1624.8',
			line_items: Array(24).fill(line),
		};
		const repeated = index % 10 === 9 ? bodies[index - 19] : undefined;
		bodies.push(repeated ?? JSON.stringify({ event: 'invoice_update', invoice }));
	}
	return bodies;
}

/** Measures how each contestant handles webhook deliveries. */
export async function measureWebhooks(
	{ n8n, credential, print }: Bench,
	count: number,
	rounds: number,
): Promise<Record<string, WebhookRound[]>> {
	print(`Delivering ${count} webhooks, ${rounds} rounds after a warm-up round.`);
	const contestants: Record<string, () => Promise<WebhookRound>> = {};
	for (const name of Object.keys(getWebhookContestants(''))) {
		const webhookId = randomUUID();
		const trigger = getWebhookContestants(webhookId)[name];
		if (!trigger) continue;
		const workflow = await n8n.api.createWorkflow(buildTriggeredWorkflow(credential, trigger));
		await n8n.api.publishWorkflow(workflow);
		const url = `${n8n.server.url}/webhook/${webhookId}${name === 'Webhook' ? '' : '/webhook'}`;
		contestants[name] = async () => {
			const before = n8n.getReports(workflow).length;
			const bodies = makeBodies(count);
			const round = await deliverAll(url, bodies);
			const started = name === 'Webhook' ? bodies.length : new Set(bodies).size;
			await waitForExecutions(() => n8n.getReports(workflow).length - before, started);
			return { ...round, executions: n8n.getReports(workflow).length - before };
		};
	}
	return await measureInTurns(contestants, rounds);
}

async function deliverAll(url: string, bodies: string[]): Promise<Omit<WebhookRound, 'executions'>> {
	const queue = [...bodies];
	const responseTimes: number[] = [];
	let accepted = 0;
	const startedAt = performance.now();
	const deliver = async () => {
		for (let body = queue.shift(); body !== undefined; body = queue.shift()) {
			const sentAt = performance.now();
			const headers = { 'content-type': 'application/json' };
			const response = await fetch(url, { method: 'POST', headers, body });
			await response.text();
			responseTimes.push(performance.now() - sentAt);
			if (response.ok) accepted += 1;
		}
	};
	await Promise.all(Array.from({ length: concurrency }, deliver));
	return { accepted, perSecond: (accepted / (performance.now() - startedAt)) * 1000, responseTimes };
}

/** Waits until the expected executions have ended, at most a minute, and then 200 ms for unexpected ones. */
async function waitForExecutions(countEnded: () => number, expected: number): Promise<void> {
	const deadline = Date.now() + 60_000;
	while (countEnded() < expected && Date.now() < deadline) await pause(50);
	await pause(200);
}
