import crypto from 'node:crypto';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import type { INodeParameters } from 'n8n-workflow';
import { buildWebhookBody, knownEvents, splitEvent } from '../../sandbox/uphance/webhookBody.mts';
import { useWorld } from '../world.mts';
import { Webhook } from './webhookContext.mts';

const world = useWorld({ uphance: { orders: 30, webhookRetry: [] } });
let webhook: Webhook;

/** A sandbox that tries once, and a trigger that it calls. */
async function start(parameters: INodeParameters = {}, query = ''): Promise<void> {
	webhook = await Webhook.start({ parameters });
	world.uphance.addWebhook({ url: `${webhook.url}${query}` });
}

afterEach(async () => {
	await webhook.close();
	expect(webhook.crashes).toEqual([]);
});

const paths: Record<string, string> = {
	invoice: '/invoices',
	pick_ticket: '/pick_tickets',
	product: '/products',
	receiving_ticket: '/receiving_tickets',
	credit_note: '/credit_notes',
};

function idFor(event: string): number {
	const [id = 0] = world.uphance.addRecords(paths[splitEvent(event).resource] ?? '', 1);
	return id;
}

const update = { event: 'pick_ticket_update', pick_ticket: { id: 7, status: 'draft' } };

describe('An event that Uphance sends', () => {
	test.each(knownEvents)('%s starts the workflow with one item', async (event) => {
		await start({ events: [event] });
		const id = idFor(event);
		const [delivery] = await world.uphance.deliver(event, id);
		expect(delivery).toMatchObject({ state: 'delivered', statuses: [200] });
		const { resource, action } = splitEvent(event);
		const sent = JSON.parse(JSON.stringify(delivery?.body));
		const key = event === 'receiving_ticket_delete' ? 'delivery' : resource;
		expect(sent[key].id).toBe(id);
		expect(webhook.items()).toEqual([{ event, resource, action, id, record: sent[key] }]);
		expect(Object.keys(webhook.items()[0] ?? {}).sort()).toEqual(['action', 'event', 'id', 'record', 'resource']);
	});

	test('is answered before the workflow is done, after it started', async () => {
		await start();
		expect((await webhook.send(update)).status).toBe(200);
		expect(webhook.runs).toHaveLength(1);
	});
});

describe('An event that has only an ID', () => {
	test.each([
		['invoice_create', { invoice_id: 1000079 }],
		['invoice_create', { id: 1000079 }],
		['invoice_create', { invoice: 1000079 }],
		['receiving_ticket_delete', { delivery: 1000079 }],
	])('(%s with %j) starts the workflow with it', async (event, body) => {
		await start();
		expect((await webhook.send({ event, ...body })).status).toBe(200);
		const { resource, action } = splitEvent(event);
		expect(webhook.items()).toEqual([{ event, resource, action, id: 1_000_079, record: { id: 1_000_079 } }]);
		expect(webhook.logged()).toEqual([]);
	});
});

