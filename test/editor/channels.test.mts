import { expect, test } from '@jest/globals';
import { failureOf } from '../n8n.mts';
import { groupForm, useWorld } from '../world.mts';

const world = useWorld({ limits: { initialDelayMs: 5 }, starts: 'inTest' });

const parameters = { resource: 'channel', operation: 'getAll' };

const channels = [
	{ channel_ID: 6933, channel_name: 'Wholesale', currency: 'GBP' },
	{ channel_ID: 6934, channel_name: 'Wholesale', currency: 'EUR' },
	{ channel_ID: 6935, channel_name: 'Wholesale', currency: 'USD' },
	{ channel_ID: 6941, channel_name: 'Retail', currency: 'EUR' },
	{ channel_ID: 6950, channel_name: 'Online Store', currency: 'GBP' },
];

test.each([
	[{ returnAll: true }, 5],
	[{ returnAll: true, limit: 1 }, 5],
	[{}, 5],
	[{ limit: 5 }, 5],
	[{ limit: 2 }, 2],
	[{ returnAll: false, limit: 1 }, 1],
])('With %j there are %i channels, as Uphance sends them, from one request', async (how, count) => {
	await world.start();
	const { records } = await world.run({ parameters: { ...parameters, ...how } });
	expect(JSON.stringify(records)).toBe(JSON.stringify(channels.slice(0, count)));
	expect(world.asked('/channels')).toEqual(['GET /channels']);
});

test('Each item is linked to its input item', async () => {
	await world.start();
	const limited = { ...parameters, limit: '={{ $json.limit }}' };
	const { items } = await world.run({ parameters: limited, items: [{ limit: 1 }, { limit: 2 }] });
	expect(items.map(({ json, pairedItem }) => [json.channel_ID, pairedItem])).toEqual([
		[6933, { item: 0 }],
		[6933, { item: 1 }],
		[6934, { item: 1 }],
	]);
});

test('Returns the channels of another organisation when it is chosen', async () => {
	await world.start({}, groupForm);
	await world.run();
	world.uphance.clearLog();
	const options = { organisationId: 'Uphance Outlet' };
	const { records } = await world.run({ parameters: { ...parameters, options } });
	expect(records).toHaveLength(5);
	const bodies = world.uphance.log().filter(({ path }) => path === '/organisations/set_current_org');
	expect(bodies.map(({ body }) => body)).toEqual([{ organizationId: 9601 }, { organizationId: 9579 }]);
});

test('A limit of 0 is refused', async () => {
	await world.start();
	const { message } = await failureOf(world.run({ parameters: { ...parameters, limit: 0 } }));
	expect(message).toContain("'Limit'");
	expect(world.asked('/channels')).toEqual([]);
});

test.each([
	[{ kind: 'empty' }],
	[{ kind: 'json', body: {} }],
	[{ kind: 'json', body: { channels: 'none' } }],
	[{ kind: 'malformed' }],
] as const)('Fails with an explanation when the answer is no list (%j)', async (fault) => {
	await world.start();
	world.uphance.fault({ ...fault, path: '/channels', times: 100 });
	const { message } = await failureOf(world.run({ parameters: { ...parameters, returnAll: true } }));
	expect(message).toContain('list channels');
});
