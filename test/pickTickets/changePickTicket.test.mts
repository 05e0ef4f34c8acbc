import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../sandbox/uphance/faults.mts';
import { group } from '../../sandbox/uphance/uphance.mts';
import { limits } from '../limits.mts';
import type { Failed } from '../n8n.mts';
import { failureOf, listSearch } from '../n8n.mts';
import { until } from '../until.mts';
import { groupForm, useWorld } from '../world.mts';

const world = useWorld({
	form: groupForm,
	signedIn: true,
	limits: { initialDelayMs: 5, requestTimeoutMs: 2_000, recheckAfterMs: [10, 50, 150] },
});

const operations = ['update', 'ship'] as const;
type Operation = (typeof operations)[number];

const chosen = (value: string, mode = 'id') => ({ __rl: true, mode, value }) as INodeParameters;
/**
 * Mark as Shipped does not look at the ticket before; that is tested below. Carrier and Tracking Number have fields of their own; the rest is in a collection.
 */
function change(operation: Operation, fields: INodeParameters = {}, more: INodeParameters = {}): INodeParameters {
	const { carrier, tracking_number, ...others } = fields;
	return {
		resource: 'pickTicket',
		operation,
		pickTicketId: chosen('3000079'),
		...(carrier !== undefined && { carrier }),
		...(tracking_number !== undefined && { tracking_number }),
		[operation === 'update' ? 'updateFields' : 'additionalFields']: others,
		...(operation === 'ship' && { options: { ifAlreadyShipped: 'ship' } }),
		...more,
	};
}
const tracking: INodeParameters = {
	carrier: 'dhl',
	service: 'Express',
	shipping_cost: '12.50',
	tracking_number: 'JD 014600003/SE',
};

const path = '/pick_tickets/3000079';
const update = `PUT ${path}`;
const ship = `PUT ${path}/ship`;
const injectFault = (at: string, fault: Omit<Fault, 'path' | 'method'>) =>
	world.uphance.fault({ path: at, method: 'PUT', ...fault });
/** Without the organisation, which is registered at the start of every execution. */
const log = () => world.uphance.log().filter((request) => request.path.startsWith('/pick_tickets'));
/** What was asked, without the values. */
const asked = () => world.asked('/pick_tickets').map((line) => line.split(' ').slice(0, 2).join(' '));

async function ticket(id = '3000079', organisationId = '9579'): Promise<IDataObject | undefined> {
	const get = { resource: 'pickTicket', operation: 'get', pickTicketId: chosen(id), options: { organisationId } };
	return (await world.run({ parameters: get })).records[0];
}

/** Pick tickets of an organisation, by their ids. */
async function ticketsOf(organisationId: string): Promise<string[]> {
	const list = {
		resource: 'pickTicket',
		operation: 'getAll',
		limit: 3,
		newestFirst: false,
		options: { organisationId },
	};
	const { records } = await world.run({ parameters: list });
	world.uphance.clearLog();
	return records.map(({ id }) => String(id));
}

