import { describe, expect, test } from '@jest/globals';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { SettingsError, adviceBeforeRerun, assertRetrySafe } from '../../nodes/Uphance/operations/retryGuard.ts';
import { failureOf } from '../failure.mts';

const option: INodeProperties = {
	displayName: 'Return Existing Order',
	name: 'returnExisting',
	type: 'boolean',
	default: true,
};
const [on, off] = [{ returnExisting: true }, { returnExisting: false }];

/** An execution whose items have these options, and how often it was asked for them. */
function executionOf(options: unknown[], retryOnFail: boolean) {
	let reads = 0;
	const node = {
		id: '1',
		name: 'Uphance',
		type: 'uphance',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		retryOnFail,
	};
	const context = {
		getNode: () => node,
		getInputData: () => options.map(() => ({ json: {} })),
		getNodeParameter: (name: string, item: number, usual: unknown) => {
			reads++;
			const value = name === 'options' ? options[item] : undefined;
			if (value instanceof Error) throw value;
			return value ?? usual;
		},
	} as unknown as IExecuteFunctions;
	const check = (item: number) => assertRetrySafe(context, item, option, 'sales orders', 'Purchase Order Ref');
	return { check, reads: () => reads };
}

describe('Retry On Fail', () => {
	test.each<[string, unknown[]]>([
		['the option is off', [off]],
		['the option was not added', [{}]],
		['there are no options', [undefined]],
		['the option of one item of several is off', [on, off, on]],
		['the option is neither on nor off', [{ returnExisting: 'maybe' }]],
		['the options cannot be read', [on, new Error('No')]],
	])('is refused when %s', async (_, options) => {
		const { check } = executionOf(options, true);
		for (const item of options.keys()) {
			const checked = async () => await Promise.resolve(check(item));
			const { message, description, itemIndex } = await failureOf(checked());
			expect(message).toBe("'Retry On Fail' could create sales orders twice");
			expect(description).toBe(
				"Turn it off in Settings, or fill in 'Purchase Order Ref' and turn on 'Return Existing Order'. Nothing was sent.",
			);
			expect(itemIndex).toBe(item);
			expect(() => check(item)).toThrow(SettingsError);
		}
	});

	test.each<[string, unknown[]]>([
		['the option is on', [on]],
		['the option is on as text', [{ returnExisting: 'true' }]],
		['the option of every item is on', [on, on]],
	])('is allowed when %s', (_, options) => {
		const { check } = executionOf(options, true);
		for (const item of options.keys()) expect(() => check(item)).not.toThrow();
	});

	test('that is off needs no option', () => {
		const { check, reads } = executionOf([off], false);
		expect(() => check(0)).not.toThrow();
		expect(reads()).toBe(0);
	});

	test.each([
		['allowed', [on, on, on]],
		['refused', [on, on, off]],
	])('looks once at the items of an execution in which it is %s', (outcome, options) => {
		const { check, reads } = executionOf(options, true);
		for (const item of options.keys()) {
			const checked = expect(() => check(item));
			(outcome === 'refused' ? checked : checked.not).toThrow();
		}
		expect(reads()).toBe(3);
	});

	test('that was allowed in one execution may be refused in another', () => {
		expect(() => executionOf([on], true).check(0)).not.toThrow();
		expect(() => executionOf([off], true).check(0)).toThrow(SettingsError);
	});
});

test('says what to know before all items are run again', () => {
	expect(adviceBeforeRerun(option)).toBe(
		"If you run all of them again, those before it are created twice, unless 'Return Existing Order' is on.",
	);
});
