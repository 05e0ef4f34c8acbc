import { afterEach, describe, expect, test } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import { advanceClock } from '../clock.mts';
import { until } from '../until.mts';
import { useWorld } from '../world.mts';
import { Webhook } from './webhookContext.mts';

const world = useWorld({ uphance: { orders: 30, webhookRetry: [5, 5, 5] } });
let webhook: Webhook;

afterEach(async () => {
	await webhook.close();
	expect(webhook.crashes).toEqual([]);
});

async function start(options: INodeParameters = {}, more: INodeParameters = {}): Promise<void> {
	webhook = await Webhook.start({ parameters: { options, ...more }, credential: world.credential });
	world.uphance.addWebhook({ url: webhook.url });
}

const added = (path = '/pick_tickets'): number => {
	const [id = 0] = world.uphance.addRecords(path, 1);
	return id;
};
const ticket = (id: number, status: unknown, more: object = {}) => ({
	event: 'pick_ticket_update',
	pick_ticket: { id, status, ...more },
});
const statuses = (answers: Array<{ status: number }>) => answers.map(({ status }) => status);

/** Sends it and hangs up as soon as the execution was started, before the answer. */
async function hangUp(body: unknown): Promise<void> {
	const impatience = new AbortController();
	let reached = false;
	let go = () => {};
	const gone = new Promise<void>((resolve) => (go = resolve));
	webhook.beforeAnswer = async () => {
		reached = true;
		await gone;
	};
	const before = webhook.ended;
	const call = webhook.send(body, { signal: impatience.signal }).catch(() => undefined);
	await until(() => reached);
	impatience.abort();
	await call;
	await new Promise((resolve) => setTimeout(resolve, 50)); // the server hears of it
	go();
	await until(() => webhook.ended > before);
	webhook.beforeAnswer = undefined;
}

describe('An event delivered again', () => {
	test('starts nothing the second time and is answered 200', async () => {
		await start();
		world.uphance.duplicateNext();
		const sent = await world.uphance.deliver('pick_ticket_update', added());
		expect(sent.map((each) => each.statuses)).toEqual([[200], [200]]);
		expect(webhook.runs).toHaveLength(1);
	});

	test('starts nothing either when it comes a third time, after others', async () => {
		await start({ ignoreDuplicates: true });
		for (const id of [1, 2, 1, 3, 2, 1]) expect((await webhook.send(ticket(id, 'draft'))).status).toBe(200);
		expect(webhook.items().map(({ id }) => id)).toEqual([1, 2, 3]);
	});

	test('is every time the same for events of every kind', async () => {
		await start();
		const bodies = [
			{ event: 'invoice_delete', invoice: { id: 1 } },
			{ event: 'pick_ticket_delete', pick_ticket: { id: 1 } },
			{ event: 'receiving_ticket_delete', delivery: { id: 1 } },
		];
		for (const body of [...bodies, ...bodies]) await webhook.send(body);
		expect(webhook.runs).toHaveLength(3);
	});

	test('starts the workflow each time with Ignore Duplicates off', async () => {
		await start({ ignoreDuplicates: false });
		world.uphance.duplicateNext();
		await world.uphance.deliver('pick_ticket_update', added());
		expect(webhook.runs).toHaveLength(2);
	});

	test('is an event of another trigger, too', async () => {
		await start();
		const other = await Webhook.start();
		try {
			await webhook.send(ticket(1, 'draft'));
			await other.send(ticket(1, 'draft'));
			expect([webhook.runs.length, other.runs.length]).toEqual([1, 1]);
		} finally {
			await other.close();
		}
	});

	test('many times at once starts the workflow once, and is not lost', async () => {
		await start();
		webhook.beforeAnswer = async () => await new Promise((resolve) => setTimeout(resolve, 30));
		const answers = await Promise.all(Array.from({ length: 20 }, async () => await webhook.send(ticket(1, 'draft'))));
		expect(webhook.runs).toHaveLength(1);
		expect(statuses(answers).some((status) => status === 200)).toBe(true);
		expect((await webhook.send(ticket(1, 'draft'))).status).toBe(200);
		expect(webhook.runs).toHaveLength(1);
	});
});

