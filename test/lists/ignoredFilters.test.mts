import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { sampled } from '../propertyRuns.mts';
import { useWorld } from '../world.mts';
import { listing } from './listFacts.mts';

const world = useWorld({ starts: 'inTest' });

const run = async (resource: string, filters: IDataObject, more: INodeParameters = {}) => {
	const { records, hints } = await world.run({
		parameters: listing(resource, { filters: filters as INodeParameters, simplify: false, ...more }),
	});
	const warnings = hints.filter(({ type }) => type === 'warning').map(({ message }) => message);
	return { ids: records.map(({ id, ean }) => id ?? ean), warnings };
};

const filters: Array<[string, string, IDataObject]> = [
	['order', 'Order Number', { by_order_number: '#101' }],
	['order', 'Purchase Order Ref', { by_purchase_order_ref: 'PO234' }],
	['payment', 'Sales Order ID', { order_id: '9005' }],
	['payment', 'Created Since', { since_created_at: '2026-10-01' }],
	['pickTicket', 'Order ID', { by_order_id: 9005 }],
	['pickTicket', 'Order Number', { by_order_number: '# 101' }],
	['pickTicket', 'Shipment Number', { by_shipment_number: '#40000' }],
	['pickTicket', 'Warehouse', { warehouse_name: { __rl: true, mode: 'name', value: 'East warehouse' } }],
	['receivingTicket', 'Created Since', { since_created_at: '2026-10-01' }],
	['product', 'Product Identifier', { product_identifier: 'AW24-AAM' }],
	['sku', 'EAN', { ean: '5000006409017' }],
];

describe.each(sampled(filters, 2))('%s: %s that Uphance does not respect', (resource, label, values) => {
	test.each([{ returnAll: true }, { limit: 20 }, { limit: 20, newestFirst: false }])(
		'is applied by the node, and a warning says so (%j)',
		async (more) => {
			await world.start();
			const respected = await run(resource, values, more);
			await world.start({ switches: { ignoresFilters: true } });
			const ignored = await run(resource, values, more);
			expect(ignored.ids).toEqual(respected.ids);
			expect(respected.warnings).toEqual([]);
			expect(ignored.warnings).toHaveLength(1);
			expect(ignored.warnings[0]).toContain(`Uphance did not respect the filter '${label}'`);
		},
	);
});

test('Vendor invoices of other production orders are left out, too', async () => {
	await world.start({ switches: { ignoresFilters: true } });
	const filters = { by_production_order_id: '7000079' };
	const { records } = await world.run({ parameters: listing('vendorInvoice', { filters, returnAll: true }) });
	expect(records.map(({ production_order_id }) => production_order_id)).toEqual([7000079]);
});

test('A filter for which there is nothing gives nothing, also where Uphance does not respect it', async () => {
	await world.start({ switches: { ignoresFilters: true } });
	const { ids } = await run('payment', { since_created_at: '2099-01-01' }, { returnAll: true });
	expect(ids).toEqual([]);
});

test('Records that do not tell the value are taken as long as no other record has another one', async () => {
	await world.start();
	const [payment] = (await run('payment', { order_id: '9005' })).ids;
	world.uphance.changeRecord('/payments', Number(payment), { sale_id: null });
	expect(await run('payment', { order_id: '9005' })).toEqual({ ids: [payment], warnings: [] });
	await world.start({ switches: { ignoresFilters: true } });
	world.uphance.changeRecord('/payments', Number(payment), { sale_id: null });
	expect((await run('payment', { order_id: '9005' }, { returnAll: true })).ids).toEqual([]);
});

test('A warning comes once, not for each input item', async () => {
	await world.start({ switches: { ignoresFilters: true } });
	const { hints } = await world.run({
		parameters: listing('payment', { filters: { order_id: '={{ $json.order }}' } }),
		items: [{ order: 9005 }, { order: 9042 }, { order: 9045 }],
	});
	expect(hints.filter(({ type }) => type === 'warning')).toHaveLength(1);
});

test.each([
	[{ __rl: true, mode: 'name', value: 'Nowhere' }, " with Warehouse 'Nowhere'"],
	[{ __rl: true, mode: 'list', value: '' }, ''],
])('A warehouse in use is named in the hint that there is nothing (%j)', async (warehouse_name, named) => {
	await world.start({ orders: 0 });
	const { hints } = await world.run({ parameters: listing('pickTicket', { filters: { warehouse_name } }) });
	expect(hints[0]?.message).toContain(`No pick tickets${named} in `);
});

test('Records that Uphance counts and does not send are spoken of', async () => {
	await world.start();
	world.uphance.fault({ path: '/products', kind: 'meta', body: { total_count: 42 }, times: 9 });
	expect((await run('product', {}, { returnAll: true })).warnings).toEqual([
		'Uphance counts 2 products that it did not send. If this comes again, compare with Uphance.',
	]);
});
