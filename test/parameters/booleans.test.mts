import { expect, test } from '@jest/globals';
import type { INodeProperties } from 'n8n-workflow';
import { parseBoolean } from '../../nodes/Uphance/parameters/parse.ts';
import { failureOf } from '../failure.mts';

const option = (usual: boolean): INodeProperties => ({
	displayName: 'Return Existing Order',
	name: 'returnExisting',
	type: 'boolean',
	default: usual,
});

test.each([true, false])('returns false when the option was not added, whatever its default (%j)', (usual) => {
	expect(parseBoolean(option(usual), {})).toBe(false);
	expect(parseBoolean(option(usual), { other: true })).toBe(false);
});

test.each([
	[true, true],
	[false, false],
	['true', true],
	['false', false],
	[' TRUE ', true],
	['False\n', false],
])('%j means %j, whatever the default', (value, on) => {
	expect(parseBoolean(option(true), { returnExisting: value })).toBe(on);
	expect(parseBoolean(option(false), { returnExisting: value })).toBe(on);
});

test.each([undefined, null, '', 'yes', 'on', '1', 1, 0, {}, [], ['no']])(
	'refuses %j with the name of the option: guessing could create orders twice',
	async (value) => {
		const read = async () => parseBoolean(option(false), { returnExisting: value } as never);
		const { message, description } = await failureOf(read());
		expect(message).toContain("'Return Existing Order'");
		expect(description).not.toBe('');
	},
);
