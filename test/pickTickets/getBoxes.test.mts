import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../sandbox/uphance/faults.mts';
import { group } from '../../sandbox/uphance/uphance.mts';
import { failureOf } from '../n8n.mts';
import { groupForm, useWorld } from '../world.mts';

const world = useWorld({ signedIn: true, limits: { initialDelayMs: 5, requestTimeoutMs: 2_000 } });

const path = '/pick_tickets/3000079/box_items';
const chosen = (value: string | number, mode = 'id') => ({ __rl: true, mode, value }) as INodeParameters;
const getBoxes = (more: INodeParameters = {}): INodeParameters => ({
	resource: 'pickTicket',
	operation: 'getBoxes',
	pickTicketId: chosen('3000079'),
	...more,
});
const injectFault = (fault: Omit<Fault, 'path'>, at = path) => world.uphance.fault({ path: at, ...fault });

/** Two boxes; a size is in both, and the second one lacks all that may be missing. */
const twoBoxes: IDataObject[] = [
	{
		id: 11,
		net_weight: 5,
		gross_weight: '6.5',
		dimensions: '60 x 40 x 40',
		box_weight: 1,
		shipment_id: 3000079,
		shipment_box_items: [
			{
				id: 111,
				quantity: 3,
				shipment_box_id: 11,
				shipment_line_quantity_id: 71,
				shipment_line_quantity: {
					id: 71,
					size: 'M',
					quantity: 4,
					sku_number: 'AW24-M',
					sku_id: 640902,
					inventory_id: 9,
					upc_number: '5000006409024',
					bundle_components: [],
					warehouse_location: 'A-1',
					box: '1',
				},
			},
			{
				id: 112,
				quantity: 2,
				shipment_line_quantity: { id: 72, size: 'L', quantity: 2, sku_number: '', sku_id: 640903 },
			},
		],
	},
	{ id: 12, net_weight: null, shipment_id: 3000079, shipment_box_items: [{ id: 121, quantity: 1 }] },
];