describe('Events of one record', () => {
	const at = '2026-01-01T00:00:00.000Z';
	const later = '2026-01-01T00:00:07.000Z';
	const stocks = () => webhook.items().map(({ record }) => Object(record).notes);

	test.each([
		['the same updated_at', { updated_at: at }],
		['no updated_at', { updated_at: undefined }],
		['an empty updated_at', { updated_at: null }],
	])('start the workflow each time the record changes back and forth, with %s', async (_name, record) => {
		await start();
		const id = added('/products');
		for (const notes of ['5', '0', '5', '0']) {
			const [delivery] = await world.uphance.deliver('product_update', id, { record: { ...record, notes } });
			expect(delivery?.statuses).toEqual([200]);
		}
		expect(stocks()).toEqual(['5', '0', '5', '0']);
	});

	test('start it once each when the answer to an older one got lost', async () => {
		await start();
		const id = added('/products');
		world.uphance.loseAnswers();
		const first = world.uphance.deliver('product_update', id, { record: { notes: '5', updated_at: at } });
		await until(() => webhook.runs.length === 1);
		await world.uphance.deliver('product_update', id, { record: { notes: '0', updated_at: later } });
		expect((await first).map(({ statuses }) => statuses)).toEqual([[null, 200]]);
		expect(stocks()).toEqual(['5', '0']);
	});

	test('start it once each when an older one is overtaken and both come again', async () => {
		await start();
		const [old, young] = [ticket(1, 'draft', { updated_at: at }), ticket(1, 'shipped', { updated_at: later })];
		for (const body of [young, old, young, old, young]) expect((await webhook.send(body)).status).toBe(200);
		expect(webhook.items()).toMatchObject([{ record: { status: 'shipped' } }, { record: { status: 'draft' } }]);
	});

	test('start it once each when a copy came too early and another update before it came again', async () => {
		await start();
		let go = () => {};
		const held = new Promise<void>((resolve) => (go = resolve));
		webhook.beforeAnswer = async () => await held;
		const first = webhook.send(ticket(1, 'draft'));
		await until(() => webhook.runs.length === 1);
		expect((await webhook.send(ticket(1, 'draft'))).status).toBe(503);
		go();
		expect((await first).status).toBe(200);
		for (const status of ['shipped', 'draft']) expect((await webhook.send(ticket(1, status))).status).toBe(200);
		expect(webhook.runs).toHaveLength(2);
	});

	test('are forgotten after 48 hours', async () => {
		await start();
		await webhook.send(ticket(1, 'draft'));
		advanceClock(47 * 3_600_000);
		await webhook.send(ticket(1, 'draft'));
		expect(webhook.runs).toHaveLength(1);
		advanceClock(49 * 3_600_000);
		await webhook.send(ticket(1, 'draft'));
		expect(webhook.runs).toHaveLength(2);
	});
});

describe('Two different updates of one record', () => {
	test('both start the workflow', async () => {
		await start();
		const id = added();
		world.uphance.changeRecord('/pick_tickets', id, { notes: 'one' });
		await world.uphance.deliver('pick_ticket_update', id);
		world.uphance.changeRecord('/pick_tickets', id, { notes: 'two' });
		await world.uphance.deliver('pick_ticket_update', id);
		expect(webhook.items()).toMatchObject([{ record: { notes: 'one' } }, { record: { notes: 'two' } }]);
	});

	test('both do without updated_at, with the same, and deep within', async () => {
		await start();
		const at = { updated_at: '2026-01-01T00:00:00.000Z' };
		const bodies = [
			ticket(1, 'draft'),
			ticket(1, 'shipped'),
			ticket(1, 'draft', at),
			ticket(1, 'shipped', at),
			ticket(1, 'shipped', { ...at, line_items: [{ id: 1, quantity: 1 }] }),
			ticket(1, 'shipped', { ...at, line_items: [{ id: 1, quantity: 2 }] }),
		];
		for (const body of bodies) await webhook.send(body);
		expect(webhook.runs).toHaveLength(bodies.length);
	});

	test('both do at once', async () => {
		await start();
		await Promise.all([webhook.send(ticket(1, 'draft')), webhook.send(ticket(1, 'shipped'))]);
		expect(webhook.runs).toHaveLength(2);
	});

	test('both do although verifying shows the same record', async () => {
		await start({}, { fetchRecord: true });
		const id = added();
		await webhook.send(ticket(id, 'draft'));
		await webhook.send(ticket(id, 'shipped'));
		expect(webhook.runs).toHaveLength(2);
	});

	test('and events of different names do', async () => {
		await start();
		await webhook.send({ event: 'pick_ticket_create', pick_ticket: { id: 1 } });
		await webhook.send({ event: 'pick_ticket_update', pick_ticket: { id: 1 } });
		expect(webhook.runs).toHaveLength(2);
	});
});

