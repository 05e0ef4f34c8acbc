import { afterEach, describe, expect, test } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import type { Options } from '../../sandbox/uphance/uphance.mts';
import { group } from '../../sandbox/uphance/uphance.mts';
import { knownEvents, splitEvent } from '../../sandbox/uphance/webhookBody.mts';
import { advanceClock } from '../clock.mts';
import { limits } from '../limits.mts';
import { sampled } from '../propertyRuns.mts';
import { until } from '../until.mts';
import type { World } from '../world.mts';
import { groupForm, useWorld } from '../world.mts';
import { Webhook } from './webhookContext.mts';

const world = useWorld({
	uphance: { orders: 30, webhookRetry: [] },
	limits: { deadlineMs: 1_500, requestTimeoutMs: 1_200, initialDelayMs: 5 },
	starts: 'inTest',
});
let webhook: Webhook;

async function start(parameters: INodeParameters = {}, options: Options = {}): Promise<void> {
	await world.start(options);
	await hook(parameters);
}

/** A trigger that verifies, with this world's credential. */
async function hook(parameters: INodeParameters = {}): Promise<void> {
	webhook = await Webhook.start({
		parameters: { fetchRecord: true, ...parameters },
		credential: world.credential,
	});
}

afterEach(async () => {
	const whole = JSON.stringify([webhook.logs, webhook.answers, webhook.runs]);
	await webhook.close();
	expect(webhook.crashes).toEqual([]);
	for (const secret of [String(world.credential.data.password), ...world.uphance.secrets()]) {
		expect(whole).not.toContain(secret);
	}
});

const paths: Record<string, string> = {
	invoice: '/invoices',
	pick_ticket: '/pick_tickets',
	product: '/products',
	receiving_ticket: '/receiving_tickets',
	credit_note: '/credit_notes',
};

const withRecord = knownEvents.filter((event) => !event.endsWith('_delete'));

const added = (path: string, organisation?: number): number => {
	const [id = 0] = world.uphance.addRecords(path, 1, organisation);
	return id;
};
const forged = (id: unknown) => ({
	event: 'pick_ticket_update',
	pick_ticket: { id, status: 'forged', tracking_number: 'forged', evil: 'forged' },
});
/** How often records were asked for. */
const asks = (path = '/pick_tickets') => world.asked(path).filter((each) => each.startsWith('GET'));