describe('Events to start with', () => {
	const all = [...knownEvents, 'sales_order_create'];
	const started = async (parameters: INodeParameters) => {
		await start(parameters);
		for (const event of all) {
			expect((await webhook.post(buildWebhookBody(event, { id: 7 }))).status).toBe(200);
		}
		return webhook.items().map(({ event }) => event);
	};

	test('are those that were chosen, the others are answered and start nothing', async () => {
		const chosen = ['invoice_create', 'pick_ticket_update'];
		expect(await started({ events: chosen })).toEqual(chosen);
		expect(webhook.logged()).toEqual([]);
	});

	test('are those that were typed, too', async () => {
		const parameters = { events: ['invoice_create'], otherEvents: ' sales_order_create ,, pick_ticket_delete, ' };
		expect(await started(parameters)).toEqual(['invoice_create', 'pick_ticket_delete', 'sales_order_create']);
	});

	test('may be typed only', async () => {
		expect(await started({ events: [], otherEvents: 'sales_order_create' })).toEqual(['sales_order_create']);
	});

	test('are all with *', async () => expect(await started({ events: ['*'] })).toEqual(all));

	test('may be typed with any separator', async () => {
		const otherEvents = 'sales_order_create;invoice_create\npick_ticket_delete  product_update';
		expect(await started({ events: [], otherEvents })).toEqual([
			...['invoice_create', 'pick_ticket_delete', 'product_update', 'sales_order_create'],
		]);
	});

	test.each(['', ' , '])('are none when nothing was chosen and %j typed, which is logged', async (otherEvents) => {
		expect(await started({ events: [], otherEvents })).toEqual([]);
		expect(webhook.logged('warn')).toEqual(all.map(() => expect.stringContaining("'Events' is empty")));
	});

	test('are not those whose name begins alike', async () => {
		await start({ events: ['invoice_create'] });
		for (const event of ['invoice_created', 'invoice', 'INVOICE_CREATE', 'xinvoice_create']) {
			expect((await webhook.send({ event, invoice: { id: 1 } })).status).toBe(200);
		}
		expect(webhook.runs).toEqual([]);
	});

	test('that come without a record are answered, start nothing and are logged', async () => {
		await start({ events: ['invoice_create'] });
		const bodies = [{}, { invoice: null }, { invoice: {} }, { invoice: { id: null } }, { invoice: [{ id: 1 }] }];
		for (const body of bodies) {
			expect((await webhook.send({ event: 'invoice_create', ...body })).status).toBe(200);
		}
		expect(webhook.runs).toEqual([]);
		expect(webhook.logged('warn')).toHaveLength(bodies.length);
		for (const line of webhook.logged('warn')) expect(line).toContain('invoice_create');
	});
});

describe('A body that is no event', () => {
	test.each([
		['empty', ''],
		['blank, raw', '   '],
		['an empty object', '{}'],
		['an array', '[]'],
		['an array with an event', `[${JSON.stringify(update)}]`],
		['a number', '42'],
		['text', '"pick_ticket_update"'],
		['null', 'null'],
		['true', 'true'],
		['without event', '{"pick_ticket":{"id":7}}'],
		['with an event that is a number', '{"event":7,"pick_ticket":{"id":7}}'],
		['with an event that is an object', '{"event":{"id":7},"pick_ticket":{"id":7}}'],
		['with an event that is null', '{"event":null,"pick_ticket":{"id":7}}'],
		['with an empty event', '{"event":"","pick_ticket":{"id":7}}'],
		['without a record', '{"event":"pick_ticket_update"}'],
		['with a record without id', '{"event":"pick_ticket_update","pick_ticket":{"status":"draft"}}'],
		['megabytes of text', JSON.stringify('x'.repeat(8_000_000))],
		['megabytes without event', JSON.stringify({ pick_ticket: { id: 7, note: 'x'.repeat(8_000_000) } })],
	])('(%s) is answered and starts nothing, with the reason in the log', async (_name, body) => {
		await start();
		const { status } = await webhook.post(body, body.trim() === '' ? { type: 'text/plain' } : {});
		expect(status).toBe(200);
		expect(webhook.runs).toEqual([]);
		expect(webhook.logged('warn')).toHaveLength(1);
		expect(webhook.logged('warn').join().length).toBeLessThan(1_000);
	});

	test.each(['text/plain', 'text/html', 'application/octet-stream', null])(
		'(not JSON, as %s) is answered and starts nothing, with the reason in the log',
		async (type) => {
			await start();
			for (const body of ['<p>no</p>', '{"event":"pick_ticket_update","pick_ti', '\u0000\u0001', 'event=1']) {
				expect((await webhook.post(body, { type })).status).toBe(200);
			}
			expect(webhook.runs).toEqual([]);
			expect(webhook.logged('warn')).toHaveLength(4);
		},
	);

	test('(a form) is answered and starts nothing, with the reason in the log', async () => {
		await start();
		const type = 'application/x-www-form-urlencoded';
		expect((await webhook.post('a=1&b=2', { type })).status).toBe(200);
		expect(webhook.runs).toEqual([]);
		expect(webhook.logged('warn')).toHaveLength(1);
	});

	test('from the sandbox, as garbage, is answered', async () => {
		await start();
		expect(await world.uphance.deliverRaw(webhook.url, '[1,2]')).toMatchObject({ status: 200 });
		expect(webhook.runs).toEqual([]);
	});
});