describe('An update that has only an ID', () => {
	const idOnly = (id: number, action = 'update') => ({ event: `pick_ticket_${action}`, pick_ticket_id: id });
	const deliver = async (id: number) => statuses([await webhook.send(idOnly(id))])[0];
	const change = (id: number, notes: string) => world.uphance.changeRecord('/pick_tickets', id, { notes });
	const notesOf = () => webhook.items().map(({ record }) => Object(record).notes);
	const minutes = 60_000;

	test('starts the workflow each time: nothing tells a change from a copy', async () => {
		await start();
		for (const each of [1, 1, 2, 1]) expect(await deliver(each)).toBe(200);
		expect(webhook.items().map(({ id }) => id)).toEqual([1, 1, 2, 1]);
	});

	test.each(['create', 'delete'])('unlike a %s, of which a record has only one', async (action) => {
		await start();
		for (let time = 0; time < 2; time++) await webhook.send(idOnly(1, action));
		expect(webhook.runs).toHaveLength(1);
	});

	test('starts it for each change, and not for a copy, if the record is fetched', async () => {
		await start({}, { fetchRecord: true });
		const id = added();
		change(id, 'one');
		expect(await deliver(id)).toBe(200);
		change(id, 'two');
		expect(await deliver(id)).toBe(200);
		change(id, 'one');
		expect(await deliver(id)).toBe(200);
		expect(notesOf()).toEqual(['one', 'two', 'one']);
		expect(await deliver(id)).toBe(503); // Uphance may not show the change yet
		advanceClock(6 * minutes);
		expect(await deliver(id)).toBe(200);
		expect(notesOf()).toEqual(['one', 'two', 'one']);
	});

	test('starts it when Uphance shows the change late', async () => {
		await world.start({ switches: { visibleAfter: minutes } });
		await start({}, { fetchRecord: true });
		const id = added();
		for (const [turn, notes] of ['one', 'two', 'three'].entries()) {
			advanceClock(20 * minutes * turn + 2 * minutes);
			if (turn > 0) change(id, notes);
			expect(await deliver(id)).toBe(turn > 0 ? 503 : 200);
			advanceClock(20 * minutes * turn + 4 * minutes);
			if (turn > 0) expect(await deliver(id)).toBe(200);
		}
		expect(notesOf().slice(1)).toEqual(['two', 'three']);
	});

	test('starts it each time with Ignore Duplicates off, and in a test', async () => {
		await start({ ignoreDuplicates: false }, { fetchRecord: true });
		const id = added();
		for (let time = 0; time < 2; time++) expect(await deliver(id)).toBe(200);
		webhook.setting.mode = 'manual';
		expect(await deliver(id)).toBe(200);
		expect(webhook.runs).toHaveLength(3);
	});
});

