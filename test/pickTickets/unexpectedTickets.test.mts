import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { failureOf } from '../n8n.mts';
import { useWorld } from '../world.mts';

const world = useWorld({ signedIn: true, limits: { initialDelayMs: 1, maxAttempts: 2 } });

const path = '/pick_tickets/3000079';
const ticket = { id: 3000079, shipment_number: 40000, customer_name: 'Ann' };

/** Changes pick ticket 3000079 once for each tracking number. */
function change(operation: 'update' | 'ship', fields: INodeParameters, options: INodeParameters = {}): INodeParameters {
	return {
		resource: 'pickTicket',
		operation,
		pickTicketId: { __rl: true, mode: 'id', value: '={{ $json.id ?? 3000079 }}' },
		...fields,
		options,
	};
}
const each = { tracking_number: '={{ $json.number }}' };
const numbers = (...all: string[]) => all.map((number) => ({ number }));
const again: INodeParameters = { ifAlreadyShipped: 'ship' };

async function hintsOf(parameters: INodeParameters, items?: IDataObject[]): Promise<Array<string | undefined>> {
	return (await world.run({ parameters, items })).hints.map(({ message }) => message);
}

/** What the next change is answered with; nothing is changed. */
const answers = (pick_ticket: IDataObject, at = path, times = 1) =>
	world.uphance.fault({ path: at, method: 'PUT', kind: 'json', body: { pick_ticket }, times });

describe('The answer to saved tracking data', () => {
	const saved = {
		tracking_number: 'JD1',
		carrier: 'dhl',
		updateFields: { shipping_cost: '12.50', service: 'Express' },
	};

	test.each([
		[{ tracking_number: 'JD2' }, "tracking number 'JD2' instead of 'JD1'"],
		[
			{ carrier: 'ups', shipping_cost: '1250.0', service: 'Slow' },
			"carrier 'ups' instead of 'dhl' and service 'Slow' instead of 'Express' and shipping cost '1250.0' instead of '12.50'",
		],
	])('that has %j shows a hint', async (values, found) => {
		answers({ ...ticket, ...values });
		expect(await hintsOf(change('update', saved))).toEqual([
			`Uphance answered that pick ticket 40000 for Ann has ${found}. Check it in Uphance, and the other pick tickets of this run.`,
		]);
	});

	test.each([
		{},
		{ tracking_number: null, carrier: '', service: undefined },
		{ tracking_number: 'JD1', carrier: 'DHL', service: ' express', shipping_cost: 12.5 },
	])('that has %j shows none', async (values) => {
		answers({ ...ticket, ...values });
		expect(await hintsOf(change('update', saved))).toEqual([]);
	});

	test('shows one hint for all items', async () => {
		answers({ id: ticket.id, tracking_number: 'JD0' }, path, 2);
		expect(await hintsOf(change('update', { tracking_number: 'JD1' }), [{}, {}])).toEqual([
			expect.stringContaining("pick ticket 3000079 has tracking number 'JD0' instead of 'JD1'"),
		]);
	});

	test('shows a hint when the ticket is shipped after it, too', async () => {
		answers({ ...ticket, tracking_number: 'JD0' });
		expect(await hintsOf(change('ship', { tracking_number: 'JD1' }, again))).toHaveLength(1);
	});
});

describe('The answer that a ticket was shipped', () => {
	test.each(['published', 'on hold'])('with the status %s shows a hint', async (status) => {
		answers({ ...ticket, status }, `${path}/ship`);
		expect(await hintsOf(change('ship', {}, again))).toEqual([
			`Uphance answered that pick ticket 40000 for Ann has the status ${status}, although the node marked it as shipped. Check it in Uphance, and the other pick tickets of this run.`,
		]);
	});

	test.each([undefined, null, '', 'Shipped'])('with the status %j shows none', async (status) => {
		answers({ ...ticket, status }, `${path}/ship`);
		expect(await hintsOf(change('ship', {}, again))).toEqual([]);
	});
});

describe('Two items for one pick ticket', () => {
	const same = (first: number, second: number) =>
		`Input items ${first} and ${second} have the same pick ticket (ID 3000079). Uphance keeps the tracking data of the later one only. If it is one shipment of several parcels, put their tracking numbers into one item.`;

	test.each([
		['update', {}],
		['ship', again],
	] as const)('that %s it show one hint when their tracking data differs', async (operation, options) => {
		const items = numbers('JD1', 'JD1', 'JD2', 'JD3');
		expect(await hintsOf(change(operation, each, options), items)).toEqual([same(2, 3)]);
	});

	test('show none when it is the same, or when it is of two tickets', async () => {
		expect(await hintsOf(change('update', each), numbers('JD1', 'JD1'))).toEqual([]);
		const items = [{ number: 'JD1' }, { id: 3000379, number: 'JD2' }];
		expect(await hintsOf(change('update', each), items)).toEqual([]);
	});

	test('that ship it show that the second tracking number was not saved', async () => {
		const { records, hints } = await world.run({
			parameters: change('ship', each),
			items: numbers('JD1', 'JD2', 'JD3'),
		});
		expect(records.map(({ alreadyShipped }) => alreadyShipped)).toEqual([false, true, true]);
		expect(hints).toHaveLength(1);
		expect(hints[0]?.message).toMatch(
			/^Pick ticket 40000 for .+ was shipped already, so the node did not save the tracking data of input item 2\. The same may be so for other items with "alreadyShipped" true\. To change its tracking data, use Update\./,
		);
	});

	test('that ship it show nothing when the tracking number is the same or none', async () => {
		expect(await hintsOf(change('ship', each), numbers('JD1', 'JD1', ''))).toEqual([]);
	});
});

describe('Mark as Shipped that Uphance is too busy for after tracking was saved', () => {
	const busy = () => world.uphance.fault({ path: `${path}/ship`, kind: 'status', status: 429, times: 1000 });

	test('ends the rest after three items', async () => {
		busy();
		const parameters = change('ship', { tracking_number: 'JD1' });
		const { items } = await world.run({ parameters, items: [{}, {}, {}, {}, {}], continueOnFail: true });
		const texts = items.map(({ json }) => String(json.error));
		expect(texts.map((text) => text.includes('was not run'))).toEqual([false, false, false, true, true]);
		expect(texts[0]).toContain('Tracking was saved, but Uphance did not confirm that pick ticket 3000079 is shipped');
	});

	test('says what to do about it, too', async () => {
		busy();
		const { description } = await failureOf(world.run({ parameters: change('ship', { tracking_number: 'JD1' }) }));
		expect(description).toMatch(/Run fewer .*Run it again\. You can save the same tracking data twice\./);
	});
});