describe('Update', () => {
	test('sends its values in the address only, and returns the ticket', async () => {
		const { items } = await world.run({ parameters: change('update', tracking) });
		const [request, ...further] = log();
		expect(further).toEqual([]);
		expect(request).toMatchObject({ method: 'PUT', path });
		expect(request?.query).toEqual(tracking);
		expect(request?.body).toBeUndefined();
		expect(items).toEqual([{ json: await ticket(), pairedItem: { item: 0 } }]);
		expect(items[0]?.json).toMatchObject({ id: 3000079, carrier: 'dhl', tracking_number: 'JD 014600003/SE' });
	});

	test.each([
		'two words',
		'A&B',
		'A+B',
		'a=b&tracking_number=other',
		'50% off %41',
		'Ring | twice',
		'Größe ü 東京 🚚',
		'#7?x=1',
		'"quoted" \\ <tag>',
		'[1]',
	])('saves %j as it was typed', async (service) => {
		await world.run({ parameters: change('update', { service }) });
		expect(log()[0]?.query).toEqual({ service });
		expect(await ticket()).toHaveProperty('service', service);
	});

	test('percent-encodes what an address cannot hold', async () => {
		const urls: string[] = [];
		const between = createServer((request, response) => {
			urls.push(request.url ?? '');
			const { method, headers } = request;
			const onwards = forward(`${world.uphance.url}${request.url ?? ''}`, { method, headers }, (answer) => {
				response.writeHead(answer.statusCode ?? 502, answer.headers);
				answer.pipe(response);
			});
			request.pipe(onwards);
		});
		await new Promise<void>((resolve) => void between.listen(0, '127.0.0.1', resolve));
		try {
			const { port } = between.address() as AddressInfo;
			const credential = world.another({ apiUrl: `http://127.0.0.1:${port}` });
			await world.run({ parameters: change('update', { service: 'a b&c+d|ü#e' }), credential });
		} finally {
			await new Promise((resolve) => void between.close(resolve).closeAllConnections());
		}
		const [address] = urls.filter((url) => url.startsWith('/pick_tickets'));
		expect(address?.replace('%20', '+')).toBe(`${path}?service=a+b%26c%2Bd%7C%C3%BC%23e`);
	});

	test.each<[INodeParameters, IDataObject]>([
		[{ ...tracking, carrier: '', service: '  ', shipping_cost: '' }, { tracking_number: 'JD 014600003/SE' }],
		[{ service: ' Express ', carrier: '={{ "" }}' }, { service: 'Express' }],
		[{ tracking_number: '={{ 4711 }}', additionalJson: '' }, { tracking_number: '4711' }],
		[{ shipping_cost: '0' }, { shipping_cost: '0' }],
		[{ shipping_cost: '={{ 12.5 }}', additionalJson: '{}' }, { shipping_cost: '12.5' }],
	])('of %j sends %j', async (fields, query) => {
		await world.run({ parameters: change('update', fields) });
		expect(log()[0]?.query).toEqual(query);
	});

	test('sends Additional JSON, which overrides the fields', async () => {
		world.sendsAnything = true;
		const additionalJson = '{"new_field": "a & b", "service": "Slow"}';
		await world.run({ parameters: change('update', { service: 'Express', additionalJson }) });
		expect(log()[0]?.query).toEqual({ new_field: 'a & b', service: 'Slow' });
	});

	test('sends an object in Additional JSON in the way of Rails', async () => {
		world.sendsAnything = true;
		await world.run({ parameters: change('update', { additionalJson: '{"new_field": {"a": 1}}' }) });
		expect(log()[0]?.query).toEqual({ 'new_field[a]': '1' });
	});

	test.each<INodeParameters>([
		{},
		{ carrier: '', service: '', shipping_cost: '', tracking_number: '' },
		{ carrier: '  ', additionalJson: '{}' },
		{ additionalJson: '  ' },
	])('of nothing, %j, is refused', async (fields) => {
		const { message, itemIndex } = await failureOf(world.run({ parameters: change('update', fields) }));
		expect(message).toBe('There is nothing to save for the pick ticket');
		expect(itemIndex).toBe(0);
		expect(world.asked()).toEqual([]);
	});
});

