import { expect, test } from '@jest/globals';
import { failureOf } from '../n8n.mts';
import { useWorld } from '../world.mts';

const world = useWorld({ signedIn: true });

test.each([0, -1, 2.5, '={{ "many" }}', '={{ null }}', '={{ Infinity }}'])(
	'refuses a limit of %j with advice, and reads no list',
	async (limit) => {
		const { message, description } = await failureOf(world.run({ parameters: { limit } }));
		expect(message).toContain("'Limit' must be a whole number from 1");
		expect(description).toContain("'Return All'");
		expect(world.asked('/sales_orders')).toEqual([]);
	},
);

test.each(['={{ $json.nope }}', '={{ null }}', '={{ [101] }}', '={{ { a: 1 } }}', '={{ true }}'])(
	'refuses an order number from %j: all orders would seem to match',
	async (typed) => {
		const { message } = await failureOf(world.run({ parameters: { filters: { by_order_number: typed } } }));
		expect(message).toContain("'Order Number' is empty or not a single value");
		expect(world.asked('/sales_orders')).toEqual([]);
	},
);

test('accepts a limit that an expression returns as text', async () => {
	const { records } = await world.run({ parameters: { limit: '={{ "3" }}' } });
	expect(records).toHaveLength(3);
});

test.each(['#9005', '90 05', '-1', '9005.5', 'PO234', '1e4'])(
	'refuses After ID %j, and reads no list',
	async (typed) => {
		const { message } = await failureOf(world.run({ parameters: { filters: { since_id: typed } } }));
		expect(message).toContain("'After ID' is not a number");
		expect(message).toContain(typed);
		expect(world.asked('/sales_orders')).toEqual([]);
	},
);