describe('A verified event', () => {
	test.each(sampled(withRecord, 6))(
		'%s emits the record as Uphance has it now, whatever the body says',
		async (event) => {
			await start({ events: [event] });
			const { resource, action } = splitEvent(event);
			const path = paths[resource] ?? '';
			const id = added(path);
			const answer = await webhook.send({
				event,
				[resource]: { id, status: 'forged', evil: 'forged' },
				more: 'forged',
			});
			expect(answer.status).toBe(200);
			const [item] = webhook.items();
			expect(item).toMatchObject({ event, resource, action, id, record: { id } });
			expect(JSON.stringify(item)).not.toContain('forged');
			expect(Object.keys(Object(item?.record)).length).toBeGreaterThan(5);
		},
	);

	test.each(knownEvents.filter((event) => event.endsWith('_delete')))(
		'%s emits the id alone, once Uphance has no such record',
		async (event) => {
			await start();
			world.uphance.addWebhook({ url: webhook.url });
			const { resource, action } = splitEvent(event);
			await world.uphance.deliver(event, 4711, { record: { evil: 'forged' } });
			expect(webhook.items()).toEqual([{ event, resource, action, id: 4711, record: { id: 4711 } }]);
			expect(asks(paths[resource])).not.toEqual([]);
		},
	);

	test('of a pick ticket that is deleted in Uphance starts the workflow', async () => {
		await start();
		world.uphance.addWebhook({ url: webhook.url });
		const id = added('/pick_tickets');
		world.uphance.deletePickTicket(id);
		await world.uphance.delivered();
		expect(webhook.items()).toMatchObject([{ event: 'pick_ticket_delete', id, record: { id } }]);
	});

	test.each(sampled(withRecord, 6, 1))('%s that has only an ID emits the record', async (event) => {
		await start({ events: [event] }, { switches: { webhookBody: 'id' } });
		world.uphance.addWebhook({ url: webhook.url });
		const { resource, action } = splitEvent(event);
		const id = added(paths[resource] ?? '');
		await world.uphance.deliver(event, id);
		const [item] = webhook.items();
		expect(item).toMatchObject({ event, resource, action, id, record: { id } });
		expect(Object.keys(Object(item?.record)).length).toBeGreaterThan(5);
	});

	test('has the record of now, not that of when it was sent', async () => {
		await start();
		const id = added('/pick_tickets');
		world.uphance.changeRecord('/pick_tickets', id, { status: 'shipped', tracking_number: 'NOW' });
		await webhook.send(forged(id));
		expect(webhook.items()).toMatchObject([{ record: { status: 'shipped', tracking_number: 'NOW' } }]);
	});

	test('has an id of the record even if the body writes it in another way', async () => {
		await start();
		const id = added('/pick_tickets');
		const odd = [String(id), ` ${id} `, `0x${id.toString(16)}`, `${id}.0`, `${id}e0`];
		for (const each of odd) expect((await webhook.send(forged(each))).status).toBe(200);
		for (const item of webhook.items()) expect([id, String(id)]).toContain(item.id);
	});

	test('costs one request to the record, after the first', async () => {
		await start();
		await webhook.send(forged(added('/pick_tickets')));
		world.uphance.clearLog();
		const id = added('/pick_tickets');
		await webhook.send(forged(id));
		expect(asks()).toEqual([`GET /pick_tickets/${id}`]);
		expect(webhook.runs).toHaveLength(2);
	});

	test('that was not asked for is not looked at', async () => {
		await start({ events: ['invoice_create'] });
		expect((await webhook.send(forged(added('/pick_tickets')))).status).toBe(200);
		expect(webhook.runs).toEqual([]);
		expect(world.asked()).toEqual([]);
	});

	test('is not looked at with a wrong secret either', async () => {
		await start({ options: { secret: 'right' } });
		expect((await webhook.send(forged(added('/pick_tickets')), { query: 'secret=wrong' })).status).toBe(401);
		expect(world.asked()).toEqual([]);
	});
});

const minutes = 60_000;