describe('An event', () => {
	test.each([
		'application/json; charset=utf-8',
		'application/vnd.api+json',
		'application/octet-stream',
		'text/plain',
		'text/json',
		null,
	])('in JSON of another content type (%s) starts the workflow', async (type) => {
		await start();
		expect((await webhook.send(update, { type })).status).toBe(200);
		expect(webhook.items()).toMatchObject([{ event: 'pick_ticket_update', id: 7, record: update.pick_ticket }]);
	});

	test('in JSON that says it is a form starts the workflow', async () => {
		await start();
		expect((await webhook.send(update, { type: 'application/x-www-form-urlencoded' })).status).toBe(200);
		expect(webhook.items()).toMatchObject([{ event: 'pick_ticket_update', id: 7 }]);
	});

	test('of megabytes starts the workflow', async () => {
		await start();
		const pick_ticket = { id: 7, notes: Array.from({ length: 80_000 }, (_, at) => `note ${at} ${'x'.repeat(90)}`) };
		expect((await webhook.send({ event: 'pick_ticket_update', pick_ticket })).status).toBe(200);
		expect(webhook.items()[0]?.record).toEqual(pick_ticket);
	});

	test.each([3_000, 100_000])('nested %i deep is no crash and no 5xx', async (depth) => {
		await start();
		const nested = '['.repeat(depth) + ']'.repeat(depth);
		const { status } = await webhook.post(`{"event":"pick_ticket_update","pick_ticket":{"id":7,"x":${nested}}}`);
		expect(webhook.crashes.map(String)).toEqual([]);
		expect(status).toBeLessThan(500);
	});

	test('whose name is megabytes long or has lines does not flood the log', async () => {
		await start({ events: ['*'] });
		const event = `x\n${'name '.repeat(1_000_000)}`;
		expect((await webhook.send({ event })).status).toBe(200);
		expect(webhook.logged().join().length).toBeLessThan(1_000);
	});
});

