import { expect, test } from '@jest/globals';
import documented from '../../sandbox/uphance/documented/salesOrders.json';
import { useWorld } from '../world.mts';

const world = useWorld({ starts: 'inTest' });

const [first, second] = documented.sales_orders;

test('returns an order with ten fields by default: number as text, amount as number', async () => {
	await world.start({ orders: 2, switches: { orderNumber: 'number' } });
	const { records } = await world.run({ parameters: { newestFirst: false } });
	expect(records[0]).toStrictEqual({
		id: 9005,
		order_number: '101',
		purchase_order_ref: 'PO234',
		status: null,
		company_id: 9498,
		company_name: 'Barneys',
		fulfillment_status: 'nothing_shipped',
		grand_total: 56.76,
		currency: 'GBP',
		created_at: '2018-11-01T20:51:14.000+00:00',
	});
});

test('returns null for what Uphance leaves out', async () => {
	await world.start({ orders: 2 });
	const { records } = await world.run({ parameters: { newestFirst: false } });
	expect(second).not.toHaveProperty('status');
	expect(second).not.toHaveProperty('purchase_order_ref');
	expect(records[1]).toMatchObject({ id: 9042, order_number: '102', status: null, purchase_order_ref: null });
});

test.each([[{ returnAll: true }], [{ limit: 2, newestFirst: false }]])(
	'returns exactly what Uphance sent when Simplify is off, with %j',
	async (parameters) => {
		await world.start({ orders: 2, switches: { orderNumber: 'number' } });
		const { records } = await world.run({ parameters: { ...parameters, simplify: false } });
		expect(JSON.stringify(records)).toBe(JSON.stringify([first, second]));
	},
);