describe('What Uphance does not show yet', () => {
	test.each(sampled(withRecord, 6, 2))(
		'(the record of %s) is answered 503 and starts the workflow when it is delivered again',
		async (event) => {
			await start();
			const path = paths[splitEvent(event).resource] ?? '';
			const id = added(path);
			const body = { event, [splitEvent(event).resource]: { id } };
			const missing =
				path === '/invoices'
					? ({ path, kind: 'json', body: { invoices: [] } } as const)
					: ({ path: `${path}/${id}`, kind: 'status', status: 404 } as const);
			world.uphance.fault({ ...missing, times: 99 });
			expect((await webhook.send(body)).status).toBe(503);
			expect(webhook.runs).toEqual([]);
			world.uphance.clearFaults();
			expect((await webhook.send(body)).status).toBe(200);
			expect(webhook.items()).toMatchObject([{ event, id, record: { id } }]);
		},
	);

	describe('because GET shows a change a minute later', () => {
		const aMinute: Options = { switches: { visibleAfter: 1 * minutes } };
		const deliver = async (event: string, id: number) => {
			const [delivery] = await world.uphance.deliver(event, id);
			return delivery?.status;
		};

		async function startWithTicket(parameters: INodeParameters = {}): Promise<number> {
			await start(parameters, aMinute);
			world.uphance.addWebhook({ url: webhook.url, events: ['pick_ticket_create', 'pick_ticket_update'] });
			return added('/pick_tickets');
		}

		test('starts the workflow for a new record', async () => {
			const id = await startWithTicket();
			expect(await deliver('pick_ticket_create', id)).toBe(503);
			advanceClock(2 * minutes);
			expect(await deliver('pick_ticket_create', id)).toBe(200);
			expect(webhook.items()).toMatchObject([{ id, record: { id } }]);
		});

		test('starts it with the changed record, not with an older one', async () => {
			const id = await startWithTicket({ options: { status: 'shipped' } });
			advanceClock(2 * minutes);
			world.uphance.changeRecord('/pick_tickets', id, { status: 'shipped' });
			expect(await deliver('pick_ticket_update', id)).toBe(503);
			advanceClock(4 * minutes);
			expect(await deliver('pick_ticket_update', id)).toBe(200);
			expect(webhook.items()).toMatchObject([{ id, record: { status: 'shipped' } }]);
		});

		test('starts it with the older record if the change does not show for minutes, and logs it', async () => {
			const id = await startWithTicket();
			advanceClock(2 * minutes);
			const event = { ...forged(id), pick_ticket: { id, updated_at: '2099-01-01T00:00:00.000Z' } };
			expect((await webhook.send(event)).status).toBe(503);
			advanceClock(12 * minutes);
			expect((await webhook.send(event)).status).toBe(200);
			expect(webhook.items()).toMatchObject([{ id, record: { id } }]);
			expect(webhook.logged('warn')).toEqual([expect.stringContaining(String(id))]);
		});

		test('starts it at once where the times differ in their form only', async () => {
			const id = await startWithTicket();
			advanceClock(2 * minutes);
			const at = new Date(Date.now() - 2 * minutes);
			const sameTime = [at.toISOString(), at.toISOString().replace('Z', '+00:00'), '2099-01-01', '2099-01-01 00:00', 7];
			for (const updated_at of sameTime) {
				expect((await webhook.send({ ...forged(id), pick_ticket: { id, updated_at } })).status).toBe(200);
			}
			expect(webhook.runs).toHaveLength(sameTime.length);
		});

		test('starts it for a deletion', async () => {
			const id = await startWithTicket();
			world.uphance.addWebhook({ url: webhook.url, events: ['pick_ticket_delete'] });
			advanceClock(2 * minutes);
			world.uphance.deletePickTicket(id);
			await world.uphance.delivered();
			expect(world.uphance.deliveries().at(-1)?.status).toBe(503);
			advanceClock(4 * minutes);
			expect(await deliver('pick_ticket_delete', id)).toBe(200);
			expect(webhook.items()).toEqual([
				{ event: 'pick_ticket_delete', resource: 'pick_ticket', action: 'delete', id, record: { id } },
			]);
		});
	});

	test('(a record that was there before) has its minutes again', async () => {
		await start();
		const id = added('/pick_tickets');
		const missing = () => world.uphance.fault({ path: `/pick_tickets/${id}`, kind: 'status', status: 404, times: 99 });
		missing();
		expect((await webhook.send(forged(id))).status).toBe(503);
		world.uphance.clearFaults();
		expect((await webhook.send(forged(id))).status).toBe(200);
		advanceClock(10 * minutes);
		missing();
		expect((await webhook.send({ ...forged(id), turn: 2 })).status).toBe(503);
	});
});