describe('A secret', () => {
	const secret = 'correct-horse-7';
	const wanted = { options: { secret } };

	test('in the address that Uphance calls is accepted', async () => {
		await start(wanted, `?secret=${secret}`);
		const [delivery] = await world.uphance.deliver('invoice_create', idFor('invoice_create'));
		expect(delivery).toMatchObject({ statuses: [200] });
		expect(webhook.runs).toHaveLength(1);
	});

	test.each([
		['wrong', `secret=correct-horse-8`],
		['missing', ''],
		['empty', 'secret='],
		['shorter', 'secret=correct'],
		['longer', `secret=${secret}7`],
		['very long', `secret=${'x'.repeat(8_000)}`],
		['in other case', `secret=${secret.toUpperCase()}`],
		['with a blank', `secret=${secret}%20`],
		['a list', `secret=${secret}&secret=${secret}`],
		['a list in brackets', `secret[]=${secret}`],
		['an object', `secret[a]=${secret}`],
		['under another name', `Secret=${secret}`],
		['not ASCII', `secret=${encodeURIComponent('corrèct-hörse-7')}`],
	])('that is %s gets 401 and starts nothing', async (_name, query) => {
		await start(wanted);
		const answer = await webhook.send(update, { query });
		expect(answer.status).toBe(401);
		expect(webhook.runs).toEqual([]);
		expect(JSON.stringify([answer, webhook.logs])).not.toContain(secret);
	});

	test('is checked first: garbage and ignored events get 401 too', async () => {
		await start({ events: [], ...wanted });
		expect((await webhook.send(update)).status).toBe(401);
		expect((await webhook.send([])).status).toBe(401);
	});

	test('that was refused leaves the event to be delivered again', async () => {
		await start(wanted);
		await webhook.send(update, { query: 'secret=no' });
		expect((await webhook.send(update, { query: `secret=${secret}` })).status).toBe(200);
		expect(webhook.runs).toHaveLength(1);
	});

	test('is compared in constant time, as often for a wrong one as for the right one', async () => {
		const compare = jest.spyOn(crypto, 'timingSafeEqual');
		try {
			await start(wanted);
			const counts: number[] = [];
			for (const given of ['x', secret, 'x'.repeat(secret.length), `${secret.slice(0, -1)}8`]) {
				compare.mockClear();
				await webhook.send(update, { query: `secret=${given}` });
				counts.push(compare.mock.calls.length);
			}
			expect(new Set(counts).size).toBe(1);
			expect(counts[0]).toBeGreaterThan(0);
		} finally {
			compare.mockRestore();
		}
	});

	const oddSecrets = [
		...[
			'a+b/c',
			'q1/W+z==',
			'a&b',
			'&',
			'a&b=c',
			'a=b=c',
			'50%off',
			'100%25',
			'%',
			'%2B',
			'a b',
			'a b+c&d%e',
			'x[1]=y',
		],
		...["~!*'()", 'ä&=?% +日', 'a;b,c', '.', '%aa<b', '%41 b'],
	];

	test.each(oddSecrets)('may be %j, pasted into the address as it is', async (odd) => {
		await start({ options: { secret: odd } }, `?secret=${odd}`);
		const [delivery] = await world.uphance.deliver('invoice_create', idFor('invoice_create'));
		expect(delivery?.statuses).toEqual([200]);
		expect(webhook.runs).toHaveLength(1);
		expect((await webhook.send(update, { query: 'secret=a' })).status).toBe(401);
	});

	test.each([...oddSecrets, 'a#b', '#', 'ä&=?#% +日'])('may be %j, URL-encoded in the address', async (odd) => {
		await start({ options: { secret: odd } });
		const form = new URLSearchParams({ secret: odd }).toString(); // a blank is +
		for (const query of [`secret=${encodeURIComponent(odd)}`, form, `${form}&from=uphance`, `from=uphance&${form}`]) {
			expect((await webhook.send(update, { query })).status).toBe(200);
		}
		expect(webhook.runs).toHaveLength(1);
	});

	test('may be any line of text, as it is or URL-encoded', async () => {
		await start();
		const lines = fc.string({ minLength: 1, unit: fc.constantFrom(...'ab+/&%=?# 20,;.:[]{}é日"\'<>\\^`|~'.split('')) });
		// n8n takes a text that begins with = for an expression. What follows # is no part of an address that is called.
		const pasted = lines.filter((line) => line.trim() === line && !line.startsWith('=') && !line.includes('#'));
		await fc.assert(
			fc.asyncProperty(pasted, async (line) => {
				webhook.setting = { ...webhook.setting, parameters: { options: { secret: line } } };
				const { search } = new URL(`${webhook.url}?secret=${line}`);
				for (const query of [search.slice(1), `secret=${encodeURIComponent(line)}`]) {
					expect([line, query, (await webhook.send(update, { query })).status]).toEqual([line, query, 200]);
				}
				expect((await webhook.send(update, { query: `secret=${encodeURIComponent(`${line}x`)}` })).status).toBe(401);
			}),
			{ numRuns: 300, seed: 20_260_102 },
		);
	});

	test('may stand among other parameters as it is', async () => {
		await start({ options: { secret: 'a+b/c' } });
		for (const query of ['secret=a+b/c&from=uphance', 'from=uphance&secret=a+b/c', 'x_secret=no&secret=a+b/c']) {
			expect((await webhook.send({ ...update, query }, { query })).status).toBe(200);
		}
	});

	test('with blanks around it is accepted without them, as a pasted address loses them', async () => {
		await start({ options: { secret: ` ${secret}\n` } });
		expect((await webhook.send(update, { query: `secret=${secret}` })).status).toBe(200);
		for (const query of ['', 'secret=', 'secret=%20']) expect((await webhook.send(update, { query })).status).toBe(401);
	});

	test.each(['={{ undefined }}', '={{ null }}', '={{ "" }}', '={{ "  " }}', '   '])(
		'that is empty (%j) refuses every call and is logged',
		async (empty) => {
			await start({ options: { secret: empty } });
			const queries = ['', 'secret=', 'secret=null', 'secret=undefined', 'secret=%20'];
			for (const query of queries) expect((await webhook.send(update, { query })).status).toBe(401);
			expect(webhook.runs).toEqual([]);
			expect(webhook.logged('warn')).toEqual(queries.map(() => expect.stringContaining("'Secret' is empty")));
		},
	);

	test('with a # is refused where that is not encoded, because it ends the address, and the log says so', async () => {
		await start({ options: { secret: 'a#b' } }, '?secret=a#b');
		const [delivery] = await world.uphance.deliver('invoice_create', idFor('invoice_create'));
		expect(delivery?.statuses).toEqual([401]);
		expect(webhook.logged('warn')).toEqual([expect.stringContaining('Write # as %23')]);
	});

	test.each([
		['wrong', 'secret=correct-horse-8'],
		['missing', ''],
	])('that is %s is logged, without it', async (_name, query) => {
		await start(wanted);
		await webhook.send(update, { query });
		expect(webhook.logged('warn')).toEqual([expect.stringMatching(/secret/i)]);
		expect(JSON.stringify(webhook.logs)).not.toMatch(/correct-horse/);
	});

	test.each(['', 'secret=', 'secret=x&secret=x', 'secret[]=x', '&&&', '%', 'secret=%', 'secret=%E4%A', '?secret=x'])(
		'is never present in %j',
		async (query) => {
			await start({ options: { secret: 'x' } });
			expect((await webhook.send(update, { query })).status).toBe(401);
			expect(webhook.runs).toEqual([]);
		},
	);

	test.each([{}, { secret: '' }])('is not asked for with options %j', async (options) => {
		await start({ options });
		expect((await webhook.send(update, { query: 'secret=whatever' })).status).toBe(200);
		expect(webhook.runs).toHaveLength(1);
	});

	test('is in no item', async () => {
		await start(wanted);
		await webhook.send(update, { query: `secret=${secret}` });
		expect(JSON.stringify([webhook.runs, webhook.logs, webhook.answers])).not.toContain(secret);
	});
});