describe('Get Boxes', () => {
	test('returns one item per box, as Uphance sends it, with one request', async () => {
		injectFault({ kind: 'json', body: { shipment_boxes: twoBoxes } });
		const { items } = await world.run({ parameters: getBoxes() });
		expect(items).toEqual(twoBoxes.map((json) => ({ json, pairedItem: { item: 0 } })));
		expect(world.asked()).toEqual([`GET ${path}`]);
	});

	test('returns one item per SKU in a box, with the quantity in that box and every key', async () => {
		injectFault({ kind: 'json', body: { shipment_boxes: twoBoxes } });
		const { records } = await world.run({ parameters: getBoxes({ itemPer: 'sku' }) });
		expect(records).toEqual([
			{
				box_id: 11,
				shipment_id: 3000079,
				dimensions: '60 x 40 x 40',
				net_weight: 5,
				gross_weight: 6.5,
				box_weight: 1,
				box_item_id: 111,
				line_quantity_id: 71,
				sku_id: 640902,
				sku_number: 'AW24-M',
				upc_number: '5000006409024',
				size: 'M',
				warehouse_location: 'A-1',
				quantity: 3,
			},
			expect.objectContaining({ box_id: 11, line_quantity_id: 72, sku_number: null, upc_number: null, quantity: 2 }),
			{
				box_id: 12,
				shipment_id: 3000079,
				dimensions: null,
				net_weight: null,
				gross_weight: null,
				box_weight: null,
				box_item_id: 121,
				line_quantity_id: null,
				sku_id: null,
				sku_number: null,
				upc_number: null,
				size: null,
				warehouse_location: null,
				quantity: 1,
			},
		]);
		expect(world.asked()).toEqual([`GET ${path}`]);
	});

	test('finds the pick ticket by its shipment number', async () => {
		const { records } = await world.run({ parameters: getBoxes({ pickTicketId: chosen('#40000', 'shipmentNumber') }) });
		expect(new Set(records.map(({ shipment_id }) => shipment_id))).toEqual(new Set([3000079]));
		expect(world.asked()).toEqual(['GET /pick_tickets by_shipment_number=40000', `GET ${path}`]);
	});

	test('returns the pieces of the pick ticket, each box linked to its input item', async () => {
		const items = [{ id: 3000079 }, { id: 3000379 }];
		const parameters = getBoxes({ pickTicketId: chosen('={{ $json.id }}'), itemPer: 'sku' });
		const ran = await world.run({ parameters, items });
		for (const [item, { id }] of items.entries()) {
			const ticket = { resource: 'pickTicket', operation: 'get', pickTicketId: chosen(id), itemPer: 'sku' };
			const { records } = await world.run({ parameters: ticket });
			const own = ran.items.filter(({ pairedItem }) => JSON.stringify(pairedItem) === JSON.stringify({ item }));
			const sum = (rows: IDataObject[]) => rows.reduce((total, { quantity }) => total + Number(quantity), 0);
			expect(own.length).toBeGreaterThan(0);
			expect(sum(own.map(({ json }) => json))).toBe(sum(records));
		}
	});

	test('reads the next page when Uphance names one', async () => {
		const page = (boxes: IDataObject[], current_page: number, next_page: number | null) => ({
			kind: 'json' as const,
			body: { shipment_boxes: boxes, meta: { current_page, next_page, total_pages: 2, total_count: 2 } },
		});
		injectFault(page(twoBoxes.slice(0, 1), 1, 2));
		injectFault({ ...page(twoBoxes.slice(1), 2, null), page: 2 });
		world.sendsAnything = true;
		const { records } = await world.run({ parameters: getBoxes() });
		expect(records).toEqual(twoBoxes);
	});

	test.each(['record', 'sku'])('returns no item, and a hint, when there is no box (%s)', async (itemPer) => {
		injectFault({ kind: 'json', body: { shipment_boxes: [] } });
		const { items, hints } = await world.run({ parameters: getBoxes({ itemPer }) });
		expect(items).toEqual([]);
		expect(hints.map(({ message }) => message)).toEqual(['Pick ticket 3000079 has no boxes']);
	});

	test.each(['empty', 'json', 'status'] as const)(
		'says that there is no such pick ticket (404: %s)',
		async (notFoundBody) => {
			await world.start({ switches: { notFoundBody } });
			const { message, description } = await failureOf(
				world.run({ parameters: getBoxes({ pickTicketId: chosen(4711) }) }),
			);
			expect(message).toBe('No pick ticket has the ID 4711');
			expect(description).toContain('Looked in organisation Uphance Demo (9579).');
			expect(world.asked()).toEqual(['GET /pick_tickets/4711/box_items', 'GET /pick_tickets/4711']);
		},
	);

	test('fails, and does not say that there are none, when Uphance does not know the request', async () => {
		injectFault({ kind: 'status', status: 404, body: { status: 404, error: 'Not Found' }, times: 9 });
		const { message, description } = await failureOf(world.run({ parameters: getBoxes() }));
		expect(message).toBe('Uphance has pick ticket 3000079, but did not find its boxes');
		expect(description).toContain('it is not documented');
		expect(world.asked()).toEqual([`GET ${path}`, 'GET /pick_tickets/3000079', `GET ${path}`]);
	});

	test.each([{}, [], { shipment_boxes: null }, { shipment_boxes: ['1'] }, { boxes: twoBoxes }])(
		'fails when the answer is %j',
		async (body) => {
			injectFault({ kind: 'json', body, times: 2 });
			const { message } = await failureOf(world.run({ parameters: getBoxes() }));
			expect(message).toBe('Uphance gave an unexpected answer when asked to list boxes of pick ticket 3000079');
		},
	);

	test.each(['line', 'box', '={{ null }}'])(
		"is refused, and nothing sent, when 'Return One Item Per' is %s",
		async (itemPer) => {
			const { message } = await failureOf(world.run({ parameters: getBoxes({ itemPer }) }));
			expect(message).toContain("'Return One Item Per' must be one of record, sku, not");
			expect(world.asked()).toEqual([]);
		},
	);

	test('returns the boxes also when somebody switched the organisation meanwhile', async () => {
		await world.start({}, groupForm);
		await world.run({ parameters: getBoxes() });
		world.uphance.switchOrganisation(group.email, 9601);
		const { records } = await world.run({ parameters: getBoxes() });
		expect(new Set(records.map(({ shipment_id }) => shipment_id))).toEqual(new Set([3000079]));
	});
});
