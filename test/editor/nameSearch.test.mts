import { describe, expect, test } from '@jest/globals';
import { listSearch } from '../n8n.mts';
import { useWorld } from '../world.mts';

const world = useWorld({ uphance: { orders: 1250 }, signedIn: true });

const namesIn = async (method: string, filter?: string) =>
	(await listSearch(world.credential, method, filter)).results.map(({ value }) => value);

describe('The list of names', () => {
	test.each([
		['searchPaymentTerms', 'Net 30', ['GET /sales_orders', 'GET /sales_orders page=13']],
		[
			'searchWarehouses',
			'Primary warehouse',
			['GET /pick_tickets', expect.any(String), 'GET /sales_orders', 'GET /sales_orders page=13'],
		],
		['searchCarriers', 'australia_post', ['GET /pick_tickets', expect.any(String)]],
	])('of %s comes from the first and the last page', async (method, name, asked) => {
		expect(await namesIn(method)).toContain(name);
		expect(world.asked()).toEqual(asked);
	});

	test('of agents comes from customers', async () => {
		const names = await namesIn('searchAgents');
		expect(names.length).toBeGreaterThan(0);
		expect(names).toEqual([...new Set(names)].sort());
	});

	test('is searched in any letter case', async () => {
		expect(await namesIn('searchCarriers', 'POST')).toEqual(['australia_post']);
		expect(await namesIn('searchPaymentTerms', 'net 30')).toEqual(['Net 30']);
		expect(await namesIn('searchWarehouses', 'nowhere')).toEqual([]);
	});

	test('of carriers has the known ones where no pick ticket has any', async () => {
		await world.start({ orders: 0 });
		expect(await namesIn('searchCarriers')).toEqual(['australia_post', 'dhl']);
		expect(await namesIn('searchPaymentTerms')).toEqual([]);
	});
});

describe('A name', () => {
	const chosen = (mode: 'list' | 'name', value: string) => ({ __rl: true, mode, value }) as const;
	const sent = () => world.uphance.log().at(-1);

	test.each(['list', 'name'] as const)('by mode %s is sent as text', async (mode) => {
		const pickTicketId = { __rl: true, mode: 'id', value: '3000079' } as const;
		const carrier = chosen(mode, 'dhl');
		await world.run({ parameters: { resource: 'pickTicket', operation: 'update', pickTicketId, carrier } });
		expect(sent()?.query).toEqual({ carrier: 'dhl' });
	});

	test.each([
		['={{ $json.carrier }}', { carrier: 'dhl' }],
		['={{ $json.none }}', { service: 'Express' }],
		['', { service: 'Express' }],
	])('that is %j', async (value, query) => {
		const pickTicketId = { __rl: true, mode: 'id', value: '3000079' } as const;
		const updateFields = 'service' in query ? query : {};
		const carrier = chosen('name', value);
		const parameters = { resource: 'pickTicket', operation: 'update', pickTicketId, carrier, updateFields };
		await world.run({ parameters, items: [{ carrier: 'dhl', none: '' }] });
		expect(sent()?.query).toEqual(query);
	});

	test.each(['list', 'name'] as const)('of a warehouse filters pick tickets by mode %s', async (mode) => {
		const filters = { warehouse_name: chosen(mode, 'Primary warehouse') };
		await world.run({
			parameters: { resource: 'pickTicket', operation: 'getAll', limit: 1, newestFirst: false, filters },
		});
		expect(world.asked('/pick_tickets')).toEqual(['GET /pick_tickets filter[warehouse_name]=Primary warehouse']);
	});
});
