import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Bench } from './bench.mts';
import { alternating } from './samples.mts';
import { onWebhook, startedBy } from './workflows.mts';

/** Deliveries on the way at the same time. */
const atOnce = 10;

/** One volley of deliveries, of which every tenth is one that came before. */
export interface Volley {
	/** Answered with 2xx. */
	accepted: number;
	perSecond: number;
	/** Milliseconds until each answer. */
	answers: number[];
	/** Executions that came of it. */
	started: number;
}

let serial = 0;

/** Bodies like Uphance's, of about 2 kB; every tenth repeats the one nineteen before it, which was answered by then. */
export function deliveries(count: number): string[] {
	const bodies: string[] = [];
	for (let index = 0; index < count; index++) {
		const line = { product_name: 'Agrafina', color: 'Black', unit_price: '63.0', quantity: index };
		const invoice = { id: (serial += 1), status: 'open', grand_total: '1624.8', line_items: Array(24).fill(line) };
		const repeated = index % 10 === 9 ? bodies[index - 19] : undefined;
		bodies.push(repeated ?? JSON.stringify({ event: 'invoice_update', invoice }));
	}
	return bodies;
}

/** Delivers so many events to each contestant in turn. */
export async function acceptWebhooks(
	{ n8n, credential, say }: Bench,
	count: number,
	rounds: number,
): Promise<Record<string, Volley[]>> {
	say(`Delivering ${count} webhooks, ${rounds} rounds after one that warms up.`);
	const contestants: Record<string, () => Promise<Volley>> = {};
	for (const name of Object.keys(onWebhook(''))) {
		const webhookId = randomUUID();
		const trigger = onWebhook(webhookId)[name];
		if (!trigger) continue;
		const workflow = await n8n.api.createWorkflow(startedBy(credential, trigger));
		await n8n.api.publishWorkflow(workflow);
		const url = `${n8n.server.url}/webhook/${webhookId}${name === 'Webhook' ? '' : '/webhook'}`;
		contestants[name] = async () => {
			const before = n8n.reportsOf(workflow).length;
			const bodies = deliveries(count);
			const volley = await fire(url, bodies);
			const started = name === 'Webhook' ? bodies.length : new Set(bodies).size;
			await settled(() => n8n.reportsOf(workflow).length - before, started);
			return { ...volley, started: n8n.reportsOf(workflow).length - before };
		};
	}
	return await alternating(contestants, rounds);
}

async function fire(url: string, bodies: string[]): Promise<Omit<Volley, 'started'>> {
	const left = [...bodies];
	const answers: number[] = [];
	let accepted = 0;
	const started = performance.now();
	const deliver = async () => {
		for (let body = left.shift(); body !== undefined; body = left.shift()) {
			const sent = performance.now();
			const headers = { 'content-type': 'application/json' };
			const answer = await fetch(url, { method: 'POST', headers, body });
			await answer.text();
			answers.push(performance.now() - sent);
			if (answer.ok) accepted += 1;
		}
	};
	await Promise.all(Array.from({ length: atOnce }, deliver));
	return { accepted, perSecond: (accepted / (performance.now() - started)) * 1000, answers };
}

/** Until all executions have ended, and a moment longer, in which none more may; a minute at most. */
async function settled(ended: () => number, expected: number): Promise<void> {
	const deadline = Date.now() + 60_000;
	while (ended() < expected && Date.now() < deadline) await pause(50);
	await pause(200);
}
