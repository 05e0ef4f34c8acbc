import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Account } from '../../sandbox/uphance/account.mts';
import { readAccount } from '../../sandbox/uphance/account.mts';
import { byId, facts, getting, listing, orderFacts } from '../lists/listFacts.mts';
import { Poller, all as watched, paths } from '../polling/pollContext.mts';
import { sampled } from '../propertyRuns.mts';
import { useWorld } from '../world.mts';

/*
 * What users may rely on in every account, however Uphance behaves where nobody knows how. With AS=uphance-check.json it is
 * tried in the account that `npm run check` has read: AS=uphance-check.json npx jest test/contract
 */

const differing: Account = {
	switches: {
		orderNumber: 'number',
		timestamps: '+00:00',
		createdAt: 'shuffled',
		notFoundBody: 'json',
		referenceFilter: 'contains',
		seasonId: 'number',
		skuIds: 'none',
		refreshRotates: false,
		organisationId: 'other',
	},
	lists: {
		'/sales_orders': { listOrder: 'descending', single: 'bare' },
		'/customers': { listOrder: 'shuffled', perPage: 50 },
		'/products': { ignoresFilters: true, perPage: 20 },
		'/skus': { ignoresFilters: true },
		'/invoices': { ignoresSinceId: true },
		'/credit_notes': { listOrder: 'descending', ignoresSinceId: true },
		'/pick_tickets': { ignoresFilters: true },
		'/payments': { listOrder: 'shuffled', single: 'list' },
	},
};

const { AS: file } = process.env;
const accounts: Array<[string, Account]> = file
	? [[file, readAccount(file)]]
	: [
			['as it is assumed to be', { switches: {}, lists: {} }],
			['that differs in many ways', differing],
		];

/** All of them where the file says what is known of a real account. */
const oneOf = file ? 1 : 3;
const paged = sampled([orderFacts, ...facts.filter(({ newestFirst }) => newestFirst)], oneOf);

describe.each(accounts)('In an account %s', (_name, account) => {
	const world = useWorld({ uphance: account, limits: { initialDelayMs: 5, deadlineMs: 5_000 }, starts: 'beforeAll' });

	const list = async (resource: string, more: INodeParameters = {}): Promise<IDataObject[]> =>
		(await world.run({ parameters: listing(resource, { simplify: false, ...more }) })).records;
	const keyOf = (record: IDataObject) => Number(record.id) || String(record.sku_number ?? record.ean);
	const ascending = (one: number, other: number) => one - other;

	test.each(paged)('$resource: Return All returns every record once', async ({ resource, count }) => {
		const records = await list(resource, { returnAll: true });
		expect(records).toHaveLength(count);
		if (records.every(({ id }) => id !== undefined)) expect(new Set(records.map(keyOf)).size).toBe(count);
	});

	test.each(paged)('$resource: Limit returns the newest, or the oldest', async ({ resource }) => {
		const ids = (await list(resource, { returnAll: true })).map(({ id }) => Number(id)).sort(ascending);
		if (ids.some(Number.isNaN)) return; // nothing tells which is newer
		const idsOf = async (more: INodeParameters) => (await list(resource, more)).map(({ id }) => Number(id));
		expect(await idsOf({ limit: 7 })).toEqual(ids.slice(-7).reverse());
		expect(await idsOf({ limit: 7, newestFirst: false })).toEqual(ids.slice(0, 7));
	});

	test.each(paged.filter(({ sinceId }) => sinceId))(
		'$resource: After ID returns the records after it',
		async ({ resource }) => {
			const ids = (await list(resource, { returnAll: true })).map(({ id }) => Number(id)).sort(ascending);
			const filters = { since_id: String(ids.at(-4)) };
			const found = await list(resource, { returnAll: true, filters });
			expect(found.map(({ id }) => Number(id)).sort(ascending)).toEqual(ids.slice(-3));
		},
	);

	test.each(byId)('$resource: Get returns the record with an ID', async (each) => {
		const { records } = await world.run({ parameters: getting(each, 'id', each.first) });
		expect(records.map(({ id }) => id)).toEqual([each.first]);
	});

	const lookups: Array<[string, string, string, string, IDataObject]> = [
		['order', 'orderId', 'number', '150', { order_number: expect.anything() }],
		['order', 'orderId', 'purchaseOrderRef', 'PO-1021', { purchase_order_ref: 'PO-1021' }],
		['customer', 'customerId', 'reference', 'C-1100', { reference: 'C-1100' }],
		['pickTicket', 'pickTicketId', 'shipmentNumber', '40021', { shipment_number: 40021 }],
		['sku', 'skuId', 'ean', '5000006409017', { ean: '5000006409017' }],
	];

	test.each(lookups)('%s: Get finds one by %s %s %s', async (resource, parameter, mode, value, wanted) => {
		const locator = { [parameter]: { __rl: true, mode, value } as unknown as INodeParameters };
		const { records } = await world.run({ parameters: { resource, operation: 'get', simplify: false, ...locator } });
		expect(records).toEqual([expect.objectContaining(wanted)]);
	});

	test('order: Get finds nothing by a number that no order has', async () => {
		const orderId = { __rl: true, mode: 'number', value: '999999' } as unknown as INodeParameters;
		const options = { ifNotFound: 'emptyItem' };
		const { records } = await world.run({ parameters: { resource: 'order', operation: 'get', orderId, options } });
		expect(records).toEqual([{ found: false }]);
	});

	test.each(sampled(watched, oneOf, 1))('%s: the polling trigger returns what is new, once', async (triggerOn) => {
		const poller = new Poller(world, { triggerOn });
		expect(await poller.activate()).toBeNull();
		const added = world.uphance.addRecords(paths[triggerOn], 2);
		expect((await poller.ids()).sort(ascending)).toEqual(added);
		expect(await poller.poll()).toBeNull();
	});
});