describe('Mark as Shipped', () => {
	test.each<INodeParameters>([{}, { carrier: '', service: ' ', shipping_cost: '', additionalJson: '{}' }])(
		'without tracking, %j, is one request without values',
		async (fields) => {
			const { items } = await world.run({ parameters: change('ship', fields) });
			expect(world.asked('/pick_tickets')).toEqual([ship]);
			expect(log()[0]?.body).toBeUndefined();
			expect(items).toEqual([{ json: await ticket(), pairedItem: { item: 0 } }]);
			expect(items[0]?.json).toMatchObject({ id: 3000079, status: 'shipped' });
		},
	);

	test('with tracking saves it first, then marks: exactly these two requests', async () => {
		const { records } = await world.run({ parameters: change('ship', tracking) });
		const requests = log();
		expect(asked()).toEqual([update, ship]);
		expect(requests.map(({ query }) => query)).toEqual([tracking, {}]);
		expect(requests.map(({ body }) => body)).toEqual([undefined, undefined]);
		expect(records).toEqual([await ticket()]);
		expect(records[0]).toMatchObject({ status: 'shipped', carrier: 'dhl', shipping_cost: '12.5' });
	});

	test('with Additional JSON only saves that first', async () => {
		world.sendsAnything = true;
		await world.run({ parameters: change('ship', { additionalJson: '{"new_field": "x"}' }) });
		expect(world.asked('/pick_tickets')).toEqual([`${update} new_field=x`, ship]);
	});

	test.each([
		['status', 422],
		['status', 403],
		['status', 500],
		['status', 503],
		['drop', 0],
		['hang', 0],
	] as const)('that fails (%s %i) after tracking was saved says what was done', async (kind, status) => {
		Object.assign(limits, { requestTimeoutMs: 200 });
		injectFault(`${path}/ship`, { kind, status, times: 10, body: { error: 'not yet' } });
		const { message, description, itemIndex } = await failureOf(world.run({ parameters: change('ship', tracking) }));
		expect(message).toMatch(/^Tracking was saved, but Uphance did not confirm that pick ticket 3000079 is shipped: ./);
		expect(description).toContain('Run it again. You can save the same tracking data twice.');
		expect(`${message} ${description}`).not.toMatch(/nothing was/i);
		expect(itemIndex).toBe(0);
		expect(await ticket()).toMatchObject({ tracking_number: tracking.tracking_number, status: 'published' });
	});

	test('that fails after tracking was saved says why', async () => {
		injectFault(`${path}/ship`, { kind: 'status', status: 422, body: { errors: { status: ['is on hold'] } } });
		const { message } = await failureOf(world.run({ parameters: change('ship', tracking) }));
		expect(message).toContain('status is on hold');
	});

	test('that fails without tracking does not mention tracking', async () => {
		injectFault(`${path}/ship`, { kind: 'status', status: 422 });
		const { message, description } = await failureOf(world.run({ parameters: change('ship') }));
		expect(`${message} ${description}`).not.toContain('racking');
	});

	test.each([404, 422, 500])('does not mark a ticket whose tracking could not be saved (%i)', async (status) => {
		injectFault(path, { kind: 'status', status, times: 9 });
		await failureOf(world.run({ parameters: change('ship', tracking) }));
		// This user has two organisations, so a ticket that is not found is asked for once more.
		expect(new Set(asked())).toEqual(new Set([update]));
	});

	test('of a ticket that is deleted after tracking was saved does not say that nothing was changed', async () => {
		injectFault(`${path}/ship`, { kind: 'status', status: 404, times: 9 });
		const { message, description } = await failureOf(world.run({ parameters: change('ship', tracking) }));
		expect(message).toBe('No pick ticket has the ID 3000079');
		expect(`${message} ${description}`).toContain('Tracking was saved');
		expect(`${message} ${description}`).not.toContain('Nothing was');
	});
});

