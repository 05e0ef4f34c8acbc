import { describe, expect, test } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../sandbox/uphance/faults.mts';
import { documentedLine } from '../orders/documentedLine.mts';
import { useWorld } from '../world.mts';

const world = useWorld({ signedIn: true, limits: { initialDelayMs: 1, maxAttempts: 2, requestTimeoutMs: 300 } });

const orders = '/sales_orders';
const injectFault = (fault: Omit<Fault, 'path'>) => world.uphance.fault({ path: orders, times: 1000, ...fault });

const reading: INodeParameters = { limit: '={{ $json.limit }}', newestFirst: false };
const creating: INodeParameters = {
	resource: 'order',
	operation: 'create',
	customerId: { __rl: true, mode: 'id', value: '55140' },
	...documentedLine(1),
};
const items = (count: number) => Array.from({ length: count }, () => ({ limit: 1 }));

const run = async (parameters: INodeParameters, count: number) =>
	await world.run({ parameters, items: items(count), continueOnFail: true });

const outages: Array<Omit<Fault, 'path'>> = [
	{ kind: 'drop' },
	{ kind: 'hang' },
	{ kind: 'brokenOff' },
	{ kind: 'status', status: 429 },
	{ kind: 'status', status: 502 },
	{ kind: 'html', status: 503 },
	{ kind: 'status', status: 524 },
];

describe('With Continue On Fail, when Uphance is down', () => {
	test.each(outages)('three items are tried, and the rest fails at once (%j)', async (fault) => {
		injectFault(fault);
		const { items: failed } = await run(reading, 200);
		expect(failed).toHaveLength(200);
		expect(failed.map(({ pairedItem }) => pairedItem)).toEqual(items(200).map((_, item) => ({ item })));
		const texts = failed.map(({ json }) => String(json.error));
		const own = texts.map((text, index) => text.replace(`Item ${index + 1} of 200: `, ''));
		expect(new Set(own.slice(0, 3)).size).toBe(1);
		expect(new Set(own.slice(3)).size).toBe(1);
		const [message = ''] = String(own[0]).split('. ');
		expect(texts[3]).toBe(
			`Item 4 of 200: This item was not run, because the three before it failed: ${message}. Run it again when Uphance can be reached.`,
		);
		expect(world.asked(orders)).toHaveLength(6);
	});

	test('and it creates, nothing more is sent, and each error names its own item', async () => {
		injectFault({ kind: 'drop', method: 'POST' });
		const { items: failed } = await run(creating, 100);
		expect(failed).toHaveLength(100);
		for (const [index, { json, pairedItem }] of failed.entries()) {
			expect(json.error).toContain(`Order ${index + 1} of 100 (customer 55140): `);
			expect(pairedItem).toEqual({ item: index });
		}
		expect(failed[3]?.json.error).toContain(': This item was not run, because the three before it failed: ');
		expect(world.asked(orders)).toHaveLength(3);
	});

	test('two failures and a success begin the count anew', async () => {
		injectFault({ kind: 'drop', times: 4 });
		injectFault({ kind: 'drop', times: 4, skip: 1 });
		const { items: all } = await run(reading, 8);
		expect(all.map(({ json }) => json.error === undefined)).toEqual([
			false,
			false,
			true,
			false,
			false,
			true,
			true,
			true,
		]);
	});

	test('an item of the user’s own mistake between two does so too', async () => {
		injectFault({ kind: 'drop' });
		const { items: all } = await world.run({
			parameters: reading,
			items: [{ limit: 1 }, { limit: 1 }, { limit: 0 }, { limit: 1 }, { limit: 1 }],
			continueOnFail: true,
		});
		expect(
			all.map(({ json }) =>
				String(json.error)
					.replace(/^Item \d of 5: /, '')
					.slice(0, 15),
			),
		).toEqual(['Could not reach', 'Could not reach', "'Limit' must be", 'Could not reach', 'Could not reach']);
		expect(world.asked(orders)).toHaveLength(8);
	});
});

test.each([400, 403, 422, 500])('What Uphance says of single items (%i) never ends the others', async (status) => {
	injectFault({ kind: 'status', status });
	await run(reading, 5);
	expect(world.asked(orders)).toHaveLength(status === 500 ? 10 : 5);
});
