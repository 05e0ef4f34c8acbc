import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { failureOf } from '../n8n.mts';
import { skuField } from '../skus/skuField.mts';
import { groupForm, useWorld } from '../world.mts';

const world = useWorld({ form: groupForm, signedIn: true, limits: { initialDelayMs: 5 } });

const withFields = (additionalFields: INodeParameters, options: INodeParameters = {}): INodeParameters => ({
	resource: 'stockOperation',
	operation: 'create',
	lineQuantities: { lineQuantity: [{ sku: skuField('sku_id', '640901'), quantity: 2 }] },
	additionalFields,
	options,
});
const parameters = withFields({ idempotency_key: '={{ $json.key }}' });
const counted = () => world.uphance.stockOperations().map(({ key }) => key);

/** The messages of the failed items, and '' for each of the others. */
async function run(items: IDataObject[], of = parameters): Promise<string[]> {
	const ran = await world.run({ parameters: of, items, continueOnFail: true });
	return ran.records.map(({ error = '' }) => String(error));
}

// Uphance counts the second one not, and answers it well.
describe('Items of one run with the same key of the user', () => {
	test('are both refused before anything is sent, with what to do', async () => {
		const failed = await failureOf(world.run({ parameters, items: [{ key: 'a' }, { key: 'a' }] }));
		expect(failed.message).toBe("Stock operation 1 of 2: Input items 1 and 2 have the same Idempotency Key 'a'");
		expect(failed.description).toBe(
			"Uphance would count one of them only. Use a key that differs for each movement, or leave 'Idempotency Key' empty so that the node makes one. If both are the same movement, remove one before this node (Remove Duplicates). Nothing was sent for this item. The one after it was not run.",
		);
		expect(failed.itemIndex).toBe(0);
		expect(world.asked('/stock_operations')).toEqual([]);
	});

	test('are named, and others count', async () => {
		const messages = await run([{ key: 'a' }, { key: 'b' }, { key: ' a ' }, { key: 'A' }, { key: 'a' }]);
		expect(messages.map((message) => /Input items (\d and \d)/.exec(message)?.[1])).toEqual([
			'1 and 3',
			undefined,
			'1 and 3',
			undefined,
			'1 and 5',
		]);
		expect(counted()).toEqual(['b', 'A']);
	});

	test('in Additional JSON are refused too', async () => {
		world.sendsAnything = true;
		const inBoth = withFields({
			idempotency_key: 'a',
			additionalJson: '={{ $json.key ? JSON.stringify({ idempotency_key: $json.key }) : "" }}',
		});
		const messages = await run([{}, { key: 'a' }, { key: 'b' }], inBoth);
		expect(messages.map((message) => message !== '')).toEqual([true, true, false]);
		expect(counted()).toEqual(['b']);
	});

	test('are compared with those of items that can be read', async () => {
		const messages = await run([{ key: 'a' }, {}, { key: 'k'.repeat(129) }, { key: 'b' }]);
		expect(messages.map((message) => message !== '')).toEqual([false, true, true, false]);
		expect(counted()).toEqual(['a', 'b']);
	});

	test('count in two organisations, and not in one under two names', async () => {
		const each = withFields({ idempotency_key: 'a' }, { organisationId: '={{ $json.organisation }}' });
		const organisations = ['9579', '9601', 'nowhere'].map((organisation) => ({ organisation }));
		const messages = await run(organisations, {
			...each,
			additionalFields: {
				idempotency_key: 'a',
				additionalJson: '{"line_quantities": [{"sku_id": 640901, "quantity": 1}]}',
			},
		});
		expect(messages.filter((message) => message.includes('same Idempotency Key'))).toEqual([]);
		expect(counted()).toEqual(['a', 'a']);
		world.uphance.clearLog();
		const names = ['9579', 'uphance DEMO'].map((organisation) => ({ organisation }));
		expect((await run(names, each))[1]).toContain('Input items 1 and 2');
		expect(world.asked('/stock_operations')).toEqual([]);
	});

	test('but without a key each count', async () => {
		expect(await run([{ key: '' }, { key: ' ' }])).toEqual(['', '']);
		expect(counted()).toHaveLength(2);
	});
});

test('The same key in another run counts once, and is no refusal: Retry On Fail, and a workflow that runs again', async () => {
	const again = { parameters, items: [{ key: 'a' }, { key: 'b' }], retryOnFail: true };
	await world.run(again);
	await world.run(again);
	await world.run({ ...again, executionId: '2', runIndex: 1 });
	expect(counted()).toEqual(['a', 'b']);
});
