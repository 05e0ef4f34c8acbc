import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { advanceClock } from '../clock.mts';
import { documentedLine } from '../orders/documentedLine.mts';
import { Poller, paths } from '../polling/pollContext.mts';
import type { Watched } from '../polling/pollContext.mts';
import { Webhook } from '../webhook/webhookContext.mts';
import { useWorld } from '../world.mts';

/**
 * An hour in fast motion, in one process: nine triggers poll every minute, Uphance calls a webhook every second and some
 * events twice, a workflow reads and creates orders every minute, and the session ends every ten minutes. Shown is that
 * nothing is lost, nothing comes twice, and nothing piles up in memory.
 */
const minutes = 60;
const eventsPerMinute = 60;
const world = useWorld({ uphance: { orders: 250 }, form: { expires_in: 600 }, starts: 'inTest' });
const megabytes = (bytes: number): number => Math.round(bytes / 104_857.6) / 10;

setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Megabytes of the heap that are still needed. */
function heap(): number {
	for (let round = 0; round < 3; round++) collectGarbage();
	return megabytes(process.memoryUsage().heapUsed);
}

const webhooks: Webhook[] = [];
afterAll(async () => {
	for (const webhook of webhooks) await webhook.close();
});

const order = (minute: number): INodeParameters => ({
	resource: 'order',
	operation: 'create',
	customerId: { __rl: true, mode: 'id', value: '55140' },
	...documentedLine(1),
	additionalFields: { purchaseOrderRef: `SOAK-${minute}` },
	options: { returnExisting: true },
});

test('an hour of polls, webhooks and runs loses nothing, repeats nothing, and keeps its memory', async () => {
	await world.start();
	world.uphance.fault({ path: '/nothing', kind: 'status' }); // else the world keeps all answers, to look at them in the end
	const lists = Object.keys(paths) as Watched[];
	const pollers = lists.map((triggerOn, index) => ({
		triggerOn,
		poller: new Poller(world, { triggerOn, watchFor: index % 2 === 0 ? 'created' : 'createdOrUpdated' }),
	}));
	for (const { poller } of pollers) await poller.activate();
	const webhook = await Webhook.start({ parameters: { events: ['*'] } });
	const verifying = await Webhook.start({
		parameters: { events: ['*'], fetchRecord: true },
		credential: world.credential,
	});
	webhooks.push(webhook, verifying);

	const figures: Array<{ minute: number; heap: number }> = [];
	let events = 0;
	for (let minute = 0; minute <= minutes; minute++) {
		if (minute % 10 === 0) figures.push({ minute, heap: heap() });
		advanceClock(minute * 60_000);

		for (const { triggerOn, poller } of pollers) {
			const added = world.uphance.addRecords(paths[triggerOn], 1);
			expect({ minute, triggerOn, ids: await poller.ids() }).toEqual({ minute, triggerOn, ids: added });
		}
		for (let second = 0; second < eventsPerMinute; second++) {
			events += 1;
			const event = eventOf(events);
			for (let copy = second % 5 === 0 ? 2 : 1; copy > 0; copy--) {
				expect((await webhook.send(event)).status).toBe(200);
			}
		}
		expect(webhook.items().map(({ id }) => Number(id))).toEqual(idsUpTo(events));
		const [shown = 0] = world.uphance.addRecords('/pick_tickets', 1);
		for (const { triggerOn, poller } of pollers) {
			if (triggerOn === 'pickTicket') expect(await poller.ids()).toEqual([shown]);
		}
		expect((await verifying.send({ event: 'pick_ticket_update', pick_ticket: { id: shown } })).status).toBe(200);
		expect(verifying.items().map(({ id }) => id)).toEqual([shown]);

		const { records } = await world.run({ parameters: { limit: 50 } });
		expect(records).toHaveLength(50);
		for (const times of [1, 2]) {
			const [created] = (await world.run({ parameters: order(minute) })).records;
			expect({ times, ...created }).toMatchObject({ alreadyExisted: times === 2 });
		}
		await Promise.all(
			pollers.filter(({ triggerOn }) => triggerOn === 'order').map(async ({ poller }) => await poller.poll()),
		);
		forget(webhook, verifying);
	}

	console.info(`Heap in MB: ${figures.map(({ minute, heap: size }) => `minute ${minute}: ${size}`).join(', ')}`);
	expect(world.uphance.created()).toHaveLength(minutes + 1);
	expect(world.uphance.signIns()).toBeLessThanOrEqual(1 + 7);
	const [, early = 0] = figures.map(({ heap: size }) => size);
	expect((figures.at(-1)?.heap ?? Infinity) - early).toBeLessThan(10);
}, 300_000);

const eventOf = (id: number): IDataObject => ({
	event: 'invoice_update',
	invoice: { id, total: `${id}.00`, updated_at: '2026-01-01T00:00:00Z', lines: Array.from({ length: 20 }, () => 'x') },
});

const idsUpTo = (last: number): number[] =>
	Array.from({ length: eventsPerMinute }, (_, index) => last - eventsPerMinute + 1 + index);

/** What the stand-in and the tests' own n8n have noted. */
function forget(...noted: Webhook[]): void {
	world.uphance.clearLog();
	for (const { runs, logs, answers } of noted) {
		runs.length = 0;
		logs.length = 0;
		answers.length = 0;
	}
}