describe('A forged body', () => {
	test.each([999_999_999, '999999999'])(
		'with an id that Uphance does not know (%j) is ignored and logged after some minutes',
		async (id) => {
			await start();
			const bodies = [forged(id), { event: 'invoice_create', invoice: { id } }];
			for (const body of bodies) expect((await webhook.send(body)).status).toBe(503);
			expect(webhook.logged('warn')).toEqual([]);
			advanceClock(2 * minutes);
			for (const body of bodies) expect((await webhook.send(body)).status).toBe(503);
			advanceClock(10 * minutes);
			for (const body of bodies) expect((await webhook.send(body)).status).toBe(200);
			expect(webhook.runs).toEqual([]);
			expect(webhook.logged('warn')).toHaveLength(2);
			for (const line of webhook.logged('warn')) expect(line).toContain('999999999');
		},
	);

	test.each([0, -1, 1.5, 1e300, 'abc', '../organisations', '1/../2', '1?x=1', '1%2F', 'NaN', '٣'])(
		'with an id that is none (%j) is ignored and logged, and asks for nothing else',
		async (id) => {
			await start();
			expect((await webhook.send(forged(id))).status).toBe(200);
			expect(webhook.runs).toEqual([]);
			expect(webhook.logged('warn')).toHaveLength(1);
			expect(asks()).toEqual([]);
		},
	);

	test.each(['<script>', '=1+1', '../x', 'x'.repeat(300)])(
		'of a delete with an id that is none (%s) starts nothing',
		async (id) => {
			await start();
			expect((await webhook.send({ event: 'pick_ticket_delete', pick_ticket: { id } })).status).toBe(200);
			expect(webhook.runs).toEqual([]);
		},
	);

	test.each(['pick_ticket', 'invoice', 'product'])(
		'of a deletion of a %s that is there starts nothing',
		async (word) => {
			await start();
			const id = added(paths[word] ?? '');
			const body = { event: `${word}_delete`, [word]: { id } };
			expect((await webhook.send(body)).status).toBe(503);
			expect(webhook.logged('warn')).toEqual([]);
			advanceClock(10 * minutes);
			expect((await webhook.send(body)).status).toBe(200);
			expect(webhook.runs).toEqual([]);
			expect(webhook.logged('warn')).toEqual([expect.stringContaining(`Uphance still has this ${word} ${id}`)]);
		},
	);

	test('of a kind that cannot be fetched is ignored, logged with the reason, and asks for nothing', async () => {
		await start({ events: ['*'] });
		const events = [
			...['nonsense_update', 'organisation_update', '__proto___update', 'season_create', 'x'],
			...['nonsense_delete', 'production_order_update', 'production_order_delete', 'vendor_invoice_delete'],
		];
		for (const event of events) {
			expect((await webhook.send({ event, thing: { id: 1, evil: 'forged' } })).status).toBe(200);
		}
		expect(webhook.runs).toEqual([]);
		expect(webhook.logged('warn')).toHaveLength(events.length);
		for (const line of webhook.logged('warn')) expect(line).toContain('cannot be verified');
		expect(world.asked()).toEqual([]);
	});

	test('of another organisation’s record starts nothing', async () => {
		await world.start({}, groupForm);
		await hook();
		const id = added('/pick_tickets', 9601);
		expect((await webhook.send(forged(id))).status).toBe(503);
		advanceClock(10 * minutes);
		expect((await webhook.send(forged(id))).status).toBe(200);
		expect(webhook.runs).toEqual([]);
		expect(webhook.logged('warn')).toHaveLength(1);
	});
});

