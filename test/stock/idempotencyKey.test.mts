import { describe, expect, test } from '@jest/globals';
import type { IExecuteFunctions } from 'n8n-workflow';
import { keyField, makeKey, parseOwnKey } from '../../nodes/Uphance/resources/stockOperation/idempotencyKey.ts';
import { failureOf } from '../failure.mts';

describe('The key of the user', () => {
	test.each<[object, unknown, string]>([
		[{ idempotency_key: 'shopify-1001' }, undefined, 'shopify-1001'],
		[{ idempotency_key: ' shopify\u00AD-1001 ' }, undefined, 'shopify-1001'],
		[{ idempotency_key: 1001 }, undefined, '1001'],
		[{ idempotency_key: '' }, undefined, ''],
		[{}, undefined, ''],
		[{}, 'from JSON', 'from JSON'],
		[{ idempotency_key: 'from the field' }, 'from JSON', 'from JSON'],
		[{ idempotency_key: 'from the field' }, '', ''],
		[{ idempotency_key: 'from the field' }, null, 'from the field'],
	])('in the field %j and in JSON %j is %j', (additional, inJson, key) => {
		expect(parseOwnKey(additional as never, inJson)).toBe(key);
	});

	test.each<[object, unknown]>([
		[{ idempotency_key: null }, undefined],
		[{ idempotency_key: undefined }, undefined],
		[{ idempotency_key: ['a'] }, undefined],
		[{}, {}],
		[{}, true],
		[{}, '5.01E+12'],
	])('in the field %j and in JSON %j is refused: a derived one would count again', (additional, inJson) => {
		expect(() => parseOwnKey(additional as never, inJson)).toThrow("'Idempotency Key'");
	});

	test('has at most 128 characters', async () => {
		expect(parseOwnKey({ idempotency_key: 'k'.repeat(128) }, undefined)).toBe('k'.repeat(128));
		const read = async () => await Promise.resolve(parseOwnKey({}, 'k'.repeat(129)));
		const { message, description } = await failureOf(read());
		expect(message).toBe("'Idempotency Key' is longer than 128 characters");
		expect(description).toContain('Shorten it');
	});

	test('has a field that Uphance knows by the same name', () => {
		expect(keyField).toMatchObject({ name: 'idempotency_key', type: 'string', default: '' });
	});
});

describe('The key that the node makes', () => {
	const place = {
		...{ instance: 'instance', execution: '7', node: 'node', run: 0 },
		...{ type: 'n8n-nodes-uphance.uphance', retryOnFail: true },
	};
	const keyAt = (other: Partial<Record<keyof typeof place, unknown>> = {}, item = 0, organisation = 9601) => {
		const { instance, execution, node, run, type, retryOnFail } = { ...place, ...other };
		const context = {
			getInstanceId: () => instance,
			getExecutionId: () => execution,
			getNode: () => ({ id: node, name: 'Uphance', type, retryOnFail }),
			evaluateExpression: (expression: string, at: number) =>
				expression === '{{ $runIndex }}' && at === item ? run : undefined,
		} as unknown as IExecuteFunctions;
		return makeKey(context, item, organisation);
	};

	test('is the same for the same place, as Retry On Fail needs it, and within the length that Uphance allows', () => {
		expect(keyAt()).toBe(keyAt());
		expect(keyAt()).toMatch(/^n8n-[0-9a-f]{64}$/);
	});

	test('is another one for every other place', () => {
		const keys = [
			keyAt(),
			keyAt({ instance: 'other' }),
			keyAt({ execution: '8' }),
			keyAt({ node: 'other' }),
			keyAt({ run: 1 }),
			keyAt({}, 1),
			keyAt({}, 0, 9602),
			keyAt({ execution: '71', run: 0 }),
			keyAt({ instance: 'instance7', execution: '1' }),
		];
		expect(new Set(keys).size).toBe(keys.length);
	});

	test.each([
		['as a tool', { type: 'n8n-nodes-uphance.uphanceTool' }],
		['without an execution', { execution: undefined }],
		['with an empty execution', { execution: '' }],
	])('%s is another one each time, and so none under Retry On Fail', async (_, other) => {
		const keys = [1, 2, 3].map(() => keyAt({ ...other, retryOnFail: false }));
		for (const key of keys) expect(key).toMatch(/^n8n-[0-9a-f-]{36}$/);
		expect(new Set(keys).size).toBe(3);
		const failed = await failureOf(Promise.resolve().then(() => keyAt(other)));
		expect(failed).toMatchObject({
			message: "'Retry On Fail' could count the stock operation twice",
			description: expect.stringMatching(/^As a tool, .* 'Idempotency Key', .* Nothing was sent\.$/),
			itemIndex: 0,
		});
	});
});
