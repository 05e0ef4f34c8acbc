import { afterEach, describe, expect, test } from '@jest/globals';
import { World, failureOf } from './n8n.mts';

let world: World;
afterEach(async () => await world.close());

const pagesUpTo = (last: number) =>
	Array.from({ length: last }, (_, index) =>
		index === 0 ? 'GET /sales_orders' : `GET /sales_orders page=${index + 1}`,
	);

describe('Return All', () => {
	test.each([
		[0, 1],
		[1, 1],
		[100, 1],
		[101, 2],
		[1250, 13],
	])('%i orders come in %i pages, in order, one request at a time', async (orders, pages) => {
		world = await World.start({ orders });
		const { records } = await world.run({ parameters: { returnAll: true } });
		expect(records).toHaveLength(orders);
		expect(new Set(records.map(({ id }) => id)).size).toBe(orders);
		expect(world.asked('/sales_orders')).toEqual(pagesUpTo(pages));
		expect(Math.max(...world.uphance.log().map(({ underWay }) => underWay))).toBe(1);
		expect(world.uphance.signIns()).toBe(1);
	});
});