describe('When Uphance cannot be asked', () => {
	const failures: Array<[string, (id: number) => void, number]> = [
		['500', (id) => fault(id, { kind: 'status', status: 500 }), 1],
		['502', (id) => fault(id, { kind: 'status', status: 502 }), 1],
		['503', (id) => fault(id, { kind: 'html', status: 503 }), 1],
		['429', (id) => fault(id, { kind: 'status', status: 429, retryAfter: '0' }), 1],
		['403', (id) => fault(id, { kind: 'status', status: 403 }), 1],
		['hanging', (id) => fault(id, { kind: 'hang' }), 1],
		['dropping the connection', (id) => fault(id, { kind: 'drop' }), 1],
		['breaking off', (id) => fault(id, { kind: 'malformed' }), 1],
		['an answer that is another', (id) => fault(id, { kind: 'json', body: { hello: 1 } }), 1],
		['another record', (id) => fault(id, { kind: 'json', body: { pick_ticket: { id: id + 1 } } }), 1],
		['a redirect', (id) => fault(id, { kind: 'redirect', location: 'https://example.com/' }), 1],
		[
			'a wrong password',
			() => {
				world.uphance.changePassword(String(world.credential.data.email), 'another');
				world.uphance.revokeTokens();
			},
			1,
		],
		[
			'a sign-in that takes too long',
			() => {
				world.uphance.revokeTokens();
				world.uphance.fault({ path: '/oauth/token', kind: 'slow', milliseconds: 2_600 });
			},
			1,
		],
		[
			'an organisation that cannot be registered',
			() => {
				world.uphance.revokeTokens(); // signing in registers the organisation
				world.uphance.fault({ path: '/organisations/set_current_org', kind: 'status', status: 500, times: 99 });
			},
			1,
		],
	];
	const fault = (id: number, what: Omit<Parameters<World['uphance']['fault']>[0], 'path'>) =>
		world.uphance.fault({ path: `/pick_tickets/${id}`, times: 99, ...what });

	test.each(failures)(
		'(%s) it is answered 503 after one attempt, and the next delivery is accepted',
		async (_name, injectFault, most) => {
			await start();
			const before = added('/pick_tickets');
			await webhook.send(forged(before)); // a session is there
			const { password } = world.credential.data;
			world.uphance.clearLog();
			const id = added('/pick_tickets');
			injectFault(id);
			const started = Date.now();
			const { status } = await webhook.send(forged(id));
			expect(status).toBe(503);
			expect(Date.now() - started).toBeLessThan(limits.deadlineMs + 2_000);
			expect(asks()).toHaveLength(most);
			expect(webhook.runs).toHaveLength(1);
			expect(webhook.logged('warn').join()).toContain(String(id));

			world.uphance.clearFaults();
			world.uphance.changePassword(String(world.credential.data.email), String(password));
			advanceClock(61_000); // a refused password is not sent again for a minute
			const again = await webhook.send(forged(id));
			expect([again.status, webhook.logged('warn').slice(1)]).toEqual([200, []]);
			expect(webhook.items().map((item) => item.id)).toEqual([before, id]);
		},
	);

	test('(nothing listens there) it is answered 503 within the time', async () => {
		await start();
		webhook.setting.credential = world.another({ apiUrl: 'http://127.0.0.1:9' });
		const { status } = await webhook.send(forged(1));
		expect(status).toBe(503);
		expect(webhook.logged('warn')).toHaveLength(1);
		webhook.setting.credential = world.credential;
		const id = added('/pick_tickets');
		expect((await webhook.send(forged(id))).status).toBe(200);
	});

	test('(no credential) the answer is 503, and it is logged', async () => {
		await start();
		webhook.setting.credential = undefined;
		expect((await webhook.send(forged(1))).status).toBe(503);
		expect(webhook.logged('warn')).toHaveLength(1);
		expect(webhook.runs).toEqual([]);
	});

	test('Uphance’s own repeats bring every event, once each', async () => {
		await start({}, { webhookRetry: [5, 5, 5, 5, 5] });
		world.uphance.addWebhook({ url: webhook.url });
		const ids = world.uphance.addRecords('/pick_tickets', 8);
		for (const id of ids) fault(id, { kind: 'status', status: 500, times: id % 3 });
		await Promise.all(ids.map(async (id) => await world.uphance.deliver('pick_ticket_update', id, { times: 2 })));
		expect(
			webhook
				.items()
				.map(({ id }) => Number(id))
				.sort(),
		).toEqual([...ids].sort());
	});

	test('nothing is lost when Uphance hangs up first and delivers again meanwhile', async () => {
		await start({}, { webhookRetry: [5, 5, 300, 300, 300], webhookTimeout: 100 });
		world.uphance.addWebhook({ url: webhook.url });
		const id = added('/pick_tickets');
		const before = added('/pick_tickets');
		await webhook.send(forged(before));
		fault(id, { kind: 'hang', times: 1 });
		const [delivery] = await world.uphance.deliver('pick_ticket_update', id);
		await until(() => webhook.ended > (delivery?.tries ?? 0));
		expect([delivery?.statuses[0], delivery?.statuses.at(-1)]).toEqual([null, 200]); // nothing, then accepted
		expect(webhook.items().map((item) => item.id)).toEqual([before, id]);
	});

	test('a repeat that comes while the first is looked at is not answered 2xx when that fails', async () => {
		await start();
		await webhook.send(forged(added('/pick_tickets')));
		const id = added('/pick_tickets');
		fault(id, { kind: 'hang' });
		const first = webhook.send(forged(id));
		await until(() => asks().some((each) => each.endsWith(`/${id}`)));
		const second = webhook.send(forged(id));
		expect((await first).status).toBeGreaterThanOrEqual(400);
		expect((await second).status).toBeGreaterThanOrEqual(400);
	});
});

