import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { failureOf } from '../n8n.mts';
import { skuField } from '../skus/skuField.mts';
import { useWorld } from '../world.mts';

const world = useWorld({ signedIn: true, limits: { initialDelayMs: 5 } });

const path = '/stock_operations';
const withFields = (additionalFields: INodeParameters): INodeParameters => ({
	resource: 'stockOperation',
	operation: 'create',
	lineQuantities: { lineQuantity: [{ sku: skuField('sku_id', '640901'), quantity: 2 }] },
	additionalFields,
});
const parameters = withFields({});
const counted = () => world.uphance.stockOperations().map(({ key }) => key);
const keys = () =>
	world.uphance
		.log()
		.filter((request) => request.path === path)
		.map(({ body }) => (body as IDataObject).idempotency_key);

// n8n gives an MCP server no execution and always run 0, and parallel tools of an agent the same run.
describe.each([
	['of an agent', { asTool: true }],
	['of an MCP server', { asTool: true, executionId: undefined }],
	['that n8n runs as a plain node without an execution', { executionId: undefined }],
])('As a tool %s, a stock operation', (_, place) => {
	test('counts each time, at the same place too', async () => {
		for (let time = 0; time < 3; time++) await world.run({ ...place, parameters });
		expect(counted()).toHaveLength(3);
		expect(keys()).toEqual(counted());
		for (const key of keys()) expect(key).toMatch(/^n8n-[0-9a-f-]{36}$/);
	});

	test('whose answer was lost is sent again with the same key, and counts once', async () => {
		world.uphance.fault({ path, kind: 'dropAfter' });
		const { records } = await world.run({ ...place, parameters });
		expect(keys()).toHaveLength(2);
		expect(counted()).toEqual([records[0]?.idempotency_key]);
	});

	test('does not start under Retry On Fail: each try would have another key', async () => {
		const { message, description } = await failureOf(world.run({ ...place, parameters, retryOnFail: true }));
		expect(message).toBe("'Retry On Fail' could count the stock operation twice");
		expect(description).toBe(
			"As a tool, the node makes another key for each try. Fill in 'Idempotency Key', or turn off 'Retry On Fail' in Settings. Nothing was sent.",
		);
		expect(world.asked()).toEqual([]);
	});

	test('starts under Retry On Fail with a key of the user, and counts once', async () => {
		const run = { ...place, parameters: withFields({ idempotency_key: 'shopify-1001' }), retryOnFail: true };
		await world.run(run);
		await world.run(run);
		expect(counted()).toEqual(['shopify-1001']);
	});
});