describe('Mark as Shipped, If Already Shipped', () => {
	const get = `GET ${path}`;
	const once = (fields: INodeParameters = {}, more: INodeParameters = {}) =>
		change('ship', fields, { options: {}, ...more });
	const shipped = chosen('3000879');

	test('looks at the ticket first and says that it was not shipped', async () => {
		const { records } = await world.run({ parameters: once(tracking) });
		expect(asked()).toEqual([get, update, ship]);
		expect(records).toEqual([{ ...(await ticket()), alreadyShipped: false }]);
	});

	test('does not look again at a ticket that was found by its shipment number', async () => {
		await world.run({ parameters: once({}, { pickTicketId: chosen('40000', 'shipmentNumber') }) });
		expect(asked()).toEqual(['GET /pick_tickets', ship]);
	});

	test('leaves a shipped one as it is, tracking included, and says so', async () => {
		const before = await ticket('3000879');
		world.uphance.clearLog();
		const { items, hints } = await world.run({ parameters: once(tracking, { pickTicketId: shipped }) });
		expect(asked()).toEqual(['GET /pick_tickets/3000879']);
		expect(items).toEqual([{ json: { ...before, alreadyShipped: true }, pairedItem: { item: 0 } }]);
		expect(await ticket('3000879')).toEqual(before);
		expect(hints).toHaveLength(1);
		expect(hints[0]?.message).toMatch(
			/^Pick ticket \d+ for .+ was shipped already, so the node changed nothing\. To change its tracking data, use Update\./,
		);
	});

	test('leaves one that it has shipped before', async () => {
		await world.run({ parameters: once(tracking) });
		world.uphance.clearLog();
		const { records } = await world.run({ parameters: once(tracking) });
		expect(asked()).toEqual([get]);
		expect(records[0]).toMatchObject({ id: 3000079, status: 'shipped', alreadyShipped: true });
	});

	test.each(['SHIPPED', ' Shipped '])('knows the status %j', async (status) => {
		const body = { pick_ticket: { id: 3000079, organisation_id: 9579, status } };
		world.uphance.fault({ path, method: 'GET', kind: 'json', body });
		const { records } = await world.run({ parameters: once() });
		expect(records).toEqual([{ ...body.pick_ticket, alreadyShipped: true }]);
	});

	test.each(['published', 'shipping', 'not shipped', null, undefined])('ships one of status %j', async (status) => {
		const body = { pick_ticket: { id: 3000079, organisation_id: 9579, status } };
		world.uphance.fault({ path, method: 'GET', kind: 'json', body });
		await world.run({ parameters: once() });
		expect(asked()).toEqual([get, ship]);
	});

	test('of a ticket that was deleted sends nothing that changes something', async () => {
		world.uphance.deletePickTicket(3000079);
		const { message, description } = await failureOf(world.run({ parameters: once(tracking) }));
		expect(message).toBe('No pick ticket has the ID 3000079');
		expect(description).toContain('Nothing was changed.');
		expect(asked().filter((request) => request.startsWith('PUT'))).toEqual([]);
	});

	test('set to ship again ships a shipped one, and does not look', async () => {
		const parameters = change('ship', {}, { pickTicketId: shipped });
		const { records } = await world.run({ parameters });
		expect(asked()).toEqual(['PUT /pick_tickets/3000879/ship']);
		expect(records[0]).toMatchObject({ id: 3000879, status: 'shipped' });
		expect(records[0]).not.toHaveProperty('alreadyShipped');
	});

	test('shows number, status and whether it was shipped first', async () => {
		const items = [{ id: 3000079 }, { id: 3000879 }];
		const parameters = once({}, { pickTicketId: chosen('={{ $json.id }}') });
		const { records, hints } = await world.run({ parameters, items });
		for (const record of records)
			expect(Object.keys(record).slice(0, 3)).toEqual(['shipment_number', 'status', 'alreadyShipped']);
		expect(records.map(({ alreadyShipped }) => alreadyShipped)).toEqual([false, true]);
		expect(hints).toEqual([]);
	});

	test.each(['again', '', '={{ $json.nowhere }}', '={{ true }}'])('set to %j is refused', async (ifAlreadyShipped) => {
		const run = world.run({ parameters: once({}, { options: { ifAlreadyShipped } }) });
		expect((await failureOf(run)).message).toContain("'If Already Shipped'");
		expect(world.asked()).toEqual([]);
	});
});

test('The list of pick tickets shows those that are not shipped first, each part with the newest first', async () => {
	const { results } = await listSearch(world.credential, 'searchPickTickets');
	const areShipped = results.map(({ name }) => name.includes('shipped'));
	expect(new Set(areShipped).size).toBe(2);
	expect(areShipped).toEqual([...areShipped].sort((a, b) => Number(a) - Number(b)));
	for (const isShipped of [false, true]) {
		const ids = results.flatMap(({ value }, index) => (areShipped[index] === isShipped ? [Number(value)] : []));
		expect(ids).toEqual([...ids].sort((a, b) => b - a));
	}
});

