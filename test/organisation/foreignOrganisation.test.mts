import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { LoadOptionsContext } from 'n8n-core';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { Uphance } from '../../nodes/Uphance/Uphance.node.ts';
import { demo, group } from '../../sandbox/uphance/uphance.mts';
import { limits } from '../limits.mts';
import { failureOf, surroundings } from '../n8n.mts';
import { documentedLine } from '../orders/documentedLine.mts';
import { skuField } from '../skus/skuField.mts';
import { useWorld } from '../world.mts';

const world = useWorld({ limits: { initialDelayMs: 5 }, starts: 'inTest' });
afterEach(() => void jest.restoreAllMocks());

const all: INodeParameters = { returnAll: true, simplify: false };
const idsOf = (records: IDataObject[]) => [...new Set(records.map(({ organisation_id }) => organisation_id))];
const listings = () => world.asked('/organisations').filter((request) => request === 'GET /organisations').length;

/** Collects what the nodes log as warnings. All contexts of n8n-core share one logger. */
function collectWarnings(): string[] {
	const warnings: string[] = [];
	const { workflow, node, additionalData } = surroundings(world.credential, {}, new Uphance());
	const { logger } = new LoadOptionsContext(workflow, node, additionalData, '');
	jest.spyOn(logger, 'warn').mockImplementation((message) => void warnings.push(message));
	return warnings;
}

const byId = (value: string): INodeParameters => ({ __rl: true, mode: 'id', value });

const order: INodeParameters = {
	resource: 'order',
	operation: 'create',
	customerId: byId('55140'),
	...documentedLine(2, 45),
};

describe('An organisation_id that is none of the user’s organisations', () => {
	test.each([
		['other', demo.email, ''],
		['other', group.email, '9579'],
		['record', demo.email, ''],
		['record', group.email, '9579'],
	] as const)('locks nobody out of a list, and is logged once (%s, %s)', async (meaning, email, organisationId) => {
		await world.start({ switches: { organisationId: meaning } }, { email, organisationId });
		await world.run({ parameters: { resource: 'channel', operation: 'getAll' } });
		world.uphance.clearLog();
		const warnings = collectWarnings();
		const { records } = await world.run({ parameters: all });
		expect(new Set(records.map(({ id }) => id)).size).toBe(250);
		expect(warnings).toHaveLength(1);
		expect(warnings[0]).toMatch(/^Uphance: organisation_id 88\d{4} is none of this user's organisations$/);
		expect(world.asked('/sales_orders')).toHaveLength(3);
		expect(listings()).toBe(1);
	});

	test('is asked about once in an execution, and logged again in the next', async () => {
		await world.start({ switches: { organisationId: 'other' } });
		const warnings = collectWarnings();
		await world.run();
		world.uphance.clearLog();
		await world.run({ parameters: all, items: [{}, {}] });
		expect(listings()).toBe(1);
		expect(warnings).toHaveLength(2);
	});

	test.each<[string, string, INodeParameters]>([
		['order', 'get', { orderId: byId('9005') }],
		['invoice', 'getAll', { returnAll: true }],
		['pickTicket', 'ship', { pickTicketId: byId('3000079') }],
	])('does not stop %s %s', async (resource, operation, more) => {
		await world.start({ switches: { organisationId: 'other' } });
		collectWarnings();
		const { records } = await world.run({ parameters: { resource, operation, ...more } });
		expect(records.length).toBeGreaterThan(0);
	});

	test('does not stop a new order, which is created once', async () => {
		await world.start({ switches: { organisationId: 'other' } });
		collectWarnings();
		const { records } = await world.run({ parameters: order });
		expect(records).toMatchObject([{ organisation_id: 880_000 }]);
		expect(world.uphance.created()).toHaveLength(1);
	});
});

describe('An organisation_id that Uphance cannot be asked about', () => {
	test('keeps records back, and says so', async () => {
		await world.start({ switches: { organisationId: 'other' } });
		await world.run({ parameters: { resource: 'channel', operation: 'getAll' } });
		world.uphance.fault({ path: '/organisations', kind: 'status', status: 500, times: 100 });
		const { message, description } = await failureOf(world.run({ parameters: all }));
		expect(message).toBe('Uphance answered with records of organisation 880000 instead of Uphance Demo (9579)');
		expect(description).toContain('did not say whether this user has organisation 880000');
	});

	test('is asked about again, and then they are output', async () => {
		await world.start({ switches: { organisationId: 'other' } });
		await world.run({ parameters: { resource: 'channel', operation: 'getAll' } });
		collectWarnings();
		world.uphance.fault({ path: '/organisations', kind: 'status', status: 500 });
		expect((await world.run({ parameters: all })).records).toHaveLength(250);
	});

	test('says of a new order that it exists, perhaps elsewhere', async () => {
		await world.start({ switches: { organisationId: 'other' } });
		await world.run({ parameters: { resource: 'channel', operation: 'getAll' } });
		world.uphance.fault({ path: '/organisations', kind: 'status', status: 500, times: 100 });
		const { message, description } = await failureOf(world.run({ parameters: order }));
		expect(message).toContain('created the sales order, perhaps in organisation 880000 instead of Uphance Demo (9579)');
		expect(description).toContain('Look for it in Uphance before you run this again');
		expect(world.uphance.created()).toHaveLength(1);
	});
});

describe('Another organisation, which the user got in the middle of a session', () => {
	/** The session says that the user has one organisation, and somebody switches to the second. */
	async function switched(): Promise<void> {
		await world.start();
		await world.run();
		world.uphance.joinOrganisation(demo.email, 9601);
		world.uphance.switchOrganisation(demo.email, 9601);
		world.uphance.clearLog();
	}

	test('is never output: the list comes from the credential’s own', async () => {
		await switched();
		const { records } = await world.run({ parameters: all });
		expect(records).toHaveLength(250);
		expect(idsOf(records)).toEqual([9579]);
	});

	test('is never output after an id of no organisation was let through', async () => {
		await switched();
		const page = (organisation_id: number, next_page: number | null) => ({
			sales_orders: [{ id: organisation_id, organisation_id }],
			meta: { current_page: 1, next_page, total_pages: 2 },
		});
		collectWarnings();
		world.uphance.fault({ path: '/sales_orders', kind: 'json', body: page(880_000, 2) });
		world.uphance.fault({ path: '/sales_orders', kind: 'json', body: page(9601, null), times: 100 });
		const { message } = await failureOf(world.run({ parameters: { ...all, newestFirst: false } }));
		expect(message).toBe('Uphance answered with records of organisation 9601 instead of Uphance Demo (9579)');
	});

	test('is remembered: the next write registers first', async () => {
		await switched();
		await world.run({ parameters: all });
		world.uphance.switchOrganisation(demo.email, 9601);
		Object.assign(limits, { severalOrganisationsTrustMs: 0 });
		const lineQuantities = { lineQuantity: [{ sku: skuField('sku_id', '640901'), quantity: 1 }] };
		await world.run({ parameters: { resource: 'stockOperation', operation: 'create', lineQuantities } });
		expect(world.uphance.stockOperations()).toMatchObject([{ organisation: 9579 }]);
	});

	test('is named when an order was created there', async () => {
		await switched();
		const { message, description } = await failureOf(world.run({ parameters: order }));
		expect(message).toBe('Uphance created the sales order in organisation 9601 instead of Uphance Demo (9579)');
		expect(description).toContain('Delete it there');
		expect(world.uphance.created()).toHaveLength(1);
	});
});