describe('Activating', () => {
	test.each([
		'http://localhost:5678/webhook',
		'http://n8n.example.com/webhook',
		'https://localhost/webhook',
		'https://localhost:5678/webhook',
		'https://127.0.0.1:5678/webhook',
		'https://[::1]:5678/webhook',
		'HTTPS://LOCALHOST/webhook',
	])('on %s warns that Uphance can never call it', async (base) => {
		await start();
		if (!(await webhook.lifecycle('checkExists', base))) await webhook.lifecycle('create', base);
		expect(webhook.logged('warn')).toHaveLength(1);
		expect(webhook.logged('warn').join()).toMatch(/https/);
	});

	test.each([
		'https://n8n.example.com/webhook',
		'https://n8n.example.com:8443/x/webhook',
		'https://localhost.example.com/webhook',
	])('on %s says nothing', async (base) => {
		await start();
		if (!(await webhook.lifecycle('checkExists', base))) await webhook.lifecycle('create', base);
		expect(webhook.logs).toEqual([]);
	});

	test.each(['', 'nonsense', 'https://', '://', 'http://[', 'https://n8n.example.com'])(
		'and ending never throws (%j)',
		async (base) => {
			await start();
			for (const method of ['checkExists', 'create', 'delete'] as const) {
				expect(typeof (await webhook.lifecycle(method, base))).toBe('boolean');
			}
		},
	);

	const activate = async (parameters: INodeParameters) => {
		webhook = await Webhook.start({ parameters });
		await webhook.lifecycle('create', 'https://n8n.example.com/webhook');
	};

	test.each(['', ' ', ' , ,'])('with no event chosen and %j typed says what to do', async (otherEvents) => {
		await expect(activate({ events: [], otherEvents })).rejects.toThrow(/^Choose at least one event in 'Events'/);
	});

	test.each([
		[{ events: ['invoice_create'] }],
		[{ events: [], otherEvents: 'sales_order_create' }],
		[{ events: ['*'], fetchRecord: true }],
		[{ events: ['pick_ticket_delete'], otherEvents: 'sales_order_create, *', fetchRecord: true }],
		[{ events: [], otherEvents: 'season_create' }],
	])('with %j succeeds', async (parameters) => {
		await activate(parameters);
		expect(webhook.logs).toEqual([]);
	});

	test.each(['season_create', 'production_order_delete', 'spaceship_update', 'ping'])(
		'with an event that can never be verified (%s) says so',
		async (otherEvents) => {
			const parameters = { events: ['invoice_create'], otherEvents, fetchRecord: true };
			await expect(activate(parameters)).rejects.toThrow(
				`'Verify With Uphance' cannot verify ${otherEvents}, so it would never start the workflow.`,
			);
		},
	);

	test('asks Uphance for nothing', async () => {
		await start();
		for (const method of ['checkExists', 'create', 'delete'] as const) {
			await webhook.lifecycle(method, 'https://n8n.example.com/webhook');
		}
		expect(world.asked()).toEqual([]);
	});
});

