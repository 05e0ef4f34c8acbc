import { expect, test } from '@jest/globals';
import { failureOf } from '../n8n.mts';
import { useWorld } from '../world.mts';

const world = useWorld({ starts: 'inTest' });

const parameters = { limit: '={{ $json.limit }}', newestFirst: false };

test('runs once for each input item and links what comes out to it', async () => {
	await world.start();
	const { items } = await world.run({ parameters, items: [{ limit: 2 }, { limit: 1 }] });
	expect(items.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
		[9005, { item: 0 }],
		[9042, { item: 0 }],
		[9005, { item: 1 }],
	]);
	expect(world.asked('/sales_orders')).toHaveLength(2);
	expect(world.asked('/oauth/token')).toHaveLength(1);
});

test('registers no organisation to read, where the user has one', async () => {
	await world.start();
	await world.run();
	world.uphance.clearLog();
	await world.run({ parameters, items: [{ limit: 1 }, { limit: 1 }, { limit: 1 }] });
	expect(world.asked('/organisations')).toEqual([]);
});

test('sends nothing without input items', async () => {
	await world.start();
	const { items } = await world.run({ items: [] });
	expect(items).toEqual([]);
	expect(world.uphance.log()).toEqual([]);
});

test('ends the run at a failed item, and names it', async () => {
	await world.start();
	const run = world.run({ parameters, items: [{ limit: 1 }, { limit: 0 }, { limit: 1 }] });
	const { message, itemIndex } = await failureOf(run);
	expect(message).toContain("'Limit'");
	expect(itemIndex).toBe(1);
	expect(world.asked('/sales_orders')).toHaveLength(1);
});

test('names the item when Uphance refuses it', async () => {
	await world.start();
	world.uphance.fault({ path: '/sales_orders', skip: 1, kind: 'status', status: 403 });
	const { itemIndex } = await failureOf(world.run({ parameters, items: [{ limit: 1 }, { limit: 1 }] }));
	expect(itemIndex).toBe(1);
});

test('with Continue On Fail the item says why, and the items after it run', async () => {
	await world.start();
	const run = { parameters, items: [{ limit: 1 }, { limit: 0 }, { limit: 2 }], continueOnFail: true };
	const { items } = await world.run(run);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }, { item: 2 }]);
	expect(items.map(({ json }) => json.id)).toEqual([9005, undefined, 9005, 9042]);
	expect(Object.keys(items[1]?.json ?? {})).toEqual(['error']);
	expect(items[1]?.json.error).toContain("'Limit'");
});

test('explains an operation that this version does not have', async () => {
	await world.start();
	const { message } = await failureOf(world.run({ parameters: { operation: 'dance' } }));
	expect(message).toContain('dance');
	expect(world.uphance.log()).toEqual([]);
});