describe('With two organisations', () => {
	test.each(['9579', '9601'])('the record comes from that of the credential (%s)', async (organisationId) => {
		await world.start({}, { email: group.email, organisationId });
		await hook();
		const id = added('/pick_tickets', Number(organisationId));
		for (const other of [9579, 9601]) {
			world.uphance.switchOrganisation(group.email, other);
			world.uphance.changeRecord('/pick_tickets', id, { notes: `in ${other}` });
			await webhook.send({ ...forged(id), turn: other });
		}
		const record = { id, organisation_id: Number(organisationId) };
		expect(webhook.items()).toMatchObject([{ record }, { record }]);
	});

	test('a deletion of a record that is there starts nothing, although somebody switched to the other one', async () => {
		await world.start({}, groupForm);
		await hook();
		const id = added('/pick_tickets', 9579);
		await webhook.send(forged(id)); // a session is there
		world.uphance.switchOrganisation(group.email, 9601);
		expect((await webhook.send({ event: 'pick_ticket_delete', pick_ticket: { id } })).status).toBe(503);
		expect(webhook.runs).toHaveLength(1);
	});

	test('it waits for an execution that works in the other one', async () => {
		Object.assign(limits, { deadlineMs: 5_000 });
		await world.start({}, groupForm);
		await hook();
		await world.run();
		const id = added('/pick_tickets', 9579);
		world.uphance.fault({ path: '/sales_orders', kind: 'slow', milliseconds: 300 });
		world.uphance.clearLog();
		const running = world.run({
			parameters: { returnAll: true, simplify: false, options: { organisationId: '9601' } },
		});
		await until(() => world.asked('/sales_orders').length > 0);
		const answers = await Promise.all([webhook.send(forged(id)), webhook.send({ ...forged(id), again: true })]);
		const { records } = await running;
		expect(answers.map(({ status }) => status)).toEqual([200, 200]);
		expect(webhook.items()).toMatchObject([
			{ record: { organisation_id: 9579 } },
			{ record: { organisation_id: 9579 } },
		]);
		expect([...new Set(records.map(({ organisation_id }) => organisation_id))]).toEqual([9601]);
	});

	test('products, which name no organisation, come from the right one too', async () => {
		await world.start({}, { email: group.email, organisationId: '9601' });
		await hook();
		await world.run();
		const id = added('/products', 9601);
		world.uphance.switchOrganisation(group.email, 9579);
		expect((await webhook.send({ event: 'product_update', product: { id } })).status).toBe(200);
		expect(webhook.items()).toMatchObject([{ id, record: { id } }]);
	});
});

describe('A test in the editor', () => {
	test('verifies too', async () => {
		await start();
		webhook.setting.mode = 'manual';
		await webhook.send(forged(added('/pick_tickets')));
		expect(JSON.stringify(webhook.items())).not.toContain('forged');
		await webhook.send(forged(999_999_999));
		expect(webhook.runs).toHaveLength(1);
	});
});