describe('A delivery that failed', () => {
	test('because n8n could not start the execution is accepted again', async () => {
		await start();
		webhook.startsNothing = true;
		expect((await webhook.send(ticket(1, 'draft'))).status).toBe(500);
		webhook.startsNothing = false;
		expect((await webhook.send(ticket(1, 'draft'))).status).toBe(200);
		expect(webhook.runs).toHaveLength(1);
	});

	test('because the caller hung up before the answer is accepted again, then no more', async () => {
		await start();
		await hangUp(ticket(1, 'draft'));
		expect((await webhook.send(ticket(1, 'draft'))).status).toBe(200);
		expect(webhook.runs).toHaveLength(2);
		expect((await webhook.send(ticket(1, 'draft'))).status).toBe(200);
		expect(webhook.runs).toHaveLength(2);
	});

	test('because the caller hung up while it was verified is accepted again', async () => {
		await start({}, { fetchRecord: true });
		await webhook.send(ticket(added(), 'draft'));
		const id = added();
		world.uphance.fault({ path: `/pick_tickets/${id}`, kind: 'slow', milliseconds: 150 });
		const { ended } = webhook;
		await webhook.send(ticket(id, 'draft'), { signal: AbortSignal.timeout(50) }).catch(() => undefined);
		await until(() => webhook.ended > ended);
		const before = webhook.runs.length;
		expect((await webhook.send(ticket(id, 'draft'))).status).toBe(200);
		expect(webhook.runs.length - before).toBe(1);
	});

	test('releases its status, too', async () => {
		await start({ status: 'shipped' });
		await hangUp(ticket(1, 'shipped'));
		expect((await webhook.send(ticket(1, 'shipped'))).status).toBe(200);
		expect(webhook.runs).toHaveLength(2);
		webhook.startsNothing = true;
		expect((await webhook.send(ticket(2, 'shipped'))).status).toBe(500);
		webhook.startsNothing = false;
		await webhook.send(ticket(2, 'shipped', { another: 'update' }));
		expect(webhook.runs).toHaveLength(3);
	});

	test('while another update of the same status came is not lost', async () => {
		await start({ status: 'shipped' });
		let go = () => {};
		const held = new Promise<void>((resolve) => (go = resolve));
		webhook.startsNothing = true;
		webhook.beforeAnswer = async () => await held;
		const first = webhook.send(ticket(1, 'shipped'));
		await new Promise((resolve) => setTimeout(resolve, 50));
		const second = webhook.send(ticket(1, 'shipped', { another: 'update' }));
		await new Promise((resolve) => setTimeout(resolve, 50));
		go();
		const answers = [await first, await second];
		webhook.startsNothing = false;
		const again = [ticket(1, 'shipped'), ticket(1, 'shipped', { another: 'update' })];
		for (const [at, { status }] of answers.entries()) if (status >= 300) await webhook.send(again[at]);
		expect(webhook.runs).toHaveLength(1);
	});

	test('at once with its repeat is not answered 2xx twice with nothing started', async () => {
		await start();
		let go = () => {};
		const held = new Promise<void>((resolve) => (go = resolve));
		webhook.startsNothing = true;
		webhook.beforeAnswer = async () => await held;
		const first = webhook.send(ticket(1, 'draft'));
		await new Promise((resolve) => setTimeout(resolve, 50));
		const second = webhook.send(ticket(1, 'draft'));
		await new Promise((resolve) => setTimeout(resolve, 50));
		go();
		expect(statuses([await first, await second]).filter((status) => status < 300)).toEqual([]);
	});
});

describe('A test in the editor', () => {
	test('remembers nothing: production still gets the event, and each test shows it', async () => {
		await start();
		webhook.setting.mode = 'manual';
		for (let time = 0; time < 3; time += 1) await webhook.send(ticket(1, 'draft'));
		expect(webhook.runs).toHaveLength(3);
		webhook.setting.mode = 'webhook';
		await webhook.send(ticket(1, 'draft'));
		expect(webhook.runs).toHaveLength(4);
		webhook.setting.mode = 'manual';
		await webhook.send(ticket(1, 'draft'));
		expect(webhook.runs).toHaveLength(5);
	});

	test('with a status remembers nothing either, whatever production has seen', async () => {
		await start({ status: 'shipped' });
		webhook.setting.mode = 'manual';
		for (let time = 0; time < 2; time += 1) await webhook.send(ticket(1, 'shipped'));
		expect(webhook.runs).toHaveLength(2);
		webhook.setting.mode = 'webhook';
		await webhook.send(ticket(1, 'shipped'));
		expect(webhook.runs).toHaveLength(3);
		webhook.setting.mode = 'manual';
		await webhook.send(ticket(1, 'shipped'));
		expect(webhook.runs).toHaveLength(4);
	});
});