describe('Any body', () => {
	const events = fc.oneof(
		fc.constantFrom('pick_ticket_update', 'receiving_ticket_delete', '_', '{{ $json }}', '=1+1', '__proto__'),
		fc.string(),
	);
	const keys = fc.oneof(
		fc.constantFrom('event', 'id', 'status', 'pick_ticket', 'delivery', '__proto__', 'constructor', 'toJSON', ''),
		fc.string(),
	);
	const json = (value: unknown) => JSON.stringify(value);
	const bodies = fc.oneof(
		fc.json(),
		fc.string(),
		fc.tuple(fc.json(), fc.nat(100)).map(([text, end]) => text.slice(0, end)),
		fc
			.tuple(events, keys, fc.jsonValue())
			.map(([event, key, value]) => `{"event":${json(event)},${json(key)}:${json(value)}}`),
		fc
			.tuple(events, keys, fc.jsonValue(), fc.jsonValue())
			.map(([event, key, id, status]) => `{${json(key)}:${json({ id, status })},"event":${json(event)}}`),
		fc
			.tuple(events, keys, fc.integer(), fc.jsonValue())
			.map(([event, key, id, status]) => `{${json(key)}:${json({ id, status })},"event":${json(event)}}`),
	);
	const types = fc.constantFrom<Array<string | null>>(
		'application/json',
		'application/json',
		'text/plain',
		'text/html',
		null,
	);

	test.each([
		['as it is', {}],
		['with a status', { options: { status: 'shipped, draft' } }],
		['to be verified without a credential', { fetchRecord: true }],
	])('%s, neither crashes the node nor gets 5xx', async (_name, parameters: INodeParameters) => {
		await start(parameters);
		const allowed = parameters.fetchRecord ? [200, 422, 503] : [200, 422];
		await fc.assert(
			fc.asyncProperty(bodies, types, async (text, type) => {
				const runs = webhook.runs.length;
				const { status } = await webhook.post(text, { type });
				expect(webhook.crashes).toEqual([]);
				expect(allowed).toContain(status);
				if (status !== 200) expect(webhook.runs).toHaveLength(runs);
			}),
			{ numRuns: 500, seed: 20_260_101 },
		);
		for (const { event, resource, action, id, record } of webhook.items()) {
			expect([typeof event, typeof resource, typeof action]).toEqual(['string', 'string', 'string']);
			expect(['number', 'string']).toContain(typeof id);
			expect(typeof record).toBe('object');
		}
		expect(Object.keys(Object.prototype)).toEqual([]);
	});
});