describe.each(operations)('%s', (operation) => {
	const one = change(operation, { tracking_number: 'A1' });
	const requests = operation === 'ship' ? [update, ship] : [update];

	test.each([
		chosen('3000079', 'list'),
		chosen(' 3000079 '),
		chosen('={{ 3000079 }}'),
		chosen('https://app.uphance.com/pick_tickets/3000079'),
		'3000079',
	])('of the ticket %j needs no look-up', async (pickTicketId) => {
		await world.run({ parameters: { ...one, pickTicketId } });
		expect(asked()).toEqual(requests);
	});

	test.each(['40000', '#40000', '={{ 40000 }}'])('of shipment %s looks the ticket up once', async (number) => {
		await world.run({ parameters: { ...one, pickTicketId: chosen(number, 'shipmentNumber') } });
		expect(world.asked('/pick_tickets')[0]).toContain('by_shipment_number=40000');
		expect(asked()).toEqual(['GET /pick_tickets', ...requests]);
	});

	test.each([false, true])(
		'of a shipment that does not exist changes nothing (filter ignored: %s)',
		async (ignores) => {
			await world.start({ switches: { ignoresFilters: ignores } });
			const pickTicketId = chosen('99999', 'shipmentNumber');
			const { message, description } = await failureOf(world.run({ parameters: { ...one, pickTicketId } }));
			expect(message).toBe("No pick ticket has the shipment number '99999'");
			expect(description).toContain('Looked in organisation Uphance Demo (9579).');
			expect(asked().filter((request) => request.startsWith('PUT'))).toEqual([]);
		},
	);

	test.each(['empty', 'json', 'status'] as const)('of a ticket that was deleted says so (%s)', async (notFoundBody) => {
		await world.start({ switches: { notFoundBody } });
		world.uphance.deletePickTicket(3000079);
		for (const fields of [{}, { tracking_number: 'A1' }]) {
			if (operation === 'update' && Object.keys(fields).length === 0) continue;
			world.uphance.clearLog();
			const run = world.run({ parameters: change(operation, fields) });
			const { message, description, itemIndex } = await failureOf(run);
			expect(message).toBe('No pick ticket has the ID 3000079');
			expect(description).toBe(
				'Nothing was changed. Check the ID: it is not the shipment number. If it is right, somebody may have deleted the pick ticket while the warehouse worked on it. Then ask that person before you ship again.',
			);
			expect(itemIndex).toBe(0);
			expect(asked().length).toBe(2);
		}
	});

	test('of a ticket of another organisation changes nothing', async () => {
		const [id = ''] = await ticketsOf('9601');
		const before = await ticket(id, '9601');
		await failureOf(world.run({ parameters: { ...one, pickTicketId: chosen(id) } }));
		expect(await ticket(id, '9601')).toEqual(before);
	});

	test('names the fields that Uphance refuses', async () => {
		injectFault(path, { kind: 'status', status: 422, body: { errors: { carrier: ['is not known', 'is too short'] } } });
		const { message } = await failureOf(world.run({ parameters: one }));
		expect(message).toContain('Uphance refused');
		expect(message).toContain('carrier is not known');
		expect(message).toContain('is too short');
		expect(asked()).toEqual([update]);
	});

	test.each([
		['status', 500],
		['status', 502],
		['status', 503],
		['status', 504],
		['drop', 0],
		['dropAfter', 0],
		['hang', 0],
	] as const)('is not retried after %s %i, and never said to have changed nothing', async (kind, status) => {
		Object.assign(limits, { requestTimeoutMs: 200 });
		injectFault(path, { kind, status, times: 10 });
		const { message, description } = await failureOf(world.run({ parameters: one }));
		expect(`${message} ${description}`).not.toMatch(/nothing was|undefined/i);
		expect(asked()).toEqual([update]);
	});

	test('is retried after 429', async () => {
		injectFault(path, { kind: 'status', status: 429, times: 2 });
		await world.run({ parameters: one });
		expect(asked()).toEqual([update, update, ...requests]);
	});

	test('does not take a ticket for deleted because someone switched in Uphance’s own page', async () => {
		Object.assign(limits, { initialDelayMs: 200 });
		injectFault(path, { kind: 'status', status: 429 });
		const running = world.run({ parameters: one }).then(
			() => '',
			({ message }: Error) => message,
		);
		await until(() => asked().length === 1);
		world.uphance.switchOrganisation(group.email, 9601);
		expect(await running).not.toContain('no longer in Uphance');
	});

	test('runs under Retry On Fail, because it is idempotent', async () => {
		const run = async () => await world.run({ parameters: one, retryOnFail: true });
		expect((await run()).records).toHaveLength(1);
		expect((await run()).records).toHaveLength(1);
	});

	describe('is refused, and nothing sent,', () => {
		async function refusal(parameters: INodeParameters): Promise<Failed> {
			const failed = await failureOf(world.run({ parameters }));
			expect(world.asked()).toEqual([]);
			expect(failed.itemIndex).toBe(0);
			expect(failed.message).not.toMatch(/undefined|\[object|is not a function|Cannot read/);
			return failed;
		}

		test.each(['4,50', '1.234,50', '-4.50', 'free', '1e3', '={{ -1 }}', '={{ true }}', '={{ NaN }}'])(
			'when the cost is %j',
			async (shipping_cost) => {
				expect((await refusal(change(operation, { shipping_cost }))).message).toContain("'Shipping Cost'");
			},
		);

		test.each([
			['carrier', "'Carrier'"],
			['service', "'Service'"],
			['shipping_cost', "'Shipping Cost'"],
			['tracking_number', "'Tracking Number'"],
			['additionalJson', "'Additional JSON'"],
		])('when the expression of %s yields nothing, by its name', async (field, name) => {
			for (const value of ['={{ $json.nowhere }}', '={{ null }}', '={{ [1] }}']) {
				const { message } = await refusal(change(operation, { service: 'Express', [field]: value }));
				expect(message).toContain(name);
			}
		});

		test.each(['{"notes": ', 'notes', '[{"notes": "x"}]', '5', 'null'])(
			'when Additional JSON is %j and no object',
			async (additionalJson) => {
				expect((await refusal(change(operation, { additionalJson }))).message).toContain("'Additional JSON'");
			},
		);

		test.each([
			['id', 'JD3000079'],
			['id', '#3000079'],
			['id', '3000079.5'],
			['id', '3000079/ship'],
			['id', '3000079?x=1'],
			['id', '../sales_orders/9005'],
			['id', '-1'],
			['id', '0'],
			['id', 'https://app.uphance.com/invoices/3000079'],
			['id', ''],
			['list', ''],
			['shipmentNumber', '  '],
			['id', '={{ $json.nowhere }}'],
			['shipmentNumber', '={{ null }}'],
		])('when the ticket is chosen by %s as %j', async (mode, value) => {
			const { message } = await refusal({ ...one, pickTicketId: chosen(value, mode) });
			expect(message).toContain("'Pick Ticket'");
		});
	});

	test.each(['singular', 'plural', 'list', 'bare'] as const)('reads the envelope "%s"', async (single) => {
		await world.start({ switches: { single } });
		const { records } = await world.run({ parameters: one });
		expect(records).toEqual([await ticket()]);
		expect(records[0]).toMatchObject({ id: 3000079, tracking_number: 'A1' });
	});

	/** Spoils the last request of the operation. */
	const spoilLast = (fault: Omit<Fault, 'path' | 'method'>) =>
		injectFault(`${path}${operation === 'ship' ? '/ship' : ''}`, fault);

	test.each([
		['empty', undefined],
		['json', {}],
		['json', { Status: 'Updated' }],
		['json', { Status: 'OK' }],
		['json', { success: true }],
		['json', ' '],
	] as const)(
		'that is answered with no more than success (%s %j) passes on which ticket it was',
		async (kind, body) => {
			spoilLast({ kind, body });
			const { items } = await world.run({ parameters: one });
			expect(items).toEqual([{ json: { id: 3000079 }, pairedItem: { item: 0 } }]);
			expect(asked()).toEqual(requests);
		},
	);

	test.each<[unknown, string]>([
		[{ error: 'Pick ticket is on hold' }, 'Pick ticket is on hold'],
		[{ errors: ['is on hold', 'has no stock'] }, 'is on hold; has no stock'],
		[{ errors: { status: ['is on hold'] } }, 'status is on hold'],
		[{ success: false }, 'refused'],
		[{ success: false, message: 'is on hold' }, 'is on hold'],
		[{ Status: 'Failed' }, 'Status Failed'],
		[{ pick_ticket: { id: 3000079 }, error: 'is on hold' }, 'is on hold'],
		[{ pick_ticket: { id: 3000079, errors: { status: ['is on hold'] } } }, 'status is on hold'],
	])('fails when Uphance answers 200 with %j', async (body, reason) => {
		spoilLast({ kind: 'json', body });
		const { message, description, itemIndex } = await failureOf(world.run({ parameters: one }));
		expect(message).toContain('Uphance refused');
		expect(message).toContain(reason);
		expect(description).not.toBe('');
		expect(itemIndex).toBe(0);
		expect(asked()).toEqual(requests);
	});

	test.each<[string, Omit<Fault, 'path' | 'method'>]>([
		['a web page', { kind: 'html', status: 200 }],
		['JSON that breaks off', { kind: 'malformed' }],
		['a text', { kind: 'json', body: 'Come back tomorrow' }],
		['null', { kind: 'json', body: null }],
		['an empty list', { kind: 'json', body: [] }],
		['a list of no tickets', { kind: 'json', body: { pick_tickets: [] } }],
		['the record of another resource', { kind: 'json', body: { sales_order: { id: 3000079 } } }],
		['another ticket', { kind: 'json', body: { pick_ticket: { id: 3000379 } } }],
		['a word that leaves open what happened', { kind: 'json', body: { Status: 'Queued' } }],
	])('fails, and is not sent again, when Uphance answers 200 with %s', async (_, fault) => {
		spoilLast({ times: 9, ...fault });
		const { message, description } = await failureOf(world.run({ parameters: one }));
		expect(message).toContain('Uphance gave an unexpected answer when asked to');
		expect(description).not.toBe('');
		expect(`${message} ${description}`).not.toContain('no longer in Uphance');
		expect(asked()).toEqual(requests);
	});

	test.each([{ putValues: 'both' }, { createdStatus: 200 }] as const)('accepts the answer %j', async (switches) => {
		await world.start({ switches });
		await world.run({ parameters: one });
		expect(await ticket()).toHaveProperty('tracking_number', 'A1');
	});

	test('of many items changes each, linked to its item', async () => {
		const items = [
			{ ticket: '3000079', number: 'A' },
			{ ticket: '3000379', number: 'B' },
		];
		const each = change(operation, { tracking_number: '={{ $json.number }}' });
		const ran = await world.run({ parameters: { ...each, pickTicketId: chosen('={{ $json.ticket }}') }, items });
		expect(ran.items.map(({ json, pairedItem }) => [json.id, json.tracking_number, pairedItem])).toEqual([
			[3000079, 'A', { item: 0 }],
			[3000379, 'B', { item: 1 }],
		]);
	});

	test('with Continue On Fail emits a failed item with nothing but its error, and changes the others', async () => {
		world.uphance.deletePickTicket(3000379);
		const items = ['3000079', '3000379', '3000879', 'none'].map((id) => ({ id }));
		const parameters = { ...one, pickTicketId: chosen('={{ $json.id }}') };
		const ran = await world.run({ parameters, items, continueOnFail: true });
		expect(ran.items.map(({ json }) => json.id)).toEqual([3000079, undefined, 3000879, undefined]);
		expect(ran.items[1]).toEqual({ json: { error: expect.any(String) }, pairedItem: { item: 1 } });
		expect(ran.items[1]?.json.error).toMatch(
			/^Pick ticket 2 of 4: No pick ticket has the ID 3000379\. Nothing was changed/,
		);
		expect(ran.items[3]).toEqual({ json: { error: expect.any(String) }, pairedItem: { item: 3 } });
	});

	describe.each(['user', 'token'] as const)('with an organisation for each %s', (organisationState) => {
		beforeEach(async () => await world.start({ switches: { organisationState } }));

		test('changes a ticket of another one there, also when the session ends at that moment', async () => {
			const [id = ''] = await ticketsOf('9601');
			for (const { split } of [{ split: false }, { split: true }]) {
				world.uphance.clearLog();
				const of = `/pick_tickets/${id}${operation === 'ship' ? '/ship' : ''}`;
				if (split) injectFault(of, { kind: 'expireFirst' });
				const options = { ...(one.options as INodeParameters | undefined), organisationId: '9601' };
				const { records } = await world.run({ parameters: { ...one, pickTicketId: chosen(id), options } });
				expect(records[0]).toMatchObject({ id: Number(id), organisation_id: 9601, tracking_number: 'A1' });
				expect(await ticket(id, '9601')).toEqual(records[0]);
			}
		});
	});

	test.each([
		['status', 422],
		['status', 404],
		['status', 401],
		['status', 500],
		['drop', 0],
		['hang', 0],
		['redirect', 302],
	] as const)('has nothing secret in its error for %s %i', async (kind, status) => {
		Object.assign(limits, { requestTimeoutMs: 200 });
		injectFault(path, { kind, status, times: 10 });
		const { whole } = await failureOf(world.run({ parameters: one }));
		for (const secret of [...world.uphance.secrets(), String(world.credential.data.password)]) {
			expect(whole).not.toContain(secret);
		}
	});
});