describe('Only When Status Is', () => {
	test('starts once for each record and status', async () => {
		await start({ status: 'shipped' });
		const id = added();
		for (const values of [
			{ status: 'published' },
			{ status: 'shipped' },
			{ notes: 'invoice number' },
			{ tracking_number: 'T1' },
			{ status: 'published' },
			{ status: 'shipped' },
		]) {
			world.uphance.changeRecord('/pick_tickets', id, values);
			const [delivery] = await world.uphance.deliver('pick_ticket_update', id);
			expect(delivery?.statuses).toEqual([200]);
		}
		await webhook.send(ticket(id + 1, 'shipped'));
		expect(webhook.items()).toMatchObject([{ id, record: { status: 'shipped' } }, { id: id + 1 }]);
		expect(webhook.logged()).toEqual([]);
	});

	test('takes several, in any case and with blanks', async () => {
		await start({ status: ' Shipped ,CHECKED in,, ' });
		const sent = ['shipped', 'Checked In', 'draft', ' SHIPPED ', 'checked', '', null, 7, undefined, 'ship'];
		for (const [at, status] of sent.entries()) {
			expect((await webhook.send(ticket(at + 1, status))).status).toBe(200);
		}
		expect(webhook.items().map(({ id }) => id)).toEqual([1, 2, 4]);
	});

	test('counts a status in another case as the same', async () => {
		await start({ status: 'shipped' });
		for (const status of ['shipped', 'Shipped', 'SHIPPED']) await webhook.send(ticket(1, status));
		expect(webhook.runs).toHaveLength(1);
	});

	test('starts once for each of several statuses of a record', async () => {
		await start({ status: 'published, shipped' });
		for (const status of ['draft', 'published', 'shipped', 'published']) {
			await webhook.send(ticket(1, status, { turn: Math.random() }));
		}
		expect(webhook.items()).toMatchObject([{ record: { status: 'published' } }, { record: { status: 'shipped' } }]);
	});

	test('starts once, too, when the record is updated days later', async () => {
		await start({ status: 'shipped' });
		await webhook.send(ticket(1, 'shipped'));
		advanceClock(96 * 3_600_000);
		await webhook.send(ticket(1, 'shipped', { notes: 'invoiced' }));
		expect(webhook.runs).toHaveLength(1);
	});

	test('keeps records of different kinds apart', async () => {
		await start({ status: 'shipped' });
		await webhook.send({ event: 'pick_ticket_update', pick_ticket: { id: 1, status: 'shipped' } });
		await webhook.send({ event: 'invoice_update', invoice: { id: 1, status: 'shipped' } });
		expect(webhook.runs).toHaveLength(2);
	});

	test('starts once, too, when updates come at once', async () => {
		await start({ status: 'shipped' });
		const updates = Array.from({ length: 10 }, (_, turn) => ticket(1, 'shipped', { turn }));
		await Promise.all(updates.map(async (update) => await webhook.send(update)));
		expect(webhook.runs).toHaveLength(1);
	});

	test('starts once, too, with Ignore Duplicates off', async () => {
		await start({ status: 'shipped', ignoreDuplicates: false });
		for (const turn of [1, 1, 2]) expect((await webhook.send(ticket(1, 'shipped', { turn }))).status).toBe(200);
		expect(webhook.runs).toHaveLength(1);
	});

	test('looks at the record that Uphance has when it is verified', async () => {
		await start({ status: 'shipped' }, { fetchRecord: true });
		const id = added();
		world.uphance.changeRecord('/pick_tickets', id, { status: 'published' });
		await webhook.send(ticket(id, 'shipped'));
		expect(webhook.runs).toEqual([]);
		world.uphance.changeRecord('/pick_tickets', id, { status: 'shipped' });
		await webhook.send(ticket(id, 'published'));
		expect(webhook.runs).toHaveLength(1);
	});

	test('that is blank asks for none', async () => {
		await start({ status: ' , ' });
		await webhook.send(ticket(1, 'draft'));
		expect(webhook.runs).toHaveLength(1);
	});
});
